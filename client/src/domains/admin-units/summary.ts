import type { SiteList, Summary } from '../../../../server/contract/wire.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterParams } from '../../state/filter.ts';

/** The figures of the whole province; asked for while the overview is open. */
export function createSummary(app: AppContext): Resource<Summary> {
  return createResource(
    app.api,
    () => (app.url.state.value.tab === 'overview' ? `/summary?at=${app.day.value}` : null),
    app.reachability.recoveries,
  );
}

/** The counts of what is filtered by; asked for while the overview is open and something is filtered by. */
export function createFilteredCounts(app: AppContext): Resource<Pick<SiteList, 'counts'>> {
  return createResource(
    app.api,
    () => {
      const { tab, filter } = app.url.state.value;
      if (tab !== 'overview' || filterParams(filter, null).size === 0) return null;
      return `/sites?${filterParams(filter, app.day.value)}&limit=1`;
    },
    app.reachability.recoveries,
  );
}
