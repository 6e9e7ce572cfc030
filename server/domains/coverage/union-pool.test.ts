import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../platform/seeded-random.ts';
import { assignSquares } from './rules/commune-squares.ts';
import { DEFAULT_PARAMETERS } from './rules/coverage-parameters.ts';
import type { CoverageCell } from './rules/coverage-types.ts';
import { frameAround } from './rules/grid.ts';
import { packCells } from './rules/packed-cells.ts';
import { projectorFor } from './rules/projection.ts';
import { sumTallies, tallyStrip } from './rules/union-strips.ts';
import { unionByCommune } from './union-pool.ts';

const projector = projectorFor(DEFAULT_PARAMETERS.grid_srid);
const SIDE_M = 12_000;
const ACROSS = 40;
const UP = 10;
/** Far west of the central meridian, where a row of the grid is no parallel: 480 km of it stray by some kilometres. */
const CORNER = { east_m: 60_000, north_m: 2_300_000 };

const shapes = Array.from({ length: ACROSS * UP }, (_, i) => {
  const west = CORNER.east_m + (i % ACROSS) * SIDE_M;
  const south = CORNER.north_m + Math.floor(i / ACROSS) * SIDE_M;
  const [east, north] = [west + SIDE_M, south + SIDE_M];
  return {
    code: String(10_000 + i),
    polygons: [[Float64Array.from([west, south, east, south, east, north, west, north])]],
  };
});
const frame = frameAround(
  shapes.flatMap(({ polygons }) => polygons),
  DEFAULT_PARAMETERS.grid_m,
);
const { commune } = assignSquares(shapes, frame);

const random = seededRandom(3);
/** Strong omnidirectional cells on tall masts: they reach to their cap. */
const cells = Array.from({ length: 300 }, (_, i): CoverageCell => {
  const [lon, lat] = projector.inverse(
    CORNER.east_m + random() * ACROSS * SIDE_M,
    CORNER.north_m + random() * UP * SIDE_M,
  );
  return {
    cell_id: i + 1,
    operator_id: 1 + (i % 3),
    technology: i % 2 === 0 ? '2G' : '4G',
    environment: 'open',
    lon,
    lat,
    position_trusted: true,
    accuracy_m: null,
    band_mhz: 900,
    azimuth_deg: null,
    antenna_height_m: 150,
    gain_dbi: null,
    power_w: null,
    eirp_dbm: 70,
    beamwidth_deg: null,
    tilt_deg: null,
  };
});

describe('the union of a large network over threads', () => {
  it('is that of the whole frame at once, also where rows of the grid are no parallels', async () => {
    const shared = { frame, commune, communes: shapes.length, parameters: DEFAULT_PARAMETERS };
    const strip = { ...shared, cells: packCells(cells), south: -90, north: 90, fromRow: 0, toRow: frame.rows };
    const byKey = (tallies: ReturnType<typeof tallyStrip>) =>
      new Map(
        tallies.map(({ scope, technology, operator_id, squares }) => [
          `${technology} ${scope} ${operator_id}`,
          squares,
        ]),
      );
    const whole = byKey(sumTallies([tallyStrip(strip)]));
    expect(frame.rows).toBeGreaterThan(600);
    expect(whole.get('2G any null')?.reduce((sum, squares) => sum + squares, 0)).toBeGreaterThan(1_000_000);
    expect(byKey(await unionByCommune({ ...shared, cells }))).toEqual(whole);
  });
});
