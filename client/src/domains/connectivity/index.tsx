import type { SourceSpecification } from 'maplibre-gl';
import type { DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import type { ClientDomain } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type ConnectivityData, createConnectivityData } from './data.ts';
import { DistrictDetails } from './details.tsx';
import { centrePoints, connectivityLayers } from './layers.ts';
import { BridgesLegend, ConnectivityLegend } from './legend.tsx';
import { ConnectivityPanel } from './panel.tsx';
import { signImages } from './signs.ts';

const nobody: readonly DistrictConnectivity[] = [];

function hover(data: ConnectivityData, id: unknown) {
  const item = data.districts.state.value.data?.items.find((candidate) => candidate.id === Number(id));
  return item
    ? {
        title: item.name,
        lines: [`${t(`connectivity.${item.status}`)}: ${t(`connectivity_hint.${item.status}`)}`],
      }
    : null;
}

/** Whether each district centre is connected to the core, and how many cuts that survives. */
export function createConnectivityDomain(app: AppContext): ClientDomain {
  const data = createConnectivityData(app);
  let made: { items: readonly DistrictConnectivity[]; source: SourceSpecification } | null = null;
  const centres = (): SourceSpecification => {
    const items = data.districts.state.value.data?.items ?? nobody;
    if (made?.items !== items) made = { items, source: centrePoints(items) };
    return made.source;
  };
  return {
    id: 'connectivity',
    tab: {
      id: 'connectivity',
      label: 'tab.connectivity',
      icon: 'connectivity',
      Panel: () => <ConnectivityPanel app={app} data={data} />,
    },
    groups: [
      {
        id: 'connectivity',
        label: 'layer.connectivity',
        layers: ['connectivity-districts-status', 'connectivity-paths-line', 'connectivity-centres-symbol'],
        Legend: ConnectivityLegend,
      },
      { id: 'bridges', label: 'layer.bridges', layers: ['connectivity-bridges-halo'], Legend: BridgesLegend },
    ],
    sources: () => ({ district_centres: centres() }),
    layers: () => {
      const { selection } = app.url.state.value;
      return connectivityLayers(selection?.kind === 'district' ? selection.id : null);
    },
    featureStates: () => [
      { source: 'districts', sourceLayer: 'districts', states: data.districtStates.value },
      {
        source: 'spans',
        sourceLayer: 'spans',
        states: data.spanStates.value,
      },
    ],
    images: signImages,
    clicks: {
      'connectivity-centres-symbol': ({ id }) =>
        id === undefined ? null : { select: { kind: 'district', id: Number(id) } },
    },
    hovers: { 'connectivity-centres-symbol': ({ id }) => hover(data, id) },
    details: { district: ({ id }) => <DistrictDetails app={app} data={data} id={id} /> },
  };
}
