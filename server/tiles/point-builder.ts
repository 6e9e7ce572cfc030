import { toAttributeValue } from './attribute-value.ts';
import type { AttributeDefinition, LayerDefinition } from './layer.ts';
import { mortonHigh, mortonLow, worldX, worldY } from './mercator.ts';
import { mortonOrder } from './morton-sort.ts';
import { type AttributeColumn, type PointArrays, PointSnapshot } from './point-snapshot.ts';
import type { TileRow } from './tile-source.ts';
import { ValueDictionary } from './value-dictionary.ts';

const FIRST_CAPACITY = 1024;

interface GrowingColumn {
  attribute: AttributeDefinition;
  dictionary: ValueDictionary;
  codes: Uint32Array;
}

function doubled<T extends Float64Array | Uint32Array>(array: T): T {
  const Type = array.constructor as new (length: number) => T;
  const copy = new Type(array.length * 2);
  copy.set(array);
  return copy;
}

/** Collects rows in any order and makes a {@link PointSnapshot} of them. */
export class PointBuilder {
  readonly #layer: LayerDefinition;
  readonly #columns: GrowingColumn[];
  readonly #ownsDictionaries: boolean;
  #length = 0;
  #ids = new Float64Array(FIRST_CAPACITY);
  #xs = new Uint32Array(FIRST_CAPACITY);
  #ys = new Uint32Array(FIRST_CAPACITY);

  /** @param shareWith an earlier snapshot of the layer whose dictionaries are used on */
  constructor(layer: LayerDefinition, shareWith?: PointSnapshot) {
    this.#layer = layer;
    this.#ownsDictionaries = shareWith === undefined;
    this.#columns = layer.attributes.map((attribute, i) => ({
      attribute,
      dictionary: shareWith?.arrays.columns[i]?.dictionary ?? new ValueDictionary(),
      codes: new Uint32Array(FIRST_CAPACITY),
    }));
  }

  /** Adds rows; those without a position are left out. */
  add(rows: readonly TileRow[]): void {
    for (const row of rows) {
      const { lon, lat } = row;
      if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon + lat)) continue;
      if (this.#length === this.#ids.length) this.#grow();
      const i = this.#length++;
      this.#ids[i] = row.id;
      this.#xs[i] = worldX(lon);
      this.#ys[i] = worldY(lat);
      for (const { attribute, codes, dictionary } of this.#columns) {
        codes[i] = dictionary.codeOf(toAttributeValue(attribute.type, row[attribute.name]));
      }
    }
  }

  /** The snapshot of all rows added, under the revision they were read at. */
  finish(revision: number): PointSnapshot {
    const n = this.#length;
    const high = new Uint32Array(n);
    const low = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      high[i] = mortonHigh(this.#xs[i] ?? 0, this.#ys[i] ?? 0);
      low[i] = mortonLow(this.#xs[i] ?? 0, this.#ys[i] ?? 0);
    }
    const order = mortonOrder(high, low, this.#ids);
    const keys = new Float64Array(n);
    for (let i = 0; i < n; i++) keys[i] = (high[order[i] ?? 0] ?? 0) * 2 ** 26 + (low[order[i] ?? 0] ?? 0);
    return new PointSnapshot(this.#layer, revision, {
      keys,
      ids: permuted(this.#ids, order),
      xs: permuted(this.#xs, order),
      ys: permuted(this.#ys, order),
      columns: this.#columns.map((column) => this.#finishColumn(column, order)),
    });
  }

  #finishColumn({ attribute, dictionary, codes }: GrowingColumn, order: Uint32Array): AttributeColumn {
    const ordered = permuted(codes, order);
    return {
      attribute,
      codes: ordered,
      dictionary: this.#ownsDictionaries ? dictionary.reordered(ordered) : dictionary,
    };
  }

  #grow(): void {
    this.#ids = doubled(this.#ids);
    this.#xs = doubled(this.#xs);
    this.#ys = doubled(this.#ys);
    for (const column of this.#columns) column.codes = doubled(column.codes);
  }
}

function permuted<T extends Float64Array | Uint32Array>(array: T, order: Uint32Array): T {
  const Type = array.constructor as new (length: number) => T;
  const result = new Type(order.length);
  for (let i = 0; i < order.length; i++) result[i] = array[order[i] ?? 0] ?? 0;
  return result;
}

/** A run of rows to copy from the old snapshot or from the changed rows. */
interface Segment {
  changed: boolean;
  start: number;
  end: number;
}

/** The runs that make up the merged snapshot: old rows without the dropped ones, changed rows where they belong. */
function mergePlan(previous: PointSnapshot, dropped: readonly number[], changed: PointSnapshot): Segment[] {
  const segments: Segment[] = [];
  let next = 0;
  let drop = 0;
  const keepUpTo = (end: number): void => {
    for (; drop < dropped.length && (dropped[drop] ?? 0) < end; drop++) {
      segments.push({ changed: false, start: next, end: dropped[drop] ?? 0 });
      next = (dropped[drop] ?? 0) + 1;
    }
    if (end > next) segments.push({ changed: false, start: next, end });
    next = Math.max(next, end);
  };
  for (let i = 0; i < changed.length; i++) {
    keepUpTo(previous.lowerBound(changed.arrays.keys[i] ?? 0, changed.arrays.ids[i] ?? 0));
    segments.push({ changed: true, start: i, end: i + 1 });
  }
  keepUpTo(previous.length);
  return segments;
}

function merged<T extends Float64Array | Uint32Array>(plan: readonly Segment[], length: number, old: T, changed: T): T {
  const Type = old.constructor as new (length: number) => T;
  const result = new Type(length);
  let at = 0;
  for (const segment of plan) {
    result.set((segment.changed ? changed : old).subarray(segment.start, segment.end), at);
    at += segment.end - segment.start;
  }
  return result;
}

/**
 * The next snapshot after an edit: rows of `ids` are dropped and what `rows` still holds of them is merged in.
 * Copies whole runs, so its cost is that of copying memory.
 * @param ids every id that was added, changed or removed
 * @param rows the present rows among them
 */
export function applyChanges(
  previous: PointSnapshot,
  revision: number,
  ids: readonly number[],
  rows: readonly TileRow[],
): PointSnapshot {
  const builder = new PointBuilder(previous.layer, previous);
  builder.add(rows);
  const changed = builder.finish(revision);
  const touched = new Set([...ids, ...rows.map((row) => row.id)]);
  const dropped = [...touched].map((id) => previous.rowOf(id)).filter((row) => row >= 0);
  dropped.sort((a, b) => a - b);
  const plan = mergePlan(previous, dropped, changed);
  const length = previous.length - dropped.length + changed.length;
  const [old, now] = [previous.arrays, changed.arrays];
  const columns = old.columns.map((column, i): AttributeColumn => {
    const codes = merged(plan, length, column.codes, now.columns[i]?.codes ?? new Uint32Array(0));
    return { ...column, codes };
  });
  const arrays: PointArrays = {
    ids: merged(plan, length, old.ids, now.ids),
    keys: merged(plan, length, old.keys, now.keys),
    xs: merged(plan, length, old.xs, now.xs),
    ys: merged(plan, length, old.ys, now.ys),
    columns,
  };
  return new PointSnapshot(previous.layer, revision, arrays);
}
