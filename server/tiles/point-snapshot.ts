import type { AttributeDefinition, LayerDefinition } from './layer.ts';
import { tileKeyRange } from './mercator.ts';
import type { ValueDictionary } from './value-dictionary.ts';

/** One attribute of every row: numbers of values in a dictionary, 0 for null. */
export interface AttributeColumn {
  attribute: AttributeDefinition;
  dictionary: ValueDictionary;
  codes: Uint32Array;
}

/** The arrays of a snapshot, one entry per row, ordered by (Morton key, id). */
export interface PointArrays {
  ids: Float64Array;
  keys: Float64Array;
  /** World positions, see `mercator.ts`. */
  xs: Uint32Array;
  ys: Uint32Array;
  columns: readonly AttributeColumn[];
}

/** A free slot in {@link RowIndex}. */
const NONE = -1;
/** Ids this sparse are looked up in a Map instead of an array. */
const MAX_SPAN_PER_ROW = 16;

/** Finds rows by id: an array over the span of the ids, which a sequence keeps dense, or else a Map. */
function createRowIndex(ids: Float64Array): (id: number) => number {
  let min = Infinity;
  let max = -Infinity;
  for (const id of ids) {
    if (id < min) min = id;
    if (id > max) max = id;
  }
  if (max - min > ids.length * MAX_SPAN_PER_ROW) {
    const rows = new Map<number, number>();
    for (const [row, id] of ids.entries()) rows.set(id, row);
    return (id) => rows.get(id) ?? NONE;
  }
  const rows = new Int32Array(ids.length === 0 ? 0 : max - min + 1).fill(NONE);
  for (let row = 0; row < ids.length; row++) rows[(ids[row] ?? 0) - min] = row;
  return (id) => rows[id - min] ?? NONE;
}

/**
 * All points of a layer on one day at one dataset revision, in memory: typed arrays in Morton order, so that a tile
 * is a contiguous range of rows. Never changed once built; an edit makes a new one (`point-builder.ts`).
 */
export class PointSnapshot {
  readonly layer: LayerDefinition;
  readonly revision: number;
  readonly arrays: PointArrays;
  #rowOf: ((id: number) => number) | null = null;

  constructor(layer: LayerDefinition, revision: number, arrays: PointArrays) {
    this.layer = layer;
    this.revision = revision;
    this.arrays = arrays;
  }

  /** Number of rows. */
  get length(): number {
    return this.arrays.ids.length;
  }

  /** Memory held, bytes; the row index is counted whether it has been made or not. */
  get byteLength(): number {
    const perRow = 8 + 8 + 4 + 4 + 4;
    const columns = this.arrays.columns.reduce((sum, c) => sum + c.codes.byteLength + c.dictionary.byteLength, 0);
    return this.length * perRow + columns;
  }

  /** Row number of an id, or −1. */
  rowOf(id: number): number {
    this.#rowOf ??= createRowIndex(this.arrays.ids);
    return this.#rowOf(id);
  }

  /** Rows of a tile: `start` up to and without `end`. */
  tileRows(z: number, x: number, y: number): { start: number; end: number } {
    const { first, end } = tileKeyRange(z, x, y);
    return { start: this.lowerBound(first, -Infinity), end: this.lowerBound(end, -Infinity) };
  }

  /** First row that does not come before (key, id). */
  lowerBound(key: number, id: number): number {
    const { keys, ids } = this.arrays;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const k = keys[middle] ?? 0;
      if (k < key || (k === key && (ids[middle] ?? 0) < id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The same rows under a later revision, when nothing of them has changed. */
  atRevision(revision: number): PointSnapshot {
    const same = new PointSnapshot(this.layer, revision, this.arrays);
    same.#rowOf = this.#rowOf;
    return same;
  }
}
