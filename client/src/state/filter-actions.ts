import type { AppContext } from './app-context.ts';
import { changeFilter, type ClientFilter, type ClientFilterName } from './filter.ts';
import { sameSelection, type Selection } from './selection.ts';

export type FilterChange = { [name in ClientFilterName]?: ClientFilter[name] | undefined };

/** Changes the shared filter. Another district takes the commune out: it lies in the old one. */
export function filterBy(app: AppContext, change: FilterChange): void {
  const { filter } = app.url.state.peek();
  const moved = 'district' in change && change.district !== filter.district && !('commune' in change);
  app.url.change({ filter: changeFilter(filter, moved ? { ...change, commune: undefined } : change) });
}

/** Selects, or with null takes the selection back. */
export function select(app: AppContext, selection: Selection | null): void {
  if (sameSelection(app.url.state.peek().selection, selection)) return;
  app.url.change({ selection });
}

/** The technology that coverage is shown for: the one filtered by, or the common one of the day. */
export function coverageTechnology(
  technology: ClientFilter['technology'],
  day: string,
): NonNullable<ClientFilter['technology']> {
  if (technology) return technology;
  // Networks began: 3G in October 2009, 4G in early 2017 (Vietnam).
  if (day < '2012-01-01') return '2G';
  return day < '2018-01-01' ? '3G' : '4G';
}
