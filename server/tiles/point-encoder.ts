import { PbfWriter } from 'pbf';
import { TILE_EXTENT } from './layer.ts';
import { toTileUnit } from './mercator.ts';
import { INDIVIDUAL, type PointPlan } from './point-plan.ts';
import type { AttributeColumn, PointArrays, PointSnapshot } from './point-snapshot.ts';
import type { RowSelection } from './selection.ts';
import type { ValueDictionary } from './value-dictionary.ts';

/*
 * Writes https://github.com/mapbox/vector-tile-spec/tree/master/2.1 straight from the arrays of a snapshot.
 * Field numbers: tile.layers 3; layer.name 1, features 2, keys 3, values 4, extent 5, version 15;
 * feature.id 1, tags 2, type 3, geometry 4.
 */
const LENGTH_DELIMITED = 2;
const FEATURES_TAG = (2 << 3) | LENGTH_DELIMITED;
const ID_TAG = 1 << 3;
const TAGS_TAG = (2 << 3) | LENGTH_DELIMITED;
const TYPE_TAG = 3 << 3;
const GEOMETRY_TAG = (4 << 3) | LENGTH_DELIMITED;
const MOVE_TO_ONE = (1 << 3) | 1;
const POINT = 1;
const FIRST_SCRATCH_BYTES = 1 << 18;

/** Attribute of merged points: how many points they stand for. A point by itself does not have it. */
export const COUNT_ATTRIBUTE = 'count';

const features = new PbfWriter(new Uint8Array(FIRST_SCRATCH_BYTES));
const values = new PbfWriter(new Uint8Array(FIRST_SCRATCH_BYTES));

/**
 * Per dictionary: place in the tile's value list + 1 of each value, 0 for not yet used.
 * Cleared after each tile by walking what was used.
 */
const placesByDictionary = new WeakMap<ValueDictionary, Uint32Array>();

/** The columns of a snapshot as the writer uses them, made once: making them anew costs more than writing a small tile. */
const columnsBySnapshot = new WeakMap<PointArrays, TileColumn[]>();

interface TileColumn extends AttributeColumn {
  /** Place in the tile's key list, −1 until used. */
  key: number;
  places: Uint32Array;
  used: number[];
}

/** Bytes a protobuf varint takes. */
function varintSize(value: number): number {
  let size = 1;
  for (let limit = 128; value >= limit; limit *= 128) size++;
  return size;
}

/** Writes a protobuf varint up to 2^53 and returns the position after it; the target has room. */
function putVarint(target: Uint8Array, at: number, value: number): number {
  let pos = at;
  let rest = value;
  for (; rest >= 0x80000000; rest = Math.floor(rest / 128)) target[pos++] = (rest % 128) | 0x80;
  for (; rest > 0x7f; rest >>>= 7) target[pos++] = (rest & 0x7f) | 0x80;
  target[pos++] = rest;
  return pos;
}

/**
 * The tile being written. Encoding never yields, so the scratch buffers above are free for the next one.
 * Features are the hot path: their sizes are added up beforehand and their bytes written straight into the buffer.
 */
class TileWriter {
  readonly #snapshot: PointSnapshot;
  readonly #columns: TileColumn[];
  readonly #keys: string[] = [];
  #valueCount = 0;
  #countKey = -1;
  readonly #countPlaces = new Map<number, number>();
  /** Key and value places of the feature being written, in turn. */
  readonly #tags: Uint32Array;

  constructor(snapshot: PointSnapshot) {
    this.#snapshot = snapshot;
    this.#columns = columnsOf(snapshot.arrays);
    this.#tags = new Uint32Array(2 * this.#columns.length + 2);
    features.pos = 0;
    values.pos = 0;
  }

  /** One point with its id and attributes. */
  addPoint(row: number, x: number, y: number): void {
    const tags = this.#tags;
    let tagCount = 0;
    for (const column of this.#columns) {
      const code = column.codes[row] ?? 0;
      if (code === 0) continue;
      if (column.key < 0) column.key = this.#keys.push(column.attribute.name) - 1;
      tags[tagCount++] = column.key;
      tags[tagCount++] = this.#placeOf(column, code);
    }
    this.#writeFeature(this.#snapshot.arrays.ids[row] ?? 0, tagCount, x, y);
  }

