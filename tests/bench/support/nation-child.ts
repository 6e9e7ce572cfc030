/** A made-up nation united without terrain, in a process of its own so that its memory can be told. */
import { assignSquares } from '../../../server/domains/coverage/rules/commune-squares.ts';
import { DEFAULT_PARAMETERS, type Technology } from '../../../server/domains/coverage/rules/coverage-parameters.ts';
import type { CoverageCell } from '../../../server/domains/coverage/rules/coverage-types.ts';
import { frameAround } from '../../../server/domains/coverage/rules/grid.ts';
import { projectorFor } from '../../../server/domains/coverage/rules/projection.ts';
import { unionByCommune } from '../../../server/domains/coverage/union-pool.ts';
import { seededRandom } from '../../../server/platform/seeded-random.ts';
import { residentMegabytes } from './child.ts';

const MASTS = 120_000;
const CELLS = 500_000;
/** 110 × 100 communes of 5.5 km: 332,750 km², the land of Viet Nam. */
const ACROSS = 110;
const UP = 100;
const SIDE_M = 5_500;
const CORNER = { east_m: 230_000, north_m: 2_000_000 };

const projector = projectorFor(DEFAULT_PARAMETERS.grid_srid);
const random = seededRandom(7);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const shapes = Array.from({ length: ACROSS * UP }, (_, i) => {
  const west = CORNER.east_m + (i % ACROSS) * SIDE_M;
  const south = CORNER.north_m + Math.floor(i / ACROSS) * SIDE_M;
  const [east, north] = [west + SIDE_M, south + SIDE_M];
  return {
    code: String(10_000 + i),
    polygons: [[Float64Array.from([west, south, east, south, east, north, west, north])]],
  };
});

const BANDS: Record<Technology, readonly number[]> = {
  '2G': [900, 1800],
  '3G': [2100, 900],
  '4G': [1800, 2100, 2600],
  '5G': [3500, 700],
};

function nationCells(): CoverageCell[] {
  const masts = Array.from({ length: MASTS }, () => {
    const east = CORNER.east_m + random() ** 1.3 * ACROSS * SIDE_M;
    const [lon, lat] = projector.inverse(east, CORNER.north_m + random() * UP * SIDE_M);
    return { lon, lat, environment: pick(['rural', 'rural', 'suburban', 'urban'] as const) };
  });
  return Array.from({ length: CELLS }, (_, i): CoverageCell => {
    // Three sectors in a row share mast, operator and technology.
    const station = Math.floor(i / 3);
    const technology = (['2G', '3G', '4G', '5G'] as const)[station % 4] as Technology;
    const bands = BANDS[technology];
    return {
      ...(masts[station % MASTS] as (typeof masts)[number]),
      cell_id: i + 1,
      operator_id: 1 + (Math.floor(station / 4) % 5),
      technology,
      band_mhz: bands[Math.floor(station / 20) % bands.length] ?? null,
      azimuth_deg: (station * 37 + (i % 3) * 120) % 360,
      antenna_height_m: 24 + (station % 30),
      gain_dbi: null,
      power_w: null,
      eirp_dbm: null,
      beamwidth_deg: 65,
      tilt_deg: station % 7,
      position_trusted: true,
      accuracy_m: null,
    };
  });
}

const cells = nationCells();
const before = process.cpuUsage();
const started = performance.now();
const frame = frameAround(
  shapes.flatMap(({ polygons }) => polygons),
  DEFAULT_PARAMETERS.grid_m,
);
const { commune } = assignSquares(shapes, frame);
const tallies = await unionByCommune({
  frame,
  cells,
  commune,
  communes: shapes.length,
  parameters: DEFAULT_PARAMETERS,
});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const covered = tallies.find(({ scope, technology }) => scope === 'any' && technology === '4G')?.squares ?? [];
const covered_km2 = Array.from(covered).reduce((sum, squares) => sum + squares / 100, 0);
const megabytes = residentMegabytes(process).peak;
console.log(`nation ${JSON.stringify({ seconds, processor: (user + system) / 1e6, megabytes, covered_km2 })}`);
