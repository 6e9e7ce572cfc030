import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** A feature as a reader of the tile sees it. */
export interface DecodedFeature {
  id: number | undefined;
  type: 0 | 1 | 2 | 3;
  properties: Record<string, string | number | boolean>;
  /** Lines or rings of [x, y] in tile units; a point is a line of one. */
  geometry: [number, number][][];
}

/** Features of one layer of an uncompressed tile; empty for null. */
export function decodeTile(raw: Uint8Array | null, layerId: string): DecodedFeature[] {
  if (raw === null) return [];
  const layer = new VectorTile(new PbfReader(raw)).layers[layerId];
  if (layer === undefined) throw new Error(`the tile has no layer ${layerId}`);
  return Array.from({ length: layer.length }, (_, i) => {
    const feature = layer.feature(i);
    return {
      id: feature.id,
      type: feature.type,
      properties: { ...feature.properties },
      geometry: feature.loadGeometry().map((line) => line.map(({ x, y }): [number, number] => [x, y])),
    };
  });
}

/** The same for a compressed tile. */
export function decodeGzip(gzip: Buffer | null, layerId: string): DecodedFeature[] {
  return decodeTile(gzip === null ? null : gunzipSync(gzip), layerId);
}
