import { computed, type ReadonlySignal } from '@preact/signals';
import type { CommuneCoverage, CommuneCoverageList, GapList } from '../../../../server/contract/wire.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { ClientFilter } from '../../state/filter.ts';
import { coverageTechnology } from '../../state/filter-actions.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { coverageClass } from './classes.ts';

const gapLimit = 200;

export interface CoverageData {
  technology: ReadonlySignal<NonNullable<ClientFilter['technology']>>;
  /** Day, technology and operator as query parameters: lists and tiles ask for the same. */
  subject: ReadonlySignal<string>;
  communes: Resource<CommuneCoverageList>;
  /** Those of the filtered district, or all. */
  shown: ReadonlySignal<readonly CommuneCoverage[]>;
  gaps: Resource<GapList>;
  /** Class of each commune, for the map. The same answer feeds map, legend and table: they cannot differ. */
  states: ReadonlySignal<ReadonlyMap<number, { cls: number }>>;
}

/** Coverage of the operator and technology filtered by. */
export function createCoverageData(app: AppContext): CoverageData {
  const { state } = app.url;
  const technology = computed(() => coverageTechnology(state.value.filter.technology, app.day.value));
  const subject = computed(() => {
    const params = new URLSearchParams({ at: app.day.value, technology: technology.value });
    if (state.value.filter.operator) params.set('operator', state.value.filter.operator);
    return params.toString();
  });
  const isWanted = computed(
    () =>
      visibleGroups(state.value).includes('choropleth') ||
      state.value.tab === 'coverage' ||
      state.value.selection?.kind === 'commune',
  );
  const retry = app.reachability.recoveries;
  const communes = createResource<CommuneCoverageList>(
    app.api,
    () => (isWanted.value ? `/coverage/communes?${subject.value}` : null),
    retry,
  );
  const items = computed(() => communes.state.value.data?.items ?? []);
  return {
    technology,
    subject,
    communes,
    shown: computed(() => {
      const { district } = state.value.filter;
      const inside = items.value.filter((item) => item.district_code === district);
      return district && inside.length > 0 ? inside : items.value;
    }),
    gaps: createResource<GapList>(
      app.api,
      () =>
        state.value.tab === 'gaps' || state.value.selection?.kind === 'gap'
          ? `/coverage/gaps?${subject.value}&limit=${gapLimit}`
          : null,
      retry,
    ),
    states: computed(() => new Map(items.value.map((item) => [item.id, { cls: coverageClass(item) }]))),
  };
}
