import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

export interface DecodedFeature {
  id: number | undefined;
  properties: Record<string, number | string | boolean>;
  /** Tile units. */
  x: number;
  y: number;
}

/** The points of the layer `sites` of a tile, by id. @param body MVT, compressed or not */
export function decodeSites(body: Uint8Array): DecodedFeature[] {
  if (body.length === 0) return [];
  const raw = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
  const layer = new VectorTile(new PbfReader(raw)).layers['sites'];
  const features = Array.from({ length: layer?.length ?? 0 }, (_, i): DecodedFeature => {
    const feature = layer?.feature(i);
    const [point] = feature?.loadGeometry()[0] ?? [];
    return { id: feature?.id, properties: feature?.properties ?? {}, x: point?.x ?? -1, y: point?.y ?? -1 };
  });
  return features.sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}
