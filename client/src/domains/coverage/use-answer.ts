import { useEffect } from 'preact/hooks';
import type { Resource } from '../../api/resource.ts';
import { useResource } from '../../api/use-resource.ts';
import type { AppContext } from '../../state/app-context.ts';

/** The answer of a GET for as long as a component is on the page, asked for again when the data changed. */
export function useAnswer<T>(app: AppContext, path: string): Resource<T> {
  const resource = useResource<T>(app.api, path, app.reachability.recoveries);
  const changes = app.session.dataChanges.value;
  useEffect(() => {
    if (changes > 0) resource.reload();
  }, [changes]);
  return resource;
}
