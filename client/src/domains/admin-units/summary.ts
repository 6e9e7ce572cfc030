import type { Summary } from '../../../../server/contract/wire.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';

/** The figures of the whole province; asked for while the overview is open. */
export function createSummary(app: AppContext): Resource<Summary> {
  return createResource(
    app.api,
    () => (app.url.state.value.tab === 'overview' ? `/summary?at=${app.day.value}` : null),
    app.reachability.recoveries,
  );
}
