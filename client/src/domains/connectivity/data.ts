import { computed, type ReadonlySignal } from '@preact/signals';
import type { DistrictConnectivity, DistrictConnectivityList } from '../../../../server/contract/connectivity.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';

export interface SpanState {
  /** Cutting it isolates a district. */
  bridge?: true;
  /** It lies on the first or second path of the selected district. */
  path?: 1 | 2;
}

export interface ConnectivityData {
  districts: Resource<DistrictConnectivityList>;
  selected: ReadonlySignal<DistrictConnectivity | null>;
  districtStates: ReadonlySignal<ReadonlyMap<number, { status: string }>>;
  spanStates: ReadonlySignal<ReadonlyMap<number, SpanState>>;
}

/** What the map says of each span: single cuts of all districts, paths of the selected one. */
export function spanStatesOf(
  items: readonly DistrictConnectivity[],
  selected: DistrictConnectivity | null,
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
  return states;
}

export function createConnectivityData(app: AppContext): ConnectivityData {
  const { state } = app.url;
  const isWanted = computed(
    () =>
      state.value.tab === 'connectivity' ||
      visibleGroups(state.value).includes('connectivity') ||
      state.value.selection?.kind === 'district',
  );
  const districts = createResource<DistrictConnectivityList>(
    app.api,
    () => (isWanted.value ? `/connectivity/districts?at=${app.day.value}` : null),
    app.reachability.recoveries,
  );
  const items = computed(() => districts.state.value.data?.items ?? []);
  const selected = computed(() => {
    const { selection } = state.value;
    return selection?.kind === 'district' ? (items.value.find((item) => item.id === selection.id) ?? null) : null;
  });
  return {
    districts,
    selected,
    districtStates: computed(() => new Map(items.value.map(({ id, status }) => [id, { status }]))),
    spanStates: computed(() => spanStatesOf(items.value, selected.value)),
  };
}
