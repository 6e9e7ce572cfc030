/**
 * A made-up province of the size of Phú Thọ for tests and measurements: no real place, the same every time for the
 * same seed. About 3,500 km², 280 communes with crooked common borders, sites denser towards one corner.
 */

import { seededRandom } from '../../../../platform/seeded-random.ts';
import { DEFAULT_PARAMETERS, type Technology } from '../coverage-parameters.ts';
import type { CoverageCell, CoverageCommune, CoverageInput } from '../coverage-types.ts';
import type { Environment } from '../path-loss.ts';

const WEST = 104.9;
const SOUTH = 21.0;
const WIDTH_DEG = 0.57;
const HEIGHT_DEG = 0.54;

/** `columns` × `rows` four-sided communes that share their crooked borders. */
export function syntheticCommunes(columns: number, rows: number, random: () => number): CoverageCommune[] {
  const corner = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (_, col) => [
      WEST + (WIDTH_DEG * (col + (random() - 0.5) * 0.5)) / columns,
      SOUTH + (HEIGHT_DEG * (row + (random() - 0.5) * 0.5)) / rows,
    ]),
  );
  const at = (row: number, col: number): number[] => corner[row]?.[col] ?? [];
  return Array.from({ length: columns * rows }, (_, index) => {
    const [row, col] = [Math.floor(index / columns), index % columns];
    const ring = [at(row, col), at(row, col + 1), at(row + 1, col + 1), at(row + 1, col), at(row, col)];
    const middle = (axis: number): number => ring.slice(0, 4).reduce((sum, point) => sum + (point[axis] ?? 0), 0) / 4;
    return {
      commune_id: index + 1,
      code: String(10_000 + index),
      population: 2000 + Math.floor(random() * 8000),
      centre: [middle(0), middle(1)],
      polygons: [[ring]],
    };
  });
}

export interface SyntheticNetwork {
  sites: number;
  /** Stations in all; each belongs to one operator on a site. */
  stations: number;
  operators: number;
  technologies: readonly Technology[];
  /** Cells wanted in all, three sectors per station and technology while they last. */
  cells: number;
}

const BANDS: Record<Technology, readonly number[]> = {
  '2G': [900, 1800],
  '3G': [2100, 900],
  '4G': [1800, 2100, 2600],
  '5G': [3500, 700],
};
const ENVIRONMENTS: readonly Environment[] = ['rural', 'rural', 'suburban', 'urban', 'open'];

function syntheticCells(network: SyntheticNetwork, random: () => number): CoverageCell[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const sites = Array.from({ length: network.sites }, () => ({
    lon: WEST + WIDTH_DEG * random() ** 1.5,
    lat: SOUTH + HEIGHT_DEG * random() ** 1.5,
    environment: pick(ENVIRONMENTS),
    antenna_height_m: 24 + Math.floor(random() * 40),
  }));
  const cells: CoverageCell[] = [];
  for (let round = 0; cells.length < network.cells; round++) {
    for (let station = 0; station < network.stations && cells.length < network.cells; station++) {
      const site = sites[station % sites.length];
      const technology = network.technologies[round % network.technologies.length];
      if (!site || !technology) continue;
      const turn = Math.floor(random() * 120);
      for (const azimuth of [0, 120, 240].slice(0, network.cells - cells.length)) {
        cells.push({
          ...site,
          cell_id: cells.length + 1,
          operator_id: 1 + (station % network.operators),
          technology,
          band_mhz: pick(BANDS[technology]),
          azimuth_deg: turn + azimuth,
          gain_dbi: null,
          power_w: null,
          eirp_dbm: null,
          beamwidth_deg: 65,
          tilt_deg: 2 + Math.floor(random() * 5),
          position_trusted: true,
          accuracy_m: null,
        });
      }
    }
  }
  return cells;
}

/** A whole input for `computeCoverage` with default parameters. */
export function syntheticInput(network: SyntheticNetwork, seed = 1): CoverageInput {
  const random = seededRandom(seed);
  const communes = syntheticCommunes(20, 14, random);
  const cells = syntheticCells(network, random);
  return {
    communes,
    cells,
    operators: Array.from({ length: network.operators }, (_, i) => ({ operator_id: i + 1, on_air: true })),
    parameters: DEFAULT_PARAMETERS,
  };
}

/** Like today: 2,000 stations, five operators, four technologies, 15,000 cells. */
export const NETWORK_TODAY: SyntheticNetwork = {
  sites: 1_100,
  stations: 2_000,
  operators: 5,
  technologies: ['2G', '3G', '4G', '5G'],
  cells: 15_000,
};
