/** The words the registry of tile layers is written in. */
import type { Translated } from '../platform/language.ts';

export type GeometryKind = 'point' | 'line' | 'polygon';

/** How an attribute is written into a tile. Dates are `string` (`YYYY-MM-DD`), lists are comma-separated strings. */
export type AttributeType = 'string' | 'integer' | 'number' | 'boolean';

/** Parameters of the shared filter (`contract`) that can select a layer's rows. */
export type FilterParameter =
  | 'at'
  | 'district'
  | 'commune'
  | 'operator'
  | 'technology'
  | 'band'
  | 'status'
  | 'mast_class'
  | 'certificate'
  | 'bbox'
  | 'q';

/** One column of `tile_rows_<layer>` that becomes a tile attribute under the same name. */
export interface AttributeDefinition {
  name: string;
  type: AttributeType;
  description: Translated;
}

/** How points are merged at low zoom. */
export interface ClusterDefinition {
  /** Below this zoom points are always merged; from it on only where a tile would hold too many. */
  belowZoom: number;
  /** Cells per tile side as a power of two: 4 is 16 × 16 cells, 32 px each in a 512 px tile. */
  gridBits: number;
}

/** One tile layer. Everything the server knows about a layer is here, in its SQL function and nowhere else. */
export interface LayerDefinition {
  id: string;
  title: Translated;
  geometry: GeometryKind;
  minZoom: number;
  maxZoom: number;
  attributes: readonly AttributeDefinition[];
  /** Query parameters the layer accepts; any other is answered with 400. */
  filters: readonly FilterParameter[];
  /** `function(at date, ids bigint[])`; `ids` null means every row valid on the day. */
  sqlFunction: `tile_rows_${string}`;
  /**
   * What one set of rows in memory covers. `day`: every row of a day, a filter then picks among them.
   * `filter`: only the rows the filter selects, for layers whose full set is much larger than any answer.
   */
  loadedPer: 'day' | 'filter';
  /** Points only; absent means that points are merged only where a tile would hold too many. */
  cluster?: ClusterDefinition;
}

/** Side of a tile in tile units, the value every MVT reader assumes. */
export const TILE_EXTENT = 4096;
/** Border around a tile in tile units in which lines and polygons are still drawn, so that strokes do not break at edges. */
export const TILE_BUFFER = 64;
/** No tile is larger than this once compressed (bytes, gzip). */
export const MAX_TILE_BYTES = 100_000;
