import { computed } from '@preact/signals';
import type { SourceSpecification } from 'maplibre-gl';
import type { ComponentType } from 'preact';
import type { ConnectivityPlan, DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import type { ClientDomain } from '../../domain.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { areaFeatures, createAreaCutState, createAreaCutTool } from './area-cut.tsx';
import { type CutQuestion, CutSimulation } from './cut.tsx';
import { type ConnectivityData, createConnectivityData } from './data.ts';
import { DistrictDetails } from './details.tsx';
import { centrePoints, connectivityLayers, planFeatures } from './layers.ts';
import { BridgesLegend, ConnectivityLegend } from './legend.tsx';
import { ConnectivityPanel } from './panel.tsx';
import { signImages } from './signs.ts';

/** The plan that answers the open question; null while another section is open. */
function shownPlan(data: ConnectivityData): ConnectivityPlan | null {
  return data.choice.value.part === 'plan' && data.planQuestion.value ? data.plan.state.value.data : null;
}

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
export function createConnectivity(app: AppContext): { domain: ClientDomain; Cut: ComponentType<CutQuestion> } {
  const data = createConnectivityData(app);
  const area = createAreaCutState();
  const areaSource = computed<SourceSpecification>(() => ({ type: 'geojson', data: areaFeatures(area.corners.value) }));
  const planSource = computed<SourceSpecification>(() => ({ type: 'geojson', data: planFeatures(shownPlan(data)) }));
  const onFailed = (spans: readonly number[]): void => {
    data.failed.value = spans;
  };
  let made: { items: readonly DistrictConnectivity[]; source: SourceSpecification } | null = null;
  const centres = (): SourceSpecification => {
    const items = data.districts.state.value.data?.items ?? nobody;
    if (made?.items !== items) made = { items, source: centrePoints(items) };
    return made.source;
  };
  const domain: ClientDomain = {
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
        layers: [
          'connectivity-districts-status',
          'connectivity-paths-line',
          'connectivity-cut-line',
          'connectivity-plan-casing',
          'connectivity-plan-line',
          'connectivity-plan-label',
          'connectivity-centres-symbol',
        ],
        Legend: ConnectivityLegend,
      },
      { id: 'bridges', label: 'layer.bridges', layers: ['connectivity-bridges-halo'], Legend: BridgesLegend },
    ],
    sources: () => ({ district_centres: centres(), cut_area: areaSource.value, fibre_plan: planSource.value }),
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
    tool: createAreaCutTool(app, area, data),
  };
  return { domain, Cut: (question) => <CutSimulation app={app} onFailed={onFailed} {...question} /> };
}
