import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { SiteItem, SiteList } from '../../../../server/contract/wire.ts';
import { ApiError } from '../../api/api-error.ts';
import { createResource, type Resource } from '../../api/resource.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterParams } from '../../state/filter.ts';

const pageSize = 100;

export interface SitesData {
  /** First page and the counts of the whole filter. */
  first: Resource<SiteList>;
  items: ReadonlySignal<readonly SiteItem[]>;
  more: ReadonlySignal<'idle' | 'loading' | 'failed'>;
  loadMore: () => void;
}

/** The list of the shared filter, a page at a time. */
export function createSitesData(app: AppContext): SitesData {
  const query = computed(() => filterParams(app.url.state.value.filter, app.day.value));
  const first = createResource<SiteList>(
    app.api,
    () => `/sites?${query.value}&limit=${pageSize}`,
    app.reachability.recoveries,
  );
  const later = signal<readonly SiteItem[]>([]);
  const cursor = signal<string | null>(null);
  const more = signal<'idle' | 'loading' | 'failed'>('idle');
  let controller: AbortController | null = null;

  effect(() => {
    const { data } = first.state.value;
    controller?.abort();
    later.value = [];
    more.value = 'idle';
    cursor.value = data?.next_cursor ?? null;
  });

  async function loadNext(): Promise<void> {
    const next = cursor.peek();
    if (next === null || more.peek() === 'loading') return;
    more.value = 'loading';
    controller = new AbortController();
    const { signal: abort } = controller;
    try {
      const path = `/sites?${query.peek()}&limit=${pageSize}&cursor=${encodeURIComponent(next)}`;
      const page = await app.api.get<SiteList>(path, abort);
      if (abort.aborted) return;
      later.value = [...later.peek(), ...page.items];
      cursor.value = page.next_cursor;
      more.value = 'idle';
    } catch (error) {
      if (!abort.aborted && error instanceof ApiError) more.value = 'failed';
    }
  }

  return {
    first,
    items: computed(() => [...(first.state.value.data?.items ?? []), ...later.value]),
    more,
    loadMore: () => void loadNext(),
  };
}
