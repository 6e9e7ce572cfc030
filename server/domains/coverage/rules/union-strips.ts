/**
 * Coverage of a network too large for levels, without terrain: the union of its sectors by overlap counts, strip of rows
 * by strip of rows, so that memory holds one operator × technology of one strip at a time.
 */
import { UNASSIGNED } from './commune-squares.ts';
import { type CoverageParameters, TECHNOLOGIES } from './coverage-parameters.ts';
import type { CoverageKey } from './coverage-types.ts';
import type { GridFrame } from './grid.ts';
import { isPosition, placer } from './levels/radio-cells.ts';
import { linkBudget } from './link-budget.ts';
import {
  type PackedCells,
  packedCount,
  packedLatitude,
  packedOperator,
  packedTechnology,
  unpackCell,
} from './packed-cells.ts';
import { projectorFor } from './projection.ts';
import { DIRECTIONS, type SectorMaker, sectorMaker } from './sector-pattern.ts';
import { addSector, createUnionGrid, type UnionGrid } from './union-grid.ts';

export interface UnionStrip {
  frame: GridFrame;
  fromRow: number;
  toRow: number;
  /** All cells. */
  cells: PackedCells;
  /** Latitudes between which a cell may reach the strip. */
  south: number;
  north: number;
  /** Per square of the whole frame: index of its commune, or UNASSIGNED. */
  commune: Uint16Array;
  communes: number;
  parameters: CoverageParameters;
}

/** Covered squares by commune of one operator × technology, of any operator, or of at least two. */
export interface UnionTally extends CoverageKey {
  squares: Uint32Array;
}

/** Numbers of the cells that may reach the strip, by technology and operator. */
function cellsInReach({ cells, south, north }: UnionStrip): Map<string, Map<number, number[]>> {
  const byTechnology = new Map<string, Map<number, number[]>>();
  for (let i = 0; i < packedCount(cells); i++) {
    const latitude = packedLatitude(cells, i);
    if (!(latitude >= south && latitude <= north)) continue;
    const [technology, operator_id] = [packedTechnology(cells, i), packedOperator(cells, i)];
    const byOperator = byTechnology.get(technology) ?? new Map<number, number[]>();
    byTechnology.set(technology, byOperator);
    const own = byOperator.get(operator_id) ?? [];
    byOperator.set(operator_id, own);
    own.push(i);
  }
  return byTechnology;
}

/** Adds the covered squares of a grid to a tally by commune, and one to the count of every covered square. */
function tallyGrid({ frame, steps }: UnionGrid, commune: Uint16Array, squares: Uint32Array, counts: Uint8Array): void {
  const { cols, rows } = frame;
  for (let row = 0; row < rows; row++) {
    let over = 0;
    for (let col = 0, at = row * cols, step = row * (cols + 1); col < cols; col++, at++, step++) {
      over += steps[step] as number;
      if (over === 0) continue;
      const index = commune[at] as number;
      if (index === UNASSIGNED) continue;
      squares[index] = (squares[index] as number) + 1;
      counts[at] = (counts[at] as number) + 1;
    }
  }
}

function tallyCounts(counts: Uint8Array, commune: Uint16Array, any: Uint32Array, two: Uint32Array): void {
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number;
    if (count === 0) continue;
    const index = commune[at] as number;
    any[index] = (any[index] as number) + 1;
    if (count > 1) two[index] = (two[index] as number) + 1;
  }
}

/** Adds the sectors of cells to a grid, one after the other; those that are impossible or untrusted cover nothing. */
function sectorAdder(
  grid: UnionGrid,
  { cells, parameters }: UnionStrip,
  maker: SectorMaker,
): (numbers: readonly number[]) => void {
  const placeOf = placer(projectorFor(parameters.grid_srid));
  const ranges = new Float64Array(DIRECTIONS);
  const south_m = grid.frame.origin_n_m;
  const north_m = south_m + grid.frame.rows * grid.frame.grid_m;
  return (numbers) => {
    for (const i of numbers) {
      const cell = unpackCell(cells, i);
      const result = linkBudget(cell, parameters);
      if (!result.ok || !cell.position_trusted || !isPosition(cell.lon, cell.lat)) continue;
      const place = placeOf(cell.lon, cell.lat);
      const { range_max_m } = maker.mainReach(result.budget);
      if (place.north_m + range_max_m < south_m || place.north_m - range_max_m > north_m) continue;
      maker.fill(result.budget, ranges);
      addSector(grid, place, ranges);
    }
  };
}

/**
 * Covered squares by commune on the rows of one strip. Sums over the strips are those of the whole frame.
 * @param maker of the same parameters: reaches found for one strip serve the next
 */
export function tallyStrip(strip: UnionStrip, maker: SectorMaker = sectorMaker(strip.parameters)): UnionTally[] {
  const { frame, fromRow, toRow, communes } = strip;
  const rows = toRow - fromRow;
  const part = { ...frame, rows, origin_n_m: frame.origin_n_m + fromRow * frame.grid_m };
  const commune = strip.commune.subarray(fromRow * frame.cols, toRow * frame.cols);
  const byTechnology = cellsInReach(strip);
  const grid = createUnionGrid(part);
  const addCells = sectorAdder(grid, strip, maker);
  const counts = new Uint8Array(rows * frame.cols);
  const tallies: UnionTally[] = [];
  for (const technology of TECHNOLOGIES) {
    counts.fill(0);
    for (const [operator_id, numbers] of byTechnology.get(technology) ?? []) {
      grid.steps.fill(0);
      addCells(numbers);
      const squares = new Uint32Array(communes);
      tallyGrid(grid, commune, squares, counts);
      tallies.push({ scope: 'operator', operator_id, technology, squares });
    }
    const [any, two] = [new Uint32Array(communes), new Uint32Array(communes)];
    tallyCounts(counts, commune, any, two);
    tallies.push({ scope: 'any', operator_id: null, technology, squares: any });
    tallies.push({ scope: 'at_least_two', operator_id: null, technology, squares: two });
  }
  return tallies;
}

/** Tallies of strips put together, by scope, operator and technology. */
export function sumTallies(strips: Iterable<readonly UnionTally[]>): UnionTally[] {
  const sums = new Map<string, UnionTally>();
  for (const tally of [...strips].flat()) {
    const key = `${tally.technology}|${tally.scope}|${tally.operator_id}`;
    const sum = sums.get(key);
    if (sum) sum.squares = sum.squares.map((squares, i) => squares + (tally.squares[i] ?? 0));
    else sums.set(key, { ...tally });
  }
  return [...sums.values()];
}
