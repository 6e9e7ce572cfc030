import { computed, type ReadonlySignal } from '@preact/signals';
import type { GapItem, GapList } from '../../../../server/contract/index.ts';
import { createPagedList, type PagedList } from '../../api/paged-list.ts';
import type { AppContext } from '../../state/app-context.ts';
import type { ClientFilter } from '../../state/filter.ts';

const gapPageSize = 100;

export interface GapData {
  /** The kind of gaps shown: of the operator filtered by, or the chosen kind of spots. */
  kind: ReadonlySignal<GapItem['kind']>;
  /** What the list and its export ask for: subject, kind, district and least sizes. */
  query: ReadonlySignal<string>;
  /** Those of the filtered district, or all; most people first. */
  list: PagedList<GapItem, GapList>;
}

/** The gaps of the operator filtered by, or the white or grey spots of all. */
export function createGapData(
  app: AppContext,
  technology: ReadonlySignal<NonNullable<ClientFilter['technology']>>,
): GapData {
  const { state } = app.url;
  const kind = computed(() => (state.value.filter.operator ? 'gap' : state.value.coverage.spots));
  const query = computed(() => {
    const { filter, coverage } = state.value;
    const params = new URLSearchParams({ at: app.day.value, technology: technology.value });
    if (filter.operator) params.set('operator', filter.operator);
    params.set('kind', kind.value);
    if (filter.district) params.set('district', filter.district);
    if (coverage.minPeople !== null) params.set('min_people', String(coverage.minPeople));
    if (coverage.minAreaKm2 !== null) params.set('min_area_km2', String(coverage.minAreaKm2));
    return params.toString();
  });
  const list = createPagedList<GapItem, GapList>(
    app.api,
    () => (state.value.tab === 'gaps' ? `/coverage/gaps?${query.value}&limit=${gapPageSize}` : null),
    app.reachability.recoveries,
  );
  return { kind, query, list };
}
