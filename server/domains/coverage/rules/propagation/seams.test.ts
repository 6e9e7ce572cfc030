import { describe, expect, it } from 'vitest';
import { GROUND_M, type LonLatRaster, settleValues } from '../lon-lat-raster.ts';
import { seamsBetween } from './seams.ts';

/** A raster of 11 × 11 posts (or finer) on one degree. */
function tile(west: number, south: number, height: (column: number, row: number) => number, side = 11): LonLatRaster {
  const values = Float32Array.from({ length: side * side }, (_, i) => height(i % side, Math.floor(i / side)));
  const step = 1 / (side - 1);
  const place = { west, north: south + 1, step_lon: step, step_lat: step, cols: side, rows: side };
  return { ...place, values, ...settleValues(values, GROUND_M) };
}

describe('seams', () => {
  it('of tiles that agree on their common edge have no difference', () => {
    const [west, east] = [tile(104, 21, (column) => column), tile(105, 21, (column) => 10 + column)];
    expect(seamsBetween([west, east])).toEqual([{ a: 0, b: 1, posts: 11, different: 0, largest_m: 0 }]);
  });

  it('count the posts that differ and the largest difference; voids are not compared', () => {
    const west = tile(104, 21, (_column, row) => (row === 4 ? Number.NaN : 100));
    const east = tile(105, 21, (_column, row) => (row === 2 ? 93 : row === 9 ? 102 : 100));
    expect(seamsBetween([west, east])).toEqual([{ a: 0, b: 1, posts: 10, different: 2, largest_m: 7 }]);
  });

  it('of a coarse and a fine tile are the posts that both have', () => {
    const seams = seamsBetween([tile(105, 20, () => 5), tile(105, 21, () => 6, 31)]);
    expect(seams).toEqual([{ a: 0, b: 1, posts: 11, different: 11, largest_m: 1 }]);
  });

  it('of tiles that meet at a corner are one post, of tiles apart none', () => {
    expect(seamsBetween([tile(104, 20, () => 5), tile(105, 21, () => 5)])).toMatchObject([{ posts: 1 }]);
    expect(seamsBetween([tile(103, 21, () => 5), tile(105, 21, () => 5)])).toEqual([]);
    expect(seamsBetween([])).toEqual([]);
  });
});
