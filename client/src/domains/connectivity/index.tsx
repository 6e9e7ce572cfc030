import { computed } from '@preact/signals';
import type { SourceSpecification } from 'maplibre-gl';
import type { ComponentType } from 'preact';
import type { ConnectivityPlan, CutResult } from '../../../../server/contract/connectivity.ts';
import type { ClientDomain, HoverText } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { createAreaCutTool } from './area-cut.tsx';
import { areaFeatures } from './area-features.ts';
import { choosePlace } from './chooser.tsx';
import './connectivity.css';
import { type CutQuestion, CutSimulation } from './cut.tsx';
import { type ConnectivityData, createConnectivityData, singleCut } from './data.ts';
import { DistrictDetails } from './details.tsx';
import { centrePoints, connectivityLayers, placePoints, planFeatures } from './layers.ts';
import { BridgesLegend, ConnectivityLegend } from './legend.tsx';
import { ConnectivityPanel } from './panel.tsx';
import { signImages } from './signs.ts';

/** The plan that answers the open question; null while another section is open. */
function shownPlan(app: AppContext, data: ConnectivityData): ConnectivityPlan | null {
  const { part, plan } = data.choice.value;
  if (app.url.state.value.tab !== 'connectivity' || part !== 'plan' || plan === null) return null;
  const { status, data: answer } = data.plan.state.value;
  return status === 'error' ? null : answer;
}

function hoverDistrict(data: ConnectivityData, id: unknown): HoverText | null {
  const item = data.districts.state.value.data?.items.find((candidate) => candidate.id === Number(id));
  if (!item) return null;
  const now = `${t(`connectivity.${item.status}`)}: ${t(`connectivity_hint.${item.status}`)}`;
  return {
    title: item.name,
    lines: [data.outage.value.districts.has(item.id) ? t('network.lost_in_cut') : now],
  };
}

function hoverPlace(data: ConnectivityData, id: unknown): HoverText | null {
  const item = data.shown.value.find((candidate) => candidate.id === Number(id));
  return item ? { title: item.name, lines: [t(`connectivity.${item.status}`)] } : null;
}

const groups = (data: ConnectivityData, hasPlan: () => boolean): ClientDomain['groups'] => [
  {
    id: 'connectivity',
    label: 'layer.connectivity',
    layers: [
      'connectivity-districts-status',
      'connectivity-paths-line',
      'connectivity-cut-line',
      'connectivity-plan-chosen',
      'connectivity-plan-casing',
      'connectivity-plan-line',
      'connectivity-plan-label',
      'connectivity-places-symbol',
      'connectivity-centres-symbol',
    ],
    Legend: () => <ConnectivityLegend data={data} hasPlan={hasPlan()} />,
  },
  { id: 'bridges', label: 'layer.bridges', layers: ['connectivity-bridges-halo'], Legend: BridgesLegend },
];

interface Connectivity {
  domain: ClientDomain;
  Cut: ComponentType<CutQuestion>;
  singleCut: (span: number) => ReturnType<typeof singleCut>;
}

/** Whether each district centre is connected to the core, and how many cuts that survives. */
export function createConnectivity(app: AppContext): Connectivity {
  const data = createConnectivityData(app);
  // The map compares data by identity: only other features make new data.
  const items = computed(() => data.districts.state.value.data?.items);
  const plan = computed(() => shownPlan(app, data));
  const sources = {
    district_centres: computed(() => centrePoints(items.value ?? [], data.outage.value.districts)),
    network_places: computed(() => placePoints(data.shown.value)),
    fibre_plan: computed<SourceSpecification>(() => ({
      type: 'geojson',
      data: planFeatures(plan.value, data.planned.value),
    })),
    cut_area: computed<SourceSpecification>(() => ({ type: 'geojson', data: areaFeatures(data.area.corners.value) })),
  };
  const domain: ClientDomain = {
    id: 'connectivity',
    tab: {
      id: 'connectivity',
      label: 'tab.connectivity',
      icon: 'connectivity',
      Panel: () => <ConnectivityPanel app={app} data={data} />,
    },
    groups: groups(data, () => plan.value !== null) ?? [],
    sources: () => Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, source.value])),
    layers: () => {
      const { selection } = app.url.state.value;
      return connectivityLayers(selection?.kind === 'district' ? selection.id : null);
    },
    featureStates: () => [
      { source: 'districts', sourceLayer: 'districts', states: data.districtStates.value },
      { source: 'spans', sourceLayer: 'spans', states: data.spanStates.value },
    ],
    images: signImages,
    clicks: {
      'connectivity-centres-symbol': ({ id }) =>
        id === undefined ? null : { select: { kind: 'district', id: Number(id) } },
      'connectivity-places-symbol': ({ id }) =>
        id === undefined ? null : { act: () => choosePlace(app, Number(id), false) },
    },
    hovers: {
      'connectivity-centres-symbol': ({ id }) => hoverDistrict(data, id),
      'connectivity-places-symbol': ({ id }) => hoverPlace(data, id),
    },
    details: { district: ({ id }) => <DistrictDetails app={app} data={data} id={id} /> },
    tool: createAreaCutTool(app, data.area),
  };
  const onAnswer = (result: CutResult | null): void => {
    data.simulated.value = result;
  };
  return {
    domain,
    // Of another day or network another answer: the key begins anew.
    Cut: (question) => (
      <CutSimulation key={data.subject.value} app={app} reroute={data.reroute} onAnswer={onAnswer} {...question} />
    ),
    singleCut: (span) => singleCut(data, span),
  };
}