  /** Several points as one: no id, only `count`. */
  addMerged(count: number, x: number, y: number): void {
    if (this.#countKey < 0) this.#countKey = this.#keys.push(COUNT_ATTRIBUTE) - 1;
    this.#tags[0] = this.#countKey;
    this.#tags[1] = this.#placeOfCount(count);
    this.#writeFeature(null, 2, x, y);
  }

  /** The whole tile as protobuf. */
  finish(): Uint8Array {
    for (const { used, places } of this.#columns) {
      for (const code of used) places[code] = 0;
      used.length = 0;
    }
    const out = new PbfWriter(new Uint8Array(features.pos + values.pos + 1024));
    out.writeMessage(3, (_, pbf) => this.#writeLayer(pbf), null);
    return out.finish();
  }

  /** @param x tile units, not negative, so that their zigzag form is simply their double */
  #writeFeature(id: number | null, tagCount: number, x: number, y: number): void {
    let tagBytes = 0;
    for (let i = 0; i < tagCount; i++) tagBytes += varintSize(this.#tags[i] ?? 0);
    const geometryBytes = 1 + varintSize(2 * x) + varintSize(2 * y);
    const idBytes = id === null ? 0 : 1 + varintSize(id);
    const tagsFieldBytes = tagCount === 0 ? 0 : 1 + varintSize(tagBytes) + tagBytes;
    const bodyBytes = idBytes + tagsFieldBytes + 2 + 2 + geometryBytes;
    features.realloc(bodyBytes + 8);
    const { buf } = features;
    let at = features.pos;
    buf[at++] = FEATURES_TAG;
    at = putVarint(buf, at, bodyBytes);
    if (id !== null) {
      buf[at++] = ID_TAG;
      at = putVarint(buf, at, id);
    }
    if (tagCount > 0) {
      buf[at++] = TAGS_TAG;
      at = putVarint(buf, at, tagBytes);
      for (let i = 0; i < tagCount; i++) at = putVarint(buf, at, this.#tags[i] ?? 0);
    }
    buf[at++] = TYPE_TAG;
    buf[at++] = POINT;
    buf[at++] = GEOMETRY_TAG;
    buf[at++] = geometryBytes;
    buf[at++] = MOVE_TO_ONE;
    at = putVarint(buf, at, 2 * x);
    features.pos = putVarint(buf, at, 2 * y);
  }

  #placeOf(column: TileColumn, code: number): number {
    const known = column.places[code] ?? 0;
    if (known > 0) return known - 1;
    values.realloc(column.dictionary.lengthOf(code));
    values.pos = column.dictionary.copyTo(code, values.buf, values.pos);
    column.places[code] = ++this.#valueCount;
    column.used.push(code);
    return this.#valueCount - 1;
  }

  #placeOfCount(count: number): number {
    const known = this.#countPlaces.get(count);
    if (known !== undefined) return known;
    values.writeMessage(4, (value, pbf) => pbf.writeVarintField(5, value), count);
    this.#countPlaces.set(count, this.#valueCount);
    return this.#valueCount++;
  }

  #writeLayer(pbf: PbfWriter): void {
    pbf.writeVarintField(15, 2);
    pbf.writeStringField(1, this.#snapshot.layer.id);
    appendBytes(pbf, features);
    for (const key of this.#keys) pbf.writeStringField(3, key);
    appendBytes(pbf, values);
    pbf.writeVarintField(5, TILE_EXTENT);
  }
}

function columnsOf(arrays: PointArrays): TileColumn[] {
  let columns = columnsBySnapshot.get(arrays);
  if (columns === undefined) {
    columns = arrays.columns.map((column) => ({ ...column, key: -1, places: placesOf(column.dictionary), used: [] }));
    columnsBySnapshot.set(arrays, columns);
  }
  for (const column of columns) {
    column.key = -1;
    // Empty already, unless the tile before failed halfway.
    for (const code of column.used) column.places[code] = 0;
    column.used.length = 0;
  }
  return columns;
}

function placesOf(dictionary: ValueDictionary): Uint32Array {
  const known = placesByDictionary.get(dictionary);
  if (known !== undefined && known.length > dictionary.size) return known;
  const places = new Uint32Array(dictionary.size + 1 + (dictionary.size >>> 2));
  placesByDictionary.set(dictionary, places);
  return places;
}

function appendBytes(target: PbfWriter, source: PbfWriter): void {
  target.realloc(source.pos);
  target.buf.set(source.buf.subarray(0, source.pos), target.pos);
  target.pos += source.pos;
}

/** Points one by one, in the order of the snapshot. */
function addPoints(
  writer: TileWriter,
  snapshot: PointSnapshot,
  selection: RowSelection | null,
  z: number,
  plan: PointPlan,
): void {
  const { xs, ys } = snapshot.arrays;
  for (let row = plan.start; row < plan.end; row++) {
    if (selection !== null && !selection.has(row)) continue;
    writer.addPoint(row, toTileUnit(xs[row] ?? 0, z, TILE_EXTENT), toTileUnit(ys[row] ?? 0, z, TILE_EXTENT));
  }
}

/** Points of a cell as one at their mean position; a point alone in its cell stays itself. */
function addCells(
  writer: TileWriter,
  snapshot: PointSnapshot,
  selection: RowSelection | null,
  z: number,
  plan: PointPlan,
): void {
  const { xs, ys } = snapshot.arrays;
  const shift = 32 - plan.level;
  let [count, sumX, sumY, last] = [0, 0, 0, 0];
  let [cellX, cellY] = [-1, -1];
  const flush = (): void => {
    const x = toTileUnit(Math.floor(sumX / count), z, TILE_EXTENT);
    const y = toTileUnit(Math.floor(sumY / count), z, TILE_EXTENT);
    if (count === 1) writer.addPoint(last, x, y);
    else writer.addMerged(count, x, y);
  };
  for (let row = plan.start; row < plan.end; row++) {
    if (selection !== null && !selection.has(row)) continue;
    const x = xs[row] ?? 0;
    const y = ys[row] ?? 0;
    if (x >>> shift !== cellX || y >>> shift !== cellY) {
      if (count > 0) flush();
      cellX = x >>> shift;
      cellY = y >>> shift;
      count = sumX = sumY = 0;
    }
    count++;
    sumX += x;
    sumY += y;
    last = row;
  }
  if (count > 0) flush();
}

/**
 * A tile of points as uncompressed MVT. The same snapshot, selection and plan always give the same bytes.
 * @param plan from `planPoints`, not empty
 */
export function encodePoints(
  snapshot: PointSnapshot,
  selection: RowSelection | null,
  z: number,
  plan: PointPlan,
): Uint8Array {
  const writer = new TileWriter(snapshot);
  if (plan.level === INDIVIDUAL) addPoints(writer, snapshot, selection, z, plan);
  else addCells(writer, snapshot, selection, z, plan);
  return writer.finish();
}
