import type { Language } from '../platform/language.ts';
import type { LayerDefinition } from './layer.ts';
import { COUNT_ATTRIBUTE } from './point-encoder.ts';
import type { Bounds } from './tile-source.ts';

/** Web Mercator's world, for a layer without anything in it. */
const WORLD: Bounds = [-180, -85.0511, 180, 85.0511];

/** https://github.com/mapbox/tilejson-spec/tree/master/3.0.0 */
export interface TileJson {
  tilejson: '3.0.0';
  name: string;
  scheme: 'xyz';
  tiles: string[];
  minzoom: number;
  maxzoom: number;
  bounds: Bounds;
  vector_layers: {
    id: string;
    description: string;
    minzoom: number;
    maxzoom: number;
    fields: Record<string, string>;
  }[];
}

function fieldsOf(layer: LayerDefinition, language: Language): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { name, type, description } of layer.attributes) fields[name] = `${description[language]} (${type})`;
  if (layer.geometry === 'point') {
    fields[COUNT_ATTRIBUTE] = {
      vi: 'Số điểm được gộp; không có khi là một điểm (integer)',
      en: 'Number of points merged; absent on a single point (integer)',
    }[language];
  }
  return fields;
}

/**
 * TileJSON of one layer.
 * @param baseUrl absolute, without a slash at its end
 * @param query the filter as the client wrote it, without question mark; it goes into the tile address
 * @param bounds degrees; null for an empty layer
 */
export function describeLayer(
  layer: LayerDefinition,
  { baseUrl, query, bounds, language }: { baseUrl: string; query: string; bounds: Bounds | null; language: Language },
): TileJson {
  const suffix = query === '' ? '' : `?${query}`;
  const { id, minZoom: minzoom, maxZoom: maxzoom } = layer;
  const description = layer.title[language];
  return {
    tilejson: '3.0.0',
    name: description,
    scheme: 'xyz',
    tiles: [`${baseUrl}/tiles/${id}/{z}/{x}/{y}.mvt${suffix}`],
    minzoom,
    maxzoom,
    bounds: bounds ?? WORLD,
    vector_layers: [{ id, description, minzoom, maxzoom, fields: fieldsOf(layer, language) }],
  };
}
