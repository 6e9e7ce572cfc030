import type { GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { TILE_EXTENT } from './layer.ts';
import type { ShapeFeature } from './shape-index.ts';
import { cleanLines, cleanRings, signedArea, type TileRing } from './tile-geometry.ts';

/** Roughly how large a feature is in its tile: area or number of vertices, to tell which to keep when too many. */
function weight(feature: ShapeFeature): number {
  let sum = 0;
  for (const ring of feature.geometry) sum += feature.type === 3 ? Math.abs(signedArea(ring)) : ring.length;
  return sum;
}

function cleaned(feature: ShapeFeature, tolerance: number): ShapeFeature | null {
  const rings: readonly TileRing[] = feature.geometry;
  const geometry = feature.type === 3 ? cleanRings(rings, tolerance) : cleanLines(rings, tolerance);
  return geometry.length === 0 ? null : { ...feature, geometry };
}

/** The heaviest `count` features, in their order. */
function heaviest(features: readonly ShapeFeature[], count: number): ShapeFeature[] {
  if (features.length <= count) return [...features];
  const byWeight = features.toSorted((a, b) => weight(b) - weight(a) || a.id - b.id);
  const kept = new Set(byWeight.slice(0, count));
  return features.filter((feature) => kept.has(feature));
}

export interface ShapeDetail {
  /** Tile units: detail and features smaller than this are left out; 0 keeps everything that is not empty. */
  tolerance: number;
  /** Most features to keep, the largest first. */
  maxFeatures: number;
}

/** What is shown of the features of one tile (`ShapeIndex.features`). */
export function shownShapes(
  features: readonly ShapeFeature[],
  { tolerance, maxFeatures }: ShapeDetail,
): ShapeFeature[] {
  const kept = features.map((feature) => cleaned(feature, tolerance)).filter((feature) => feature !== null);
  return heaviest(kept, maxFeatures);
}

/** Vertices of the polygon that has most, holes included, and of the longest line: an outline is one too. */
export function mostVertices(features: readonly ShapeFeature[]): { polygon: number; line: number } {
  const most = { polygon: 0, line: 0 };
  for (const { type, geometry } of features) {
    let vertices = 0;
    for (const ring of geometry as readonly TileRing[]) {
      most.line = Math.max(most.line, ring.length);
      if (type !== 3) continue;
      vertices = signedArea(ring) > 0 ? ring.length : vertices + ring.length;
      most.polygon = Math.max(most.polygon, vertices);
    }
  }
  return most;
}

/** A tile of lines or polygons as uncompressed MVT, version 2; null without features. */
export function encodeShapes(layerId: string, features: readonly ShapeFeature[]): Uint8Array | null {
  if (features.length === 0) return null;
  const tile = { features } as unknown as GeoJSONVTTile;
  return fromGeojsonVt({ [layerId]: tile }, { version: 2, extent: TILE_EXTENT });
}
