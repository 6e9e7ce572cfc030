import { describe, expect, it } from 'vitest';
import { type Snapshot, SnapshotCache } from './snapshot-cache.ts';

const snapshot = (revision: number, byteLength = 10): Snapshot => ({ revision, byteLength });

describe('SnapshotCache', () => {
  it('refreshes only what is older than asked for, from what it holds', async () => {
    const cache = new SnapshotCache(1000);
    const first = snapshot(3);
    const seen: (Snapshot | null)[] = [];
    const refreshTo = (next: Snapshot) => async (previous: Snapshot | null) => {
      seen.push(previous);
      return next;
    };
    expect(await cache.get('a', 2, refreshTo(first))).toBe(first);
    expect(await cache.get('a', 3, refreshTo(snapshot(9)))).toBe(first);
    expect((await cache.get('a', 4, refreshTo(snapshot(5)))).revision).toBe(5);
    expect(seen).toEqual([null, first]);
  });

  it('does not answer a later request with a refresh that began too early', async () => {
    const cache = new SnapshotCache(1000);
    let newest = 1;
    const refresh = async (): Promise<Snapshot> => {
      const read = newest;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return snapshot(read);
    };
    const early = cache.get('a', 1, refresh);
    newest = 2;
    const late = cache.get('a', 2, refresh);
    expect((await early).revision).toBe(1);
    expect((await late).revision).toBe(2);
  });

  it('lets everybody who waits share one refresh, and its failure, and then tries again', async () => {
    const cache = new SnapshotCache(1000);
    let calls = 0;
    const refresh = async (): Promise<Snapshot> => {
      if (++calls === 1) throw new Error('away');
      return snapshot(1);
    };
    const both = await Promise.allSettled([cache.get('a', 1, refresh), cache.get('a', 1, refresh)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls).toBe(1);
    expect((await cache.get('a', 1, refresh)).revision).toBe(1);
  });

  it('gives up on a source that never reaches the revision it announced', async () => {
    const cache = new SnapshotCache(1000);
    await expect(cache.get('a', 7, async () => snapshot(6))).rejects.toThrow('announced revision 7');
  });

  it('drops the least recently used beyond its bytes but holds one alone', async () => {
    const cache = new SnapshotCache(100);
    const made: string[] = [];
    const get = (key: string, bytes: number) =>
      cache.get(key, 1, async () => {
        made.push(key);
        return snapshot(1, bytes);
      });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key, 45);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
    expect(cache.byteLength).toBeLessThanOrEqual(100);
    await get('huge', 500);
    await get('huge', 500);
    expect(made.slice(4)).toEqual(['huge']);
  });

  it('drops one alone when it has grown to twice its size', async () => {
    const cache = new SnapshotCache<{ revision: number; byteLength: number }>(100);
    const growing = { revision: 1, byteLength: 150 };
    await cache.get('a', 1, async () => growing);
    growing.byteLength = 290;
    cache.prune();
    expect(cache.byteLength).toBe(290);
    growing.byteLength = 310;
    cache.prune();
    expect(cache.byteLength).toBe(0);
  });
});
