import { HttpError, type ProblemDetail } from '../platform/http-error.ts';
import type { LayerDefinition } from './layer.ts';
import { selectOptionalLayer } from './registry.ts';
import type { TileAddress } from './tile-service.ts';

/** A tile URL taken apart, nothing checked yet. */
export interface TileUrl {
  layerId: string;
  /** Text between the slashes; null for `/tiles/{layer}.json`. */
  tile: { z: string; x: string; y: string } | null;
  /** Query without its question mark. */
  query: string;
}

const TILE_URL = /^\/tiles\/([^/?]+)\/([^/?]+)\/([^/?]+)\/([^/?]+)\.mvt(?:\?(.*))?$/s;
const TILE_JSON_URL = /^\/tiles\/([^/?]+)\.json(?:\?(.*))?$/s;

/** The parts of a tile or TileJSON URL; null for any other. */
export function parseTileUrl(url: string): TileUrl | null {
  if (!url.startsWith('/tiles/')) return null;
  const tile = TILE_URL.exec(url);
  if (tile) {
    const [, layerId = '', z = '', x = '', y = '', query = ''] = tile;
    return { layerId, tile: { z, x, y }, query };
  }
  const json = TILE_JSON_URL.exec(url);
  return json ? { layerId: json[1] ?? '', tile: null, query: json[2] ?? '' } : null;
}

/** The layer of that id. @throws HttpError 404 */
export function requireLayer(id: string): LayerDefinition {
  const layer = selectOptionalLayer(id);
  if (layer === null) throw new HttpError(404, 'unknown-layer', `There is no tile layer “${id}”.`);
  return layer;
}

function integerUpTo(text: string, max: number): number | null {
  if (!/^\d{1,9}$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}

/** The tile's address when it exists in the layer's pyramid. @throws HttpError 400 naming every number out of range */
export function requireAddress(layer: LayerDefinition, tile: { z: string; x: string; y: string }): TileAddress {
  const z = integerUpTo(tile.z, layer.maxZoom);
  if (z === null || z < layer.minZoom) {
    const reason = `must be a whole number from ${layer.minZoom} to ${layer.maxZoom}`;
    throw outOfRange([{ pointer: 'z', value: tile.z, reason }]);
  }
  const max = 2 ** z - 1;
  const x = integerUpTo(tile.x, max);
  const y = integerUpTo(tile.y, max);
  if (x !== null && y !== null) return { z, x, y };
  const reason = `must be a whole number from 0 to ${max} at zoom ${z}`;
  const errors: ProblemDetail[] = [];
  if (x === null) errors.push({ pointer: 'x', value: tile.x, reason });
  if (y === null) errors.push({ pointer: 'y', value: tile.y, reason });
  throw outOfRange(errors);
}

function outOfRange(errors: ProblemDetail[]): HttpError {
  return new HttpError(400, 'tile-out-of-range', 'There is no such tile.', { errors });
}

/** Refuses parameters the layer does not take. @throws HttpError 400 naming every one of them */
export function requireKnownParameters(layer: LayerDefinition, params: URLSearchParams): void {
  const known: readonly string[] = layer.filters;
  const unknown = [...new Set(params.keys())].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const reason = `unknown parameter; layer ${layer.id} takes ${known.join(', ')}`;
  throw new HttpError(400, 'unknown-parameter', `Unknown parameter: ${unknown.join(', ')}.`, {
    errors: unknown.map((name) => ({ pointer: name, value: params.get(name), reason })),
  });
}
