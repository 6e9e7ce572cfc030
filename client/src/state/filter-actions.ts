import type { AppContext } from './app-context.ts';
import { type ClientFilter, type ClientFilterName, changeFilter } from './filter.ts';
import { type Selection, sameSelection } from './selection.ts';

export type FilterChange = { [name in ClientFilterName]?: ClientFilter[name] | undefined };

/** Changes the shared filter. Another district takes the commune out: it lies in the old one. */
export function filterBy(app: AppContext, change: FilterChange): void {
  const { filter } = app.url.state.peek();
  const moved = 'district' in change && change.district !== filter.district && !('commune' in change);
  app.url.change({ filter: changeFilter(filter, moved ? { ...change, commune: undefined } : change) });
  showUnit(app, change.commune ? 'communes' : 'districts', change.commune ?? change.district);
}

/** The map goes where the filter goes. */
function showUnit(app: AppContext, level: 'communes' | 'districts', code: string | undefined): void {
  const unit = app.reference[level].state.peek().data?.items.find((candidate) => candidate.code === code);
  if (unit?.bbox) app.session.camera.value = { bbox: unit.bbox };
}

/** Selects, or with null takes the selection back. */
export function select(app: AppContext, selection: Selection | null): void {
  choose(app, selection, false);
}

function choose(app: AppContext, selection: Selection | null, isToShow: boolean): void {
  if (sameSelection(app.url.state.peek().selection, selection)) return;
  app.session.isToShow.value = isToShow;
  app.url.change({ selection });
}

/** Selects from a list: the map goes where the thing is as soon as its details know. */
export function selectAndShow(app: AppContext, selection: Selection): void {
  choose(app, selection, true);
}

/** Commercial launches in Vietnam: 3G October 2009, 4G late 2016, 5G October 2024. */
const launches = [
  { technology: '3G', from: '2009-10-12' },
  { technology: '4G', from: '2016-11-03' },
  { technology: '5G', from: '2024-10-15' },
] as const;

/** The technology that coverage is shown for: the one filtered by, or the newest network of the day, which is being planned. */
export function coverageTechnology(
  technology: ClientFilter['technology'],
  day: string,
): NonNullable<ClientFilter['technology']> {
  if (technology) return technology;
  return launches.findLast(({ from }) => from <= day)?.technology ?? '2G';
}
