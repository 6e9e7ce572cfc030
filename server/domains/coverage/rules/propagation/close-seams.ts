/**
 * Rasters of pixels (unlike tiles of posts) share no posts with their neighbours: between the last centres of one and
 * the first of the next lies a strip of one step without heights. It is closed by giving each raster the first column
 * and row of its eastern and southern neighbours on the same lattice.
 */
import { type LonLatRaster, NO_VALUE } from '../lon-lat-raster.ts';

/** Lattices this close are the same, in steps. */
const SAME = 0.01;

interface Neighbour {
  raster: LonLatRaster;
  /** Its first column and row on the lattice of the other. */
  column: number;
  row: number;
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) <= SAME;
const isSameStep = (a: number, b: number, count: number): boolean => Math.abs(a / b - 1) * count <= SAME;

/** The rasters on the lattice of the first one that touch it without sharing posts. */
function neighboursOf(raster: LonLatRaster, all: readonly LonLatRaster[]): Neighbour[] {
  const found: Neighbour[] = [];
  for (const other of all) {
    const column = (other.west - raster.west) / raster.step_lon;
    const row = (raster.north - other.north) / raster.step_lat;
    const fits =
      other !== raster &&
      isSameStep(other.step_lon, raster.step_lon, other.cols) &&
      isSameStep(other.step_lat, raster.step_lat, other.rows) &&
      isWhole(column) &&
      isWhole(row);
    if (fits) found.push({ raster: other, column: Math.round(column), row: Math.round(row) });
  }
  return found;
}

const covers = ({ raster, column, row }: Neighbour, c: number, r: number): boolean =>
  c >= column && r >= row && c < column + raster.cols && r < row + raster.rows;

/** A raster with one more column in the east and one more row in the south, from its neighbours where they have values. */
function extended(raster: LonLatRaster, neighbours: readonly Neighbour[]): LonLatRaster {
  const { cols, rows } = raster;
  const [wide, high] = [cols + 1, rows + 1];
  const whole = raster.values instanceof Int16Array;
  const values = whole ? new Int16Array(wide * high).fill(NO_VALUE) : new Float32Array(wide * high).fill(Number.NaN);
  for (let row = 0; row < rows; row++) values.set(raster.values.subarray(row * cols, (row + 1) * cols), row * wide);
  const borrow = (column: number, row: number): void => {
    for (const near of neighbours) {
      if (!covers(near, column, row)) continue;
      const value = near.raster.values[(row - near.row) * near.raster.cols + column - near.column] ?? Number.NaN;
      if (Number.isNaN(value) || value === NO_VALUE) continue;
      values[row * wide + column] = whole ? Math.round(value) : value;
      return;
    }
  };
  for (let row = 0; row < high; row++) borrow(cols, row);
  for (let column = 0; column < cols; column++) borrow(column, rows);
  return { ...raster, cols: wide, rows: high, values };
}

/** The rasters with the strips between neighbours closed; a raster without such neighbours is given back as it is. */
export function closeSeams(rasters: readonly LonLatRaster[]): LonLatRaster[] {
  return rasters.map((raster) => {
    const neighbours = neighboursOf(raster, rasters);
    const { cols, rows } = raster;
    const beside = neighbours.some(
      (near) =>
        (near.column === cols && near.row <= rows && near.row + near.raster.rows >= 0) ||
        (near.row === rows && near.column <= cols && near.column + near.raster.cols >= 0),
    );
    return beside ? extended(raster, neighbours) : raster;
  });
}
