import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ApiError } from './api-error.ts';
import type { ApiClient } from './client.ts';
import { createResource, type Resource } from './resource.ts';

/** What every list of the API says about its pages. */
interface Page<Item> {
  items: Item[];
  /** Where the next page begins; null on the last. */
  next_cursor: string | null;
}

export interface PagedList<Item, First extends Page<Item>> {
  /** The first page, with what the answer says about the whole list. */
  first: Resource<First>;
  /** The items of all pages that were loaded, in the order of the list. */
  items: ReadonlySignal<readonly Item[]>;
  more: ReadonlySignal<'idle' | 'loading' | 'failed'>;
  /** Asks for the next page; nothing when there is none or one is under way. */
  loadMore: () => void;
}

/**
 * A list of the API, a page at a time by its cursor. The answer to another `path` (with its limit, without a cursor)
 * starts afresh and aborts the page under way; a null path means "not needed now".
 */
export function createPagedList<Item, First extends Page<Item>>(
  api: ApiClient,
  path: () => string | null,
  retry?: ReadonlySignal<number>,
): PagedList<Item, First> {
  const first = createResource<First>(api, path, retry);
  const later = signal<readonly Item[]>([]);
  const cursor = signal<string | null>(null);
  const more = signal<'idle' | 'loading' | 'failed'>('idle');
  const answer = computed(() => first.state.value.data);
  let controller: AbortController | null = null;

  effect(() => {
    controller?.abort();
    later.value = [];
    more.value = 'idle';
    cursor.value = answer.value?.next_cursor ?? null;
  });

  async function loadNext(): Promise<void> {
    const next = cursor.peek();
    // The cursor belongs to the answer that is shown, which may be older than the path.
    const from = first.state.peek().path;
    if (next === null || from === null || more.peek() === 'loading') return;
    more.value = 'loading';
    controller = new AbortController();
    const { signal: abort } = controller;
    try {
      const page = await api.get<Page<Item>>(`${from}&cursor=${encodeURIComponent(next)}`, abort);
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
    items: computed(() => [...(answer.value?.items ?? []), ...later.value]),
    more,
    loadMore: () => void loadNext(),
  };
}
