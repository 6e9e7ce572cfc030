import type { SiteItem, SiteList } from '../../../../server/contract/wire.ts';
import { createPagedList, type PagedList } from '../../api/paged-list.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterParams } from '../../state/filter.ts';

const pageSize = 100;

/** The first page has the counts of the whole filter. */
export type SitesData = PagedList<SiteItem, SiteList>;

/** The list of the shared filter, a page at a time. */
export function createSitesData(app: AppContext): SitesData {
  const path = (): string => `/sites?${filterParams(app.url.state.value.filter, app.day.value)}&limit=${pageSize}`;
  return createPagedList(app.api, path, app.reachability.recoveries);
}
