import type { Geometry } from 'geojson';
import type { LayerDefinition } from './layer.ts';

export type AttributeValue = string | number | boolean | null;

/** One row of `tile_rows_<layer>`: `id` and the attributes, with `lon`, `lat` (points) or `geometry` (lines, polygons). */
export interface TileRow {
  id: number;
  /** Degrees, WGS84; null when the position is not known, and the row is not drawn. */
  lon?: number | null;
  lat?: number | null;
  /** GeoJSON in lon, lat degrees, as an object or as text. */
  geometry?: Geometry | string | null;
  [attribute: string]: unknown;
}

/** What has happened to a layer since a revision. */
export interface LayerChanges {
  /** The committed revision at the moment of the answer. */
  revision: number;
  /** Ids of rows added, changed or removed since; null when the layer must be loaded again as a whole. */
  ids: readonly number[] | null;
}

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** Ids in any order, all ids but these, or null for every row of the day. */
export type SelectedIds = Iterable<number> | { except: Iterable<number> } | null;

/** `sinceRevision` of a layer of which nothing is loaded yet; the answer's `ids` are not looked at. */
export const NOTHING_LOADED = -1;

/**
 * Where tiles get their rows from: the database, behind an interface.
 *
 * A read may see the dataset as of any revision at or after the last one that `revision` or `changes` has told;
 * seeing an older one would make tiles stale. Nothing here is called for a cached tile or a 304 except `revision`.
 * A database that is away is an `HttpError` 503; other errors are answered with 500.
 */
export interface TileSource {
  /** The newest dataset revision this process knows of. It must be raised before an edit is acknowledged. */
  revision(): number;
  /** What changed in the layer since a revision, whatever the day. */
  changes(layer: LayerDefinition, sinceRevision: number): Promise<LayerChanges>;
  /**
   * Rows of the layer valid on a day, in batches of any size and in any order.
   * @param day `YYYY-MM-DD`, the filter's `at`
   * @param ids only these (those that do not exist or are not valid that day are left out), or null for all
   */
  rows(layer: LayerDefinition, day: string, ids: readonly number[] | null): AsyncIterable<readonly TileRow[]>;
  /** What the filter selects of its day. Layers loaded per filter are answered with ids. */
  select(layer: LayerDefinition, filter: unknown): Promise<SelectedIds>;
  /** Box of the layer's geometry, for TileJSON; null when it is empty. */
  bounds(layer: LayerDefinition): Promise<Bounds | null>;
}

/** A parsed filter of a tile request. */
export interface TileFilter {
  /** Canonical text of the whole filter: the same for every spelling of the same filter, `at` always resolved. */
  key: string;
  /** The resolved `at`, `YYYY-MM-DD`. */
  day: string;
  /** Handed to {@link TileSource.select} untouched. */
  filter: unknown;
}

/**
 * Parses query parameters; throws `HttpError` 400 with `errors` for a bad value.
 * Parameters the layer does not take have been refused before.
 */
export type ParseTileFilter = (params: URLSearchParams, layer: LayerDefinition) => TileFilter;
