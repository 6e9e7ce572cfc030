import { GeoJSONVT, type GeoJSONVTFeature } from '@maplibre/geojson-vt';
import type { Feature, GeoJsonProperties, Geometry } from 'geojson';
import { toAttributeValue } from './attribute-value.ts';
import { type LayerDefinition, TILE_BUFFER, TILE_EXTENT } from './layer.ts';
import type { TileRow } from './tile-source.ts';

/**
 * Detail below this many tile units is left out below the layer's largest zoom. Well under the half unit that rounding
 * to the grid costs: at 0.5 the communes of 2025 differed by up to 3 % in area from their unsimplified shapes.
 */
const TOLERANCE = 0.1;
/**
 * Bytes per vertex: the source line (three doubles), its clipped copies, and simplified copies of the tiles drilled
 * through. Estimated from heap growth with the communes of 2025, rounded up.
 */
const BYTES_PER_VERTEX = 100;
/** A vertex of a tile that has been asked for is an array of two numbers in an array. */
const BYTES_PER_TILE_VERTEX = 100;
const BYTES_PER_FEATURE = 500;

/** A line or polygon of one tile, in tile units. */
export type ShapeFeature = Exclude<GeoJSONVTFeature, { type: 1 }> & { id: number };

function countVertices(coordinates: unknown): number {
  if (!Array.isArray(coordinates)) return 0;
  if (typeof coordinates[0] === 'number') return 1;
  let count = 0;
  for (const part of coordinates) count += countVertices(part);
  return count;
}

function toGeometry(geometry: TileRow['geometry']): Exclude<Geometry, { type: 'GeometryCollection' }> | null {
  if (geometry === null || geometry === undefined) return null;
  const parsed = typeof geometry === 'string' ? (JSON.parse(geometry) as Geometry) : geometry;
  return parsed.type === 'GeometryCollection' ? null : parsed;
}

function toProperties(layer: LayerDefinition, row: TileRow): GeoJsonProperties {
  const properties: Record<string, unknown> = {};
  for (const { name, type } of layer.attributes) {
    const value = toAttributeValue(type, row[name]);
    if (value !== null && !Number.isNaN(value)) properties[name] = value;
  }
  return properties;
}

/** Collects rows of lines or polygons and makes a {@link ShapeIndex} of them. */
export class ShapeBuilder {
  readonly #layer: LayerDefinition;
  readonly #features: Feature[] = [];
  #vertices = 0;

  constructor(layer: LayerDefinition) {
    this.#layer = layer;
  }

  /** Adds rows; those without geometry are left out. */
  add(rows: readonly TileRow[]): void {
    for (const row of rows) {
      const geometry = toGeometry(row.geometry);
      if (geometry === null) continue;
      this.#vertices += countVertices(geometry.coordinates);
      this.#features.push({ type: 'Feature', id: row.id, geometry, properties: toProperties(this.#layer, row) });
    }
  }

  /** The index of all rows added, features ordered by id, under the revision they were read at. */
  finish(revision: number): ShapeIndex {
    this.#features.sort((a, b) => Number(a.id) - Number(b.id));
    const slices = new GeoJSONVT(
      { type: 'FeatureCollection', features: this.#features },
      { maxZoom: this.#layer.maxZoom, indexMaxZoom: 0, tolerance: TOLERANCE, extent: TILE_EXTENT, buffer: TILE_BUFFER },
    );
    const bytes = this.#vertices * BYTES_PER_VERTEX + this.#features.length * BYTES_PER_FEATURE;
    return new ShapeIndex(this.#layer, revision, slices, bytes);
  }
}

/**
 * Lines or polygons of a layer at one dataset revision, sliced into tiles as they are asked for. Slices are kept, so
 * `byteLength` grows: whoever holds the index must look at it again after each tile and drop the index when it is
 * too large.
 */
export class ShapeIndex {
  readonly layer: LayerDefinition;
  readonly revision: number;
  readonly #slices: GeoJSONVT;
  #bytes: number;
  readonly #asked: Set<number>;

  constructor(layer: LayerDefinition, revision: number, slices: GeoJSONVT, bytes: number, asked = new Set<number>()) {
    this.layer = layer;
    this.revision = revision;
    this.#slices = slices;
    this.#bytes = bytes;
    this.#asked = asked;
  }

  /** Memory held, bytes, estimated. */
  get byteLength(): number {
    return this.#bytes;
  }

  /** Lines and polygons of a tile in whole tile units, ordered by id. They belong to the index: do not change them. */
  features(z: number, x: number, y: number): readonly ShapeFeature[] {
    const tile = this.#slices.getTile(z, x, y);
    if (tile === null) return [];
    const key = (2 ** z * y + x) * 32 + z;
    if (!this.#asked.has(key)) {
      this.#asked.add(key);
      this.#bytes += (tile.numSimplified ?? 0) * BYTES_PER_TILE_VERTEX + (tile.numFeatures ?? 0) * BYTES_PER_FEATURE;
    }
    const features: readonly GeoJSONVTFeature[] = tile.features;
    return features.filter((feature): feature is ShapeFeature => feature.type !== 1 && typeof feature.id === 'number');
  }

  /** The same shapes under a later revision, when nothing of them has changed. */
  atRevision(revision: number): ShapeIndex {
    return new ShapeIndex(this.layer, revision, this.#slices, this.#bytes, this.#asked);
  }
}
