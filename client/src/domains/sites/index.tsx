import type { GeoJSONFeature } from 'maplibre-gl';
import type { ComponentChildren, ComponentType } from 'preact';
import type { ClickAction, ClientDomain, HoverText } from '../../domain.ts';
import { language, t, term } from '../../i18n/index.ts';
import { attributeText } from '../../map/attributes.ts';
import { tileSource } from '../../map/tile-source.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { filterParams } from '../../state/filter.ts';
import { createSitesData, type SitesData } from './data.ts';
import { SiteDetails } from './details.tsx';
import { roomImage, siteLayers } from './layers.ts';
import { SitesLegend } from './legend.tsx';
import { SitesPanel } from './panel.tsx';

/** A cluster opens by this many zoom steps: two halve its cells twice. */
const clusterSteps = 2;

function openCluster(feature: GeoJSONFeature, zoom: number): ClickAction | null {
  if (feature.geometry.type !== 'Point') return null;
  const [lon = 0, lat = 0] = feature.geometry.coordinates;
  return { camera: { point: { lon, lat, zoom: zoom + clusterSteps } } };
}

function siteHover(app: AppContext, properties: Record<string, unknown>): HoverText {
  const text = (name: string): string => attributeText(properties, name);
  const operators = text('operators').split(',').filter(Boolean);
  return {
    title: `${text('code')} · ${text('name')}`,
    lines: [
      operators.map((code) => operatorName(app, code)).join(', '),
      text('technologies').replaceAll(',', ' '),
      text('certificate') && `${t('filter.certificate')}: ${term('certificate', text('certificate'))}`,
    ].filter(Boolean),
  };
}

export interface SitesDomainParts {
  CommonFilter: ComponentType<{ children?: ComponentChildren }>;
  ExportBar: ComponentType<{ count: number }>;
}

/** Sites: tiles by the whole shared filter, the list beside them, details on a click. */
export function createSitesDomain(app: AppContext, parts: SitesDomainParts): ClientDomain & { data: SitesData } {
  const data = createSitesData(app);
  return {
    id: 'sites',
    data,
    tab: {
      id: 'sites',
      label: 'tab.sites',
      icon: 'sites',
      Panel: () => <SitesPanel app={app} data={data} {...parts} />,
    },
    groups: [
      {
        id: 'sites',
        label: 'layer.sites',
        layers: [
          'sites-clusters-circle',
          'sites-clusters-count',
          'sites-points-circle',
          'sites-points-shared',
          'sites-points-selected',
          'sites-points-room',
          'sites-points-label',
        ],
        Legend: () => <SitesLegend app={app} />,
      },
    ],
    images: [{ id: roomImage, width: 14, height: 14, pixelRatio: 1, draw: () => undefined }],
    sources: () => ({ sites: tileSource(app, 'sites', filterParams(app.url.state.value.filter, app.day.value)) }),
    layers: () => {
      const { filter, selection } = app.url.state.value;
      return siteLayers({
        operators: app.reference.operators.state.value.data?.items ?? [],
        chosenOperator: filter.operator,
        selectedId: selection?.kind === 'site' ? selection.id : null,
        language: language.value,
      });
    },
    clicks: {
      'sites-points-circle': ({ id }) => (id === undefined ? null : { select: { kind: 'site', id: Number(id) } }),
      'sites-clusters-circle': (feature) => openCluster(feature, app.url.state.peek().view?.zoom ?? 9),
    },
    hovers: {
      'sites-points-circle': ({ properties }) => siteHover(app, properties),
      'sites-clusters-circle': ({ properties }) => ({
        title: t('sites.cluster', { count: Number(properties.count) }),
        lines: [t('sites.zoom_hint')],
      }),
    },
    details: { site: ({ id }) => <SiteDetails app={app} id={id} /> },
  };
}
