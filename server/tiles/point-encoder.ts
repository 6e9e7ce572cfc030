import { PbfWriter } from 'pbf';
import { TILE_EXTENT } from './layer.ts';
import { toTileUnit } from './mercator.ts';
import { INDIVIDUAL, type PointPlan } from './point-plan.ts';
import type { AttributeColumn, PointSnapshot } from './point-snapshot.ts';
import type { RowSelection } from './selection.ts';
import type { ValueDictionary } from './value-dictionary.ts';

/*
 * Writes https://github.com/mapbox/vector-tile-spec/tree/master/2.1 straight from the arrays of a snapshot.
 * Field numbers: tile.layers 3; layer.name 1, features 2, keys 3, values 4, extent 5, version 15;
 * feature.id 1, tags 2, type 3, geometry 4.
 */
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

interface TileColumn extends AttributeColumn {
  /** Place in the tile's key list, −1 until used. */
  key: number;
  places: Uint32Array;
  used: number[];
}

interface Position {
  x: number;
  y: number;
}

/** The tile being written. Encoding never yields, so the scratch buffers above are free for the next one. */
class TileWriter {
  readonly #snapshot: PointSnapshot;
  readonly #columns: TileColumn[];
  readonly #keys: string[] = [];
  #valueCount = 0;
  #countKey = -1;
  readonly #countPlaces = new Map<number, number>();
  readonly #position: Position = { x: 0, y: 0 };
  #row = 0;
  #count = 0;
  readonly #writeTagsField = (_: unknown, pbf: PbfWriter): void => this.#writeTags(pbf);
  readonly #writeGeometryField = (_: unknown, pbf: PbfWriter): void => this.#writeGeometry(pbf);
  readonly #writeFeatureField = (_: unknown, pbf: PbfWriter): void => this.#writeFeature(pbf);

  constructor(snapshot: PointSnapshot) {
    this.#snapshot = snapshot;
    this.#columns = snapshot.arrays.columns.map((column) => ({
      ...column,
      key: -1,
      places: placesOf(column.dictionary),
      used: [],
    }));
    features.pos = 0;
    values.pos = 0;
  }

  /** One point with its id and attributes. */
  addPoint(row: number, x: number, y: number): void {
    this.#row = row;
    this.#count = 1;
    this.#add(x, y);
  }

  /** Several points as one: no id, only `count`. */
  addMerged(count: number, x: number, y: number): void {
    this.#count = count;
    this.#add(x, y);
  }

  /** The whole tile as protobuf. */
  finish(): Uint8Array {
    for (const { used, places } of this.#columns) for (const code of used) places[code] = 0;
    const out = new PbfWriter(new Uint8Array(features.pos + values.pos + 1024));
    out.writeMessage(3, (_, pbf) => this.#writeLayer(pbf), null);
    return out.finish();
  }

  #add(x: number, y: number): void {
    this.#position.x = x;
    this.#position.y = y;
    features.writeMessage(2, this.#writeFeatureField, null);
  }

  #writeFeature(pbf: PbfWriter): void {
    if (this.#count === 1) pbf.writeVarintField(1, this.#snapshot.arrays.ids[this.#row] ?? 0);
    pbf.writeMessage(2, this.#writeTagsField, null);
    pbf.writeVarintField(3, POINT);
    pbf.writeMessage(4, this.#writeGeometryField, null);
  }

  #writeTags(pbf: PbfWriter): void {
    if (this.#count > 1) {
      if (this.#countKey < 0) this.#countKey = this.#keys.push(COUNT_ATTRIBUTE) - 1;
      pbf.writeVarint(this.#countKey);
      pbf.writeVarint(this.#placeOfCount());
      return;
    }
    for (const column of this.#columns) {
      const code = column.codes[this.#row] ?? 0;
      if (code === 0) continue;
      if (column.key < 0) column.key = this.#keys.push(column.attribute.name) - 1;
      pbf.writeVarint(column.key);
      pbf.writeVarint(this.#placeOf(column, code));
    }
  }

  #writeGeometry(pbf: PbfWriter): void {
    pbf.writeVarint(MOVE_TO_ONE);
    pbf.writeSVarint(this.#position.x);
    pbf.writeSVarint(this.#position.y);
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

  #placeOfCount(): number {
    const known = this.#countPlaces.get(this.#count);
    if (known !== undefined) return known;
    values.writeMessage(4, (count, pbf) => pbf.writeVarintField(5, count), this.#count);
    this.#countPlaces.set(this.#count, this.#valueCount);
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
