import { gzip, gzipSync } from 'node:zlib';
import { promisify } from 'node:util';
import { MAX_TILE_BYTES } from './layer.ts';
import { encodePoints } from './point-encoder.ts';
import { planPoints } from './point-plan.ts';
import type { PointSnapshot } from './point-snapshot.ts';
import type { RowSelection } from './selection.ts';
import { encodeShapes } from './shape-encoder.ts';
import type { ShapeFeature } from './shape-index.ts';

const GZIP = { level: 6 };
/** Smaller tiles are compressed on the spot: handing them to a thread costs more than it saves. */
const SYNC_BYTES = 4_096;
/** Vector tiles never compress better than this; a larger one need not be tried. */
const BEST_RATIO = 15;
/** About what fits in a tile at 30 to 40 compressed bytes a point. */
const MAX_POINTS = 3_000;
const TOLERANCES = [0, 1, 2, 4, 8, 16];

const gzipInThread = promisify(gzip);

/** The gzip of a tile, or null when it would be larger than `limit` bytes. */
async function compressWithin(raw: Uint8Array, limit: number): Promise<Buffer | null> {
  if (raw.length > limit * BEST_RATIO) return null;
  const compressed = raw.length <= SYNC_BYTES ? gzipSync(raw, GZIP) : await gzipInThread(raw, GZIP);
  return compressed.length <= limit ? compressed : null;
}

/**
 * A tile of points, compressed; null when it has none. Points are merged more and more until it fits in `limit` bytes.
 */
export async function compressPoints(
  snapshot: PointSnapshot,
  selection: RowSelection | null,
  tile: { z: number; x: number; y: number },
  limit = MAX_TILE_BYTES,
): Promise<Buffer | null> {
  for (let maxFeatures = MAX_POINTS; ; maxFeatures = Math.floor(maxFeatures / 2)) {
    const plan = planPoints(snapshot, selection, tile, maxFeatures);
    if (plan === null) return null;
    const raw = encodePoints(snapshot, selection, tile.z, plan);
    const compressed = await compressWithin(raw, maxFeatures > 1 ? limit : Infinity);
    if (compressed !== null) return compressed;
  }
}

/**
 * A tile of lines or polygons, compressed; null when it has none. Until it fits in `limit` bytes it is simplified,
 * and when that is not enough only its largest features are kept.
 */
export async function compressShapes(
  layerId: string,
  features: readonly ShapeFeature[],
  limit = MAX_TILE_BYTES,
): Promise<Buffer | null> {
  let tolerance = 0;
  for (const next of TOLERANCES) {
    const raw = encodeShapes(layerId, features, { tolerance: next, maxFeatures: features.length });
    if (raw === null) break;
    tolerance = next;
    const compressed = await compressWithin(raw, limit);
    if (compressed !== null) return compressed;
  }
  for (let maxFeatures = features.length; ; maxFeatures = Math.ceil(maxFeatures / 2)) {
    const raw = encodeShapes(layerId, features, { tolerance, maxFeatures });
    if (raw === null) return null;
    const compressed = await compressWithin(raw, limit);
    if (compressed !== null) return compressed;
    if (maxFeatures === 1) tolerance = Math.max(1, tolerance * 2);
  }
}
