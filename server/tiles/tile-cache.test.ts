import { describe, expect, it } from 'vitest';
import { TileCache } from './tile-cache.ts';

const tile = (bytes: number, revision = 1) => ({ revision, gzip: Buffer.alloc(bytes) });

describe('TileCache', () => {
  it('makes a tile once for all who wait and keeps it under the key it turned out to have', async () => {
    const cache = new TileCache(100_000);
    let calls = 0;
    const make = async () => {
      calls++;
      return { key: 'r2', tile: tile(10, 2) };
    };
    const [a, b] = await Promise.all([cache.getOrMake('r1', make), cache.getOrMake('r1', make)]);
    expect(calls).toBe(1);
    expect(a).toBe(b);
    expect(cache.get('r2')).toBe(a);
    expect(cache.get('r1')).toBeUndefined();
  });

  it('does not keep a failure', async () => {
    const cache = new TileCache(100_000);
    await expect(cache.getOrMake('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(cache.getOrMake('a', async () => ({ key: 'a', tile: tile(1) }))).resolves.toEqual(tile(1));
  });

  it('keeps empty tiles, and drops the least recently used beyond its bytes', async () => {
    const cache = new TileCache(10_000);
    const put = (key: string, bytes: number) => cache.getOrMake(key, async () => ({ key, tile: tile(bytes) }));
    await cache.getOrMake('empty', async () => ({ key: 'empty', tile: { revision: 1, gzip: null } }));
    await put('a', 4_000);
    await put('b', 4_000);
    expect(cache.get('empty')?.gzip).toBeNull();
    expect(cache.get('a')).toBeDefined();
    await put('c', 4_000);
    expect(['empty', 'a', 'b', 'c'].filter((key) => cache.get(key) !== undefined)).toEqual(['empty', 'a', 'c']);
  });
});
