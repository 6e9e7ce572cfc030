import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ApiClient } from './client.ts';
import { createResource, type Resource } from './resource.ts';

/** The answer of a GET for as long as a component is on the page. Another path starts afresh. */
export function useResource<T>(api: ApiClient, path: string, retry: ReadonlySignal<number>): Resource<T> {
  const resource = useMemo(() => createResource<T>(api, () => path, retry), [api, path, retry]);
  useEffect(() => resource.dispose, [resource]);
  return resource;
}
