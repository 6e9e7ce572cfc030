import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { worldX, worldY } from './mercator.ts';
import { PointBuilder } from './point-builder.ts';
import { mostVertices, shownShapes } from './shape-encoder.ts';
import { ShapeBuilder } from './shape-index.ts';
import { decodeGzip } from './testing/decode.ts';
import { layerOf, site } from './testing/sites.ts';
import { compressPoints, compressShapes } from './tile-fit.ts';

/** Deterministic numbers from 0 to 1 (Numerical Recipes' linear congruential generator). */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('compressPoints', () => {
  it('keeps a tile of 20,000 points with incompressible names within 100 kB and counts them all', async () => {
    const random = createRandom();
    const builder = new PointBuilder(layerOf('sites'));
    for (let id = 1; id <= 20_000; id++) {
      const name = Array.from({ length: 12 }, () => random().toString(36).slice(2, 12)).join('');
      builder.add([site(id, 105.4 + random() * 0.02, 21.3 + random() * 0.02, { name })]);
    }
    const snapshot = builder.finish(1);
    for (const [z, x, y] of [
      [0, 0, 0],
      [6, 50, 28],
      [10, 811, 449],
    ] as const) {
      const gzip = await compressPoints(snapshot, null, { z, x, y });
      expect(gzip?.length).toBeLessThanOrEqual(100_000);
      const features = decodeGzip(gzip, 'sites');
      const sum = features.reduce((total, { properties }) => total + Number(properties['count'] ?? 1), 0);
      expect([z, sum]).toEqual([z, 20_000]);
    }
  });

  it('keeps no more memory than the compressed bytes, which is what the cache counts', async () => {
    const builder = new PointBuilder(layerOf('sites'));
    builder.add([site(1, 105.4, 21.3)]);
    const gzip = await compressPoints(builder.finish(1), null, { z: 0, x: 0, y: 0 });
    expect(gzip?.buffer.byteLength).toBe(gzip?.length);
  });

  it('merges no further than one point when nothing fits', async () => {
    const builder = new PointBuilder(layerOf('sites'));
    builder.add([site(1, 105.4, 21.3), site(2, 105.4, 21.3)]);
    const gzip = await compressPoints(
      builder.finish(1),
      null,
      { z: 14, x: worldX(105.4) >>> 18, y: worldY(21.3) >>> 18 },
      1,
    );
    expect(decodeGzip(gzip, 'sites').map(({ properties }) => properties)).toEqual([{ count: 2 }]);
  });
});

describe('compressShapes', () => {
  const random = createRandom();
  const jagged = (lon: number, lat: number, radius: number, corners: number): Position[] => {
    const points = Array.from({ length: corners }, (_, i): Position => {
      const angle = (i / corners) * 2 * Math.PI;
      const r = radius * (0.7 + 0.3 * random());
      return [lon + r * Math.cos(angle), lat + r * Math.sin(angle)];
    });
    return [...points, points[0] ?? [lon, lat]];
  };

  it.each([
    ['few polygons of many corners', 10, 20_000, 0.5],
    ['many polygons of few corners', 12_000, 8, 0.02],
  ])('keeps a tile of %s within 100 kB and not empty', async (_, polygons, corners, radius) => {
    const builder = new ShapeBuilder(layerOf('gaps'));
    for (let id = 1; id <= polygons; id++) {
      const coordinates = [jagged(105.4 + random() * 0.1, 21.3 + random() * 0.1, radius, corners)];
      builder.add([{ id, people: Math.floor(random() * 1e6), geometry: { type: 'Polygon', coordinates } }]);
    }
    const index = builder.finish(1);
    for (const [z, x, y] of [
      [0, 0, 0],
      [6, 50, 28],
      [8, 202, 112],
      [10, 811, 449],
    ] as const) {
      const gzip = await compressShapes('gaps', index.features(z, x, y));
      expect(gzip?.length ?? 0).toBeLessThanOrEqual(100_000);
      if (z > 0) expect(decodeGzip(gzip, 'gaps').length).toBeGreaterThan(0);
    }
  });

  it('gives no polygon more vertices than a map can number, however well they pack', async () => {
    const [z, x, y] = [10, 811, 449];
    const box = (west: number, south: number, size: number): Position[] => [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ];
    const holes = Array.from({ length: 22_500 }, (_, i) =>
      box(105.15 + (i % 150) * 0.002, 21.3 + Math.floor(i / 150) * 0.002, 0.001).toReversed(),
    );
    const builder = new ShapeBuilder(layerOf('gaps'));
    builder.add([{ id: 1, people: 1, geometry: { type: 'Polygon', coordinates: [box(105, 21, 0.7), ...holes] } }]);
    const features = builder.finish(1).features(z, x, y);
    expect(mostVertices(shownShapes(features, { tolerance: 0, maxFeatures: 1 })).polygon).toBeGreaterThan(65_535);
    const [shown] = decodeGzip(await compressShapes('gaps', features), 'gaps');
    const vertices = shown?.geometry.reduce((sum, ring) => sum + ring.length, 0) ?? 0;
    expect(vertices).toBeGreaterThan(3);
    expect(vertices).toBeLessThanOrEqual(65_535);
  });

  it('gives no outline more vertices than a map can draw as a line, with ten for each', async () => {
    const count = 20_000;
    const ring = Array.from({ length: count }, (_, i): Position => {
      const angle = (2 * Math.PI * i) / count;
      const radius = i % 2 === 0 ? 0.15 : 0.149;
      return [105.2 + radius * Math.cos(angle), 21.3 + radius * Math.sin(angle)];
    });
    const closed = [...ring, ring[0] as Position];
    const builder = new ShapeBuilder(layerOf('gaps'));
    builder.add([{ id: 1, people: 1, geometry: { type: 'Polygon', coordinates: [closed] } }]);
    const features = builder.finish(1).features(10, 811, 449);
    expect(mostVertices(shownShapes(features, { tolerance: 0, maxFeatures: 1 })).line).toBeGreaterThan(6_553);
    const [shown] = decodeGzip(await compressShapes('gaps', features), 'gaps');
    const longest = Math.max(...(shown?.geometry.map(({ length }) => length) ?? []));
    expect(longest).toBeGreaterThan(100);
    expect(longest).toBeLessThanOrEqual(6_553);
  });
});
