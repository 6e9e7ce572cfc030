import { bbox, area as geodesicArea, multiPolygon } from '@turf/turf';
import { expect, it } from 'vitest';
import { Geometry } from 'wkx';
import { DEFAULT_PARAMETERS } from './coverage-parameters.ts';
import type { CoverageCommune } from './coverage-types.ts';
import { layGround } from './lay-run.ts';
import type { TerrainRaster } from './levels/terrain-raster.ts';
import { knownTerrain } from './no-terrain.ts';
import { projectorFor } from './projection.ts';

const projector = projectorFor(DEFAULT_PARAMETERS.grid_srid);
const commune = (commune_id: number, w: number, e: number): CoverageCommune => {
  const [s, n] = [21.3, 21.35];
  const ring = [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ];
  return { commune_id, code: `c${commune_id}`, population: 100, centre: null, polygons: [[ring]] };
};
/** Two communes of about 5.2 × 5.5 km, side by side: 105.2 to 105.25 and on to 105.3. */
const ground = layGround([commune(1, 105.2, 105.25), commune(2, 105.25, 105.3)], DEFAULT_PARAMETERS, projector);

/** Heights of 10 m around both where a test of east and north says so. */
function terrain(isKnown: (east_m: number, north_m: number) => boolean): TerrainRaster {
  const { frame } = ground.squares;
  const [origin_e_m, origin_n_m, step_m] = [frame.origin_e_m - 500, frame.origin_n_m - 500, 50];
  const [cols, rows] = [frame.cols * 2 + 20, frame.rows * 2 + 20];
  const heights_m = Float32Array.from({ length: cols * rows }, (_, i) => {
    const [east_m, north_m] = [origin_e_m + (i % cols) * step_m, origin_n_m + Math.floor(i / cols) * step_m];
    return isKnown(east_m, north_m) ? 10 : Number.NaN;
  });
  return { srid: DEFAULT_PARAMETERS.grid_srid, origin_e_m, origin_n_m, step_m, cols, rows, heights_m };
}

const shapeOf = (wkb: string) =>
  multiPolygon((Geometry.parse(Buffer.from(wkb, 'hex')).toGeoJSON() as { coordinates: number[][][][] }).coordinates);

it('draws the ground without heights where it is, and tells its area and the share of each commune', () => {
  const [border_m] = projector.forward(105.275, 21.325);
  const { pct_terrain, no_terrain } = knownTerrain(
    ground,
    terrain((east_m) => east_m < border_m),
  );
  expect(pct_terrain[0]).toBe(100);
  expect(pct_terrain[1]).toBeGreaterThan(47);
  expect(pct_terrain[1]).toBeLessThan(53);
  const shape = shapeOf(no_terrain?.wkb ?? '');
  const drawn_km2 = geodesicArea(shape) / 1e6;
  expect(Math.abs(drawn_km2 / (no_terrain?.area_km2 ?? 0) - 1)).toBeLessThan(0.02);
  const corners = [105.275, 21.3, 105.3, 21.35];
  bbox(shape).forEach((side, i) => expect(Math.abs(side - (corners[i] as number))).toBeLessThan(0.0015));
});

it('draws a hole in the heights by itself, and leaves known ground inside ground without them out', () => {
  const [east, north] = projector.forward(105.25, 21.325);
  const isNear = (metres: number) => (e: number, n: number) => Math.hypot(e - east, n - north) < metres;
  const hole = knownTerrain(
    ground,
    terrain((e, n) => !isNear(800)(e, n)),
  ).no_terrain;
  const island = knownTerrain(ground, terrain(isNear(800))).no_terrain;
  for (const [area, rings] of [
    [hole, 1],
    [island, 2],
  ] as const) {
    expect(shapeOf(area?.wkb ?? '').geometry.coordinates.map((polygon) => polygon.length)).toEqual([rings]);
  }
  // A height drawn between posts needs all four: the hole is up to a post larger, the island smaller.
  expect(hole?.area_km2).toBeGreaterThan(Math.PI * 0.8 ** 2 * 0.95);
  expect(hole?.area_km2).toBeLessThan(Math.PI * 0.9 ** 2);
});

it('draws nothing where every height is known, and everything where none is', () => {
  expect(
    knownTerrain(
      ground,
      terrain(() => true),
    ),
  ).toEqual({
    pct_terrain: Float64Array.of(100, 100),
    no_terrain: null,
  });
  const none = knownTerrain(
    ground,
    terrain(() => false),
  );
  expect([...none.pct_terrain]).toEqual([0, 0]);
  const squares = ground.squares.squares.reduce((sum, count) => sum + count, 0);
  expect(none.no_terrain?.area_km2).toBeCloseTo(squares * 0.01, 6);
});
