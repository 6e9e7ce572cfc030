import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import { createApiClient } from './client.ts';
import { createPagedList } from './paged-list.ts';

/** `count` numbers of a kind, `limit` to a page; the cursor is the number the page begins with. */
function answerPage(url: URL): Response {
  const [count, limit] = [Number(url.searchParams.get('count')), Number(url.searchParams.get('limit'))];
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const items = Array.from({ length: Math.min(limit, count - from) }, (_, index) => from + index);
  return Response.json({ items, next_cursor: from + limit < count ? String(from + limit) : null });
}

type Numbers = { items: number[]; next_cursor: string | null };

function numbers(path: () => string | null, respond = answerPage) {
  const asked: string[] = [];
  const api = createApiClient({
    base: 'http://localhost/',
    language: () => 'vi',
    fetch: (address, init) => {
      const url = new URL(new Request(address).url);
      asked.push(url.search);
      const signal = init?.signal;
      return new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        setTimeout(() => resolve(respond(url)), 1);
      });
    },
  });
  return { list: createPagedList<number, Numbers>(api, path), asked };
}

describe('a list by pages', () => {
  it('loads page after page to the end, each once', async () => {
    const { list, asked } = numbers(() => '/numbers?count=5&limit=2');
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1]));
    list.loadMore();
    list.loadMore();
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1, 2, 3]));
    list.loadMore();
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1, 2, 3, 4]));
    list.loadMore();
    expect(list.more.value).toBe('idle');
    expect(asked).toEqual(['?count=5&limit=2', '?count=5&limit=2&cursor=2', '?count=5&limit=2&cursor=4']);
  });

  it('starts afresh with another question, without a page of the old one', async () => {
    const count = signal(6);
    const { list } = numbers(() => `/numbers?count=${count.value}&limit=2`);
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1]));
    list.loadMore();
    await vi.waitFor(() => expect(list.items.value).toHaveLength(4));
    count.value = 3;
    list.loadMore();
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1]));
    list.loadMore();
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1, 2]));
  });

  it('says when a page failed, keeps what it has, and tries again when asked', async () => {
    let isAway = true;
    const { list } = numbers(
      () => '/numbers?count=3&limit=2',
      (url) => (isAway && url.searchParams.has('cursor') ? new Response(null, { status: 503 }) : answerPage(url)),
    );
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1]));
    list.loadMore();
    await vi.waitFor(() => expect(list.more.value).toBe('failed'));
    expect(list.items.value).toEqual([0, 1]);
    isAway = false;
    list.loadMore();
    await vi.waitFor(() => expect(list.items.value).toEqual([0, 1, 2]));
  });
});
