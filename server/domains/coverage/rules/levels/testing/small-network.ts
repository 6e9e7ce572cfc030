/** Small made-up networks and ground for tests of the level engine. */
import { createHash } from 'node:crypto';
import { seededRandom } from '../../../../../platform/seeded-random.ts';
import { type CoverageParameters, DEFAULT_PARAMETERS } from '../../coverage-parameters.ts';
import type { CoverageCell } from '../../coverage-types.ts';
import type { GridFrame } from '../../grid.ts';
import { projectorFor } from '../../projection.ts';
import type { LevelGrids, LevelInput } from '../level-types.ts';
import { type RadioCell, settleCells } from '../radio-cells.ts';
import type { TerrainRaster } from '../terrain-raster.ts';

const projector = projectorFor(9208);
/** South-west corner of the frames, m. */
export const CORNER = { east_m: 560_000, north_m: 2_350_000 };

export const smallFrame = (cols: number, rows: number, grid_m = 100): GridFrame => ({
  origin_e_m: CORNER.east_m,
  origin_n_m: CORNER.north_m,
  cols,
  rows,
  grid_m,
});

/** A cell standing `x`, `y` metres from the corner; everything reported unless changed. */
export function cellAt(cell_id: number, x: number, y: number, change: Partial<CoverageCell> = {}): CoverageCell {
  const [lon, lat] = projector.inverse(CORNER.east_m + x, CORNER.north_m + y);
  return {
    cell_id,
    operator_id: 1,
    technology: '2G',
    lon,
    lat,
    environment: 'rural',
    band_mhz: 900,
    azimuth_deg: null,
    antenna_height_m: 40,
    gain_dbi: 15,
    power_w: null,
    eirp_dbm: 50,
    beamwidth_deg: 65,
    tilt_deg: 0,
    position_trusted: true,
    accuracy_m: null,
    ...change,
  };
}

export const settle = (
  cells: readonly CoverageCell[],
  parameters: CoverageParameters = DEFAULT_PARAMETERS,
): RadioCell[] => settleCells(cells, parameters, projector).cells;

/** A raster over a frame and 500 m around it whose heights are given by metres from the corner. */
export function terrainBy(frame: GridFrame, height: (x: number, y: number) => number, step_m = 50): TerrainRaster {
  const margin = 500;
  const cols = Math.ceil((frame.cols * frame.grid_m + 2 * margin) / step_m) + 1;
  const rows = Math.ceil((frame.rows * frame.grid_m + 2 * margin) / step_m) + 1;
  const heights_m = new Float32Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      heights_m[row * cols + col] = height(col * step_m - margin, row * step_m - margin);
    }
  }
  const origin = { origin_e_m: frame.origin_e_m - margin, origin_n_m: frame.origin_n_m - margin };
  return { srid: 9208, ...origin, step_m, cols, rows, heights_m };
}

/** Hills up to some 300 m high, a few kilometres wide, with rough ground on them. */
export const hills =
  (seed: number) =>
  (x: number, y: number): number =>
    150 +
    90 * Math.sin(x / 900 + seed) * Math.cos(y / 1_300 - seed) +
    50 * Math.sin((x + y) / 350 + 2 * seed) +
    10 * Math.sin(x / 70 + seed) * Math.sin(y / 90);

/** Hills without heights in a corner and in scattered posts. */
export const hillsWithHoles =
  (seed: number) =>
  (x: number, y: number): number =>
    x + y < 1_500 || (Math.floor(x / 50) * 7 + Math.floor(y / 50) * 13) % 211 === 0 ? Number.NaN : hills(seed)(x, y);

export const everywhere = (frame: GridFrame): Uint8Array => new Uint8Array(frame.cols * frame.rows).fill(1);

export const levelInput = (
  frame: GridFrame,
  cells: readonly CoverageCell[],
  terrain: TerrainRaster | null,
  parameters: CoverageParameters = DEFAULT_PARAMETERS,
): LevelInput => ({ frame, wanted: everywhere(frame), cells: settle(cells, parameters), terrain, parameters });

/** A cell of any kind at any place around a frame, some of its values missing; some share a site. */
export function randomCell(cell_id: number, frame: GridFrame, random: () => number): CoverageCell {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const wide = 1.4 * frame.cols * frame.grid_m;
  const shared = random() < 0.4;
  const [x, y] = shared
    ? pick([
        [1_050, 1_950],
        [2_600, 900],
      ] as const)
    : [(random() - 0.15) * wide, (random() - 0.15) * wide];
  const technology = pick(['2G', '3G', '4G', '5G'] as const);
  const bands = { '2G': [900, 1800], '3G': [2100, 900], '4G': [1800, 2600], '5G': [3500, 700] } as const;
  return cellAt(cell_id, x, y, {
    operator_id: pick([1, 2]),
    technology,
    environment: pick(['urban', 'suburban', 'rural', 'open', null] as const),
    band_mhz: pick(bands[technology]),
    azimuth_deg: pick([null, 0, 90, 215]),
    antenna_height_m: pick([18, 30, 45, null]),
    eirp_dbm: pick([null, 20, 35, 50]),
    tilt_deg: pick([0, 3, 8, null]),
    beamwidth_deg: pick([65, 33, null]),
  });
}

export const randomCells = (count: number, frame: GridFrame, seed: number): CoverageCell[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => randomCell(i + 1, frame, random));
};

const digest = (array: Uint8Array | Uint16Array): string =>
  createHash('sha256')
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex');

/** Everything of grids, with digests for the arrays: comparing some hundred thousand numbers one by one takes long. */
export const digests = ({ frame, layers, spreads }: LevelGrids) => ({
  frame,
  layers: layers.map((layer) => ({ ...layer, levels: digest(layer.levels), servers: digest(layer.servers) })),
  spreads: spreads.map((spread) => ({
    ...spread,
    low: digest(spread.low),
    low_servers: digest(spread.low_servers),
    high: digest(spread.high),
    high_servers: digest(spread.high_servers),
  })),
});
