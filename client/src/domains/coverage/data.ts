import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { CommuneCoverage, CommuneCoverageList, GapItem, GapList } from '../../../../server/contract/wire.ts';
import { createPagedList, type PagedList } from '../../api/paged-list.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { ClientFilter } from '../../state/filter.ts';
import { coverageTechnology } from '../../state/filter-actions.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { coverageClass } from './classes.ts';

const gapPageSize = 100;
/** The most that the API gives at once. */
const mostGaps = 1_000;

/** Without an operator there are two kinds of gaps, and the panel shows one of them. */
export type SpotKind = 'white' | 'grey';

export interface CoverageData {
  /** White spots: no operator reaches them. Grey ones: some do, not all. Only without an operator filtered by. */
  spots: Signal<SpotKind>;
  /** The kind of gaps shown: of the operator filtered by, or the chosen kind of spots. */
  gapKind: ReadonlySignal<GapItem['kind']>;
  technology: ReadonlySignal<NonNullable<ClientFilter['technology']>>;
  /** Day, technology and operator as query parameters: lists and tiles ask for the same. */
  subject: ReadonlySignal<string>;
  communes: Resource<CommuneCoverageList>;
  /** Whether a run serves day and technology; true while that is not known yet. */
  isComputed: ReadonlySignal<boolean>;
  /** Those of the filtered district, or all. */
  shown: ReadonlySignal<readonly CommuneCoverage[]>;
  /** Those of the filtered district, or all; most people first. */
  gaps: PagedList<GapItem, GapList>;
  /** The list of the whole province, asked for when the selected gap is not in `gaps`: the map shows all of them. */
  allGaps: Resource<GapList>;
  /** Class of each commune, for the map. The same answer feeds map, legend and table: they cannot differ. */
  states: ReadonlySignal<ReadonlyMap<number, { cls: number }>>;
}

/** The lists of gaps: that of the panel, and the one that a gap selected on the map is looked up in. */
function createGapLists(
  app: AppContext,
  subject: ReadonlySignal<string>,
  gapKind: CoverageData['gapKind'],
): Pick<CoverageData, 'gaps' | 'allGaps'> {
  const { state } = app.url;
  const retry = app.reachability.recoveries;
  const gaps = createPagedList<GapItem, GapList>(
    app.api,
    () => {
      const { tab, filter } = state.value;
      const district = filter.district ? `&district=${filter.district}` : '';
      return tab === 'gaps'
        ? `/coverage/gaps?${subject.value}&kind=${gapKind.value}${district}&limit=${gapPageSize}`
        : null;
    },
    retry,
  );
  const isElsewhere = computed(() => {
    const { tab, selection } = state.value;
    const { status } = gaps.first.state.value;
    if (selection?.kind !== 'gap' || (tab === 'gaps' && status === 'loading')) return false;
    return !gaps.items.value.some((gap) => gap.id === selection.id);
  });
  const allGaps = createResource<GapList>(
    app.api,
    () => (isElsewhere.value ? `/coverage/gaps?${subject.value}&limit=${mostGaps}` : null),
    retry,
  );
  return { gaps, allGaps };
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
  const spots = signal<SpotKind>('white');
  const gapKind = computed(() => (state.value.filter.operator ? 'gap' : spots.value));
  const isWanted = computed(
    () =>
      visibleGroups(state.value).includes('choropleth') ||
      state.value.tab === 'coverage' ||
      state.value.tab === 'gaps' ||
      state.value.selection?.kind === 'commune' ||
      state.value.selection?.kind === 'gap',
  );
  const retry = app.reachability.recoveries;
  const communes = createResource<CommuneCoverageList>(
    app.api,
    () => (isWanted.value ? `/coverage/communes?${subject.value}` : null),
    retry,
  );
  const items = computed(() => communes.state.value.data?.items ?? []);
  return {
    spots,
    gapKind,
    technology,
    subject,
    communes,
    isComputed: computed(() => {
      const { data } = communes.state.value;
      if (!data) return true;
      return data.run !== null && !data.items.every((item) => item.unknown_reason === 'not_computed');
    }),
    shown: computed(() => {
      const { district } = state.value.filter;
      const inside = items.value.filter((item) => item.district_code === district);
      return district && inside.length > 0 ? inside : items.value;
    }),
    ...createGapLists(app, subject, gapKind),
    states: computed(() => new Map(items.value.map((item) => [item.id, { cls: coverageClass(item) }]))),
  };
}
