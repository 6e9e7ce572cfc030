import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type {
  ConnectivityPlan,
  DistrictConnectivity,
  DistrictConnectivityList,
  NetworkFigures,
  PlaceConnectivityList,
  PlaceDetail,
  RiskRanking,
  TopologyList,
} from '../../../../server/contract/connectivity.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { type NetworkChoice, type NetworkSection, networkQuery } from '../../state/network-choice.ts';

export interface SpanState {
  /** Cutting it isolates a district. */
  bridge?: true;
  /** It lies on the first or second path of what is selected. */
  path?: 1 | 2;
  /** It fails in the cut that is shown. */
  cut?: true;
}

/** The question a plan answers, as parameters of the API beside day and network. */
export interface PlanQuestion {
  goal: ConnectivityPlan['goal'];
  along: ConnectivityPlan['along'];
  deployment: ConnectivityPlan['deployment'];
  max_hop_m: string;
  cost_per_m: string;
}

export const initialPlan: PlanQuestion = {
  goal: 'dual',
  along: 'straight',
  deployment: 'aerial',
  max_hop_m: '',
  cost_per_m: '',
};

export interface ConnectivityData {
  choice: ReadonlySignal<NetworkChoice>;
  /** Day and network as query parameters. */
  subject: ReadonlySignal<string>;
  districts: Resource<DistrictConnectivityList>;
  selected: ReadonlySignal<DistrictConnectivity | null>;
  communes: Resource<PlaceConnectivityList>;
  /** The commune opened in the list: its paths are on the map. */
  place: Signal<number | null>;
  placeDetail: Resource<PlaceDetail>;
  risks: Resource<RiskRanking>;
  figures: Resource<NetworkFigures>;
  topology: Resource<TopologyList>;
  /** What was asked of the planner; null before. */
  planQuestion: Signal<PlanQuestion | null>;
  plan: Resource<ConnectivityPlan>;
  /** Spans of the risk chosen in the list, or of the cut last simulated. */
  failed: Signal<readonly number[]>;
  districtStates: ReadonlySignal<ReadonlyMap<number, { status: string }>>;
  spanStates: ReadonlySignal<ReadonlyMap<number, SpanState>>;
}

interface Pathed {
  paths: DistrictConnectivity['paths'];
}

/** What the map says of each span: single cuts of all districts, paths of what is selected, what fails in a cut. */
export function spanStatesOf(
  items: readonly DistrictConnectivity[],
  selected: Pathed | null,
  failed: readonly number[] = [],
): Map<number, SpanState> {
  const states = new Map<number, SpanState>();
  const add = (id: number, state: SpanState): void => {
    states.set(id, { ...state, ...states.get(id) });
  };
  for (const id of items.flatMap((item) => item.bridges.flatMap((bridge) => bridge.span_ids)))
    add(id, { bridge: true });
  selected?.paths.slice(0, 2).forEach((path, index) => {
    for (const id of path.span_ids) add(id, { path: index === 0 ? 1 : 2 });
  });
  for (const id of failed) add(id, { cut: true });
  return states;
}

/** The plan's question as query parameters; empty fields are left to the server. */
export function planQuery(question: PlanQuestion): string {
  const { max_hop_m, cost_per_m, ...rest } = question;
  const params = new URLSearchParams(rest);
  if (max_hop_m) params.set('max_hop_m', max_hop_m);
  if (cost_per_m) params.set('cost_per_m', cost_per_m);
  return params.toString();
}

export function createConnectivityData(app: AppContext): ConnectivityData {
  const { state } = app.url;
  const { dataChanges } = app.session;
  const retry = app.reachability.recoveries;
  const choice = computed(() => state.value.network);
  const subject = computed(() => `at=${app.day.value}${networkQuery(choice.value)}`);
  const isOpen = (part: NetworkSection): boolean =>
    dataChanges.value >= 0 && state.value.tab === 'connectivity' && choice.value.part === part;
  const isWanted = computed(
    () =>
      state.value.tab === 'connectivity' ||
      visibleGroups(state.value).includes('connectivity') ||
      state.value.selection?.kind === 'district',
  );
  const districts = createResource<DistrictConnectivityList>(
    app.api,
    () => (isWanted.value ? `/connectivity/districts?${subject.value}` : null),
    retry,
  );
  const items = computed(() => districts.state.value.data?.items ?? []);
  const selected = computed(() => {
    const { selection } = state.value;
    return selection?.kind === 'district' ? (items.value.find((item) => item.id === selection.id) ?? null) : null;
  });
  const place = signal<number | null>(null);
  const planQuestion = signal<PlanQuestion | null>(null);
  const failed = signal<readonly number[]>([]);
  const placeDetail = createResource<PlaceDetail>(
    app.api,
    () =>
      isOpen('communes') && place.value !== null ? `/connectivity/communes/${place.value}?${subject.value}` : null,
    retry,
  );
  const pathed = computed<Pathed | null>(() => {
    if (!isOpen('communes') || place.value === null) return selected.value;
    const { data } = placeDetail.state.value;
    return data?.id === place.value ? data : null;
  });
  return {
    choice,
    subject,
    districts,
    selected,
    place,
    placeDetail,
    communes: createResource(
      app.api,
      () => (isOpen('communes') ? `/connectivity/communes?${subject.value}&limit=1000` : null),
      retry,
    ),
    risks: createResource(app.api, () => (isOpen('risks') ? `/connectivity/risks?${subject.value}` : null), retry),
    figures: createResource(
      app.api,
      () => (isOpen('figures') ? `/connectivity/figures?${subject.value}` : null),
      retry,
    ),
    topology: createResource(app.api, () => (isOpen('topology') ? '/connectivity/topology?limit=1000' : null), retry),
    planQuestion,
    plan: createResource(
      app.api,
      () =>
        isOpen('plan') && planQuestion.value
          ? `/connectivity/plan?${subject.value}&${planQuery(planQuestion.value)}`
          : null,
      retry,
    ),
    failed,
    districtStates: computed(() => new Map(items.value.map(({ id, status }) => [id, { status }]))),
    spanStates: computed(() => spanStatesOf(items.value, pathed.value, failed.value)),
  };
}
