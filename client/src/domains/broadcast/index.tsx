import { computed } from '@preact/signals';
import type { GeoJSONFeature, SourceSpecification } from 'maplibre-gl';
import type { ClientDomain, HoverText } from '../../domain.ts';
import { percent, t, term } from '../../i18n/index.ts';
import { tileSource } from '../../map/tile-source.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type BroadcastData, createBroadcastData } from './data.ts';
import { TransmitterDetails } from './details.tsx';
import { broadcastImages, broadcastLayers, transmitterFeatures } from './layers.ts';
import { BroadcastLegend } from './legend.tsx';
import { BroadcastPanel } from './panel.tsx';
import { frequencyText, powerText } from './words.ts';

function transmitterHover(data: BroadcastData, { id }: GeoJSONFeature): HoverText | null {
  const item = data.items.peek().find((candidate) => candidate.id === Number(id));
  if (!item) return null;
  const served =
    item.reason === null ? `${t('broadcast.people')}: ${percent(item.pct_pop)}` : term('broadcast_reason', item.reason);
  return {
    title: item.name,
    lines: [
      [term('service', item.service), frequencyText(item.frequency_mhz), powerText(item.erp_w)].join(' · '),
      served,
    ],
  };
}

/** Radio and television transmitters, what they serve, and what is declared. */
export function createBroadcastDomain(app: AppContext): ClientDomain {
  const data = createBroadcastData(app);
  // The map compares data by identity: only another list makes new data.
  const points = computed<SourceSpecification>(() => ({
    type: 'geojson',
    data: transmitterFeatures(data.items.value),
  }));
  return {
    id: 'broadcast',
    tab: {
      id: 'broadcast',
      label: 'tab.broadcast',
      icon: 'broadcast',
      Panel: () => <BroadcastPanel app={app} data={data} />,
    },
    groups: [
      {
        id: 'broadcast',
        label: 'layer.broadcast',
        layers: [
          'broadcast-area-fill',
          'broadcast-area-outline',
          'broadcast-area-no-terrain',
          'broadcast-transmitters-selected',
          'broadcast-transmitters-symbol',
          'broadcast-transmitters-label',
        ],
        Legend: () => <BroadcastLegend data={data} />,
      },
    ],
    sources: () => ({
      broadcast: tileSource(app, 'broadcast', new URLSearchParams({ at: app.day.value })),
      broadcast_no_terrain: tileSource(app, 'broadcast_no_terrain', new URLSearchParams({ at: app.day.value })),
      'broadcast-transmitters': points.value,
    }),
    layers: () => broadcastLayers({ service: data.service.value, selected: data.selected.value }),
    images: broadcastImages,
    clicks: {
      'broadcast-transmitters-symbol': ({ id }) =>
        id === undefined ? null : { select: { kind: 'transmitter', id: Number(id) } },
    },
    hovers: { 'broadcast-transmitters-symbol': (feature) => transmitterHover(data, feature) },
    details: { transmitter: ({ id }) => <TransmitterDetails app={app} data={data} id={id} /> },
  };
}
