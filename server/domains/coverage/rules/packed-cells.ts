/** Cells as columns of numbers in shared memory: half a million objects take seconds to hand to a thread. */
import { TECHNOLOGIES, type Technology } from './coverage-parameters.ts';
import type { CoverageCell } from './coverage-types.ts';
import type { Environment } from './path-loss.ts';

const ENVIRONMENTS: readonly Environment[] = ['urban', 'suburban', 'rural', 'open'];
const NUMBERS = [
  'band_mhz',
  'azimuth_deg',
  'antenna_height_m',
  'gain_dbi',
  'power_w',
  'eirp_dbm',
  'beamwidth_deg',
  'tilt_deg',
] as const;
/** operator_id, lon, lat, technology, environment, position_trusted. */
const FIRST = 6;
const WIDTH = FIRST + NUMBERS.length;
/** Stands for null: no value of a cell is infinite, and one that is NaN must stay so to be refused. */
const NULL = Number.NEGATIVE_INFINITY;

/** WIDTH numbers a cell. */
export type PackedCells = Float64Array;

export type UnpackedCell = Omit<CoverageCell, 'cell_id' | 'accuracy_m'>;

/** Packs cells into shared memory; ids and the accuracy of positions are left out. */
export function packCells(cells: readonly CoverageCell[]): PackedCells {
  const packed = new Float64Array(new SharedArrayBuffer(8 * WIDTH * cells.length));
  cells.forEach((cell, i) => {
    const at = i * WIDTH;
    packed[at] = cell.operator_id;
    packed[at + 1] = cell.lon;
    packed[at + 2] = cell.lat;
    packed[at + 3] = TECHNOLOGIES.indexOf(cell.technology);
    packed[at + 4] = cell.environment === null ? NULL : ENVIRONMENTS.indexOf(cell.environment);
    packed[at + 5] = cell.position_trusted ? 1 : 0;
    NUMBERS.forEach((name, j) => {
      packed[at + FIRST + j] = cell[name] ?? NULL;
    });
  });
  return packed;
}

export const packedCount = (packed: PackedCells): number => packed.length / WIDTH;
export const packedLatitude = (packed: PackedCells, i: number): number => packed[i * WIDTH + 2] as number;

export const packedOperator = (packed: PackedCells, i: number): number => packed[i * WIDTH] as number;
export const packedTechnology = (packed: PackedCells, i: number): Technology =>
  TECHNOLOGIES[packed[i * WIDTH + 3] as number] ?? '2G';

export function unpackCell(packed: PackedCells, i: number): UnpackedCell {
  const at = i * WIDTH;
  const number = (j: number): number | null => {
    const value = packed[at + FIRST + j] as number;
    return value === NULL ? null : value;
  };
  return {
    operator_id: packedOperator(packed, i),
    lon: packed[at + 1] as number,
    lat: packed[at + 2] as number,
    technology: packedTechnology(packed, i),
    environment: ENVIRONMENTS[packed[at + 4] as number] ?? null,
    position_trusted: packed[at + 5] === 1,
    band_mhz: number(0),
    azimuth_deg: number(1),
    antenna_height_m: number(2),
    gain_dbi: number(3),
    power_w: number(4),
    eirp_dbm: number(5),
    beamwidth_deg: number(6),
    tilt_deg: number(7),
  };
}
