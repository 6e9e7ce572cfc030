import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import { MAX_TILE_BYTES } from './layer.ts';
import { encodePoints } from './point-encoder.ts';
import { planPoints } from './point-plan.ts';
import type { PointSnapshot } from './point-snapshot.ts';
import type { RowSelection } from './selection.ts';
import { encodeShapes, mostVertices, type ShapeDetail, shownShapes } from './shape-encoder.ts';
import type { ShapeFeature } from './shape-index.ts';

const GZIP = { level: 6 };
/** Smaller tiles are compressed on the spot: handing them to a thread costs more than it saves. */
const SYNC_BYTES = 4_096;
/** So small a tile fits a window of 4 kB: the same bytes come out, with a tenth of the memory to allocate for each. */
const SMALL_GZIP = { level: 6, windowBits: 12, memLevel: 5, chunkSize: SYNC_BYTES };
/** About what fits in a tile at 30 to 40 compressed bytes a point. */
const MAX_POINTS = 3_000;
/** Tile units; coarser than this the map would look broken, so features are left out instead. */
const TOLERANCES = [0, 1, 2, 4, 8, 16];
/** A tile this many times too large skips a step of tolerance. */
const SKIP_EXCESS = 3;
/** How far below the limit the next try aims, so that it rarely needs another. */
const AIM = 0.85;

/** The map numbers the vertices of a polygon with two bytes: one with more would be drawn wrong. */
const MAX_POLYGON_VERTICES = 65_535;
/** Along a line it makes up to ten of each, for its width and round joins. */
const MAX_LINE_VERTICES = MAX_POLYGON_VERTICES / 10;

const gzipInThread = promisify(gzip);

interface Attempt {
  gzip: Buffer;
  /** Size as a multiple of the limit; above 1 it does not fit. */
  excess: number;
}

/** A copy of just the compressed bytes: zlib's own result is a view that keeps its whole output buffer in memory. */
function compressSmall(raw: Uint8Array): Buffer {
  const packed = gzipSync(raw, SMALL_GZIP);
  const exact = Buffer.allocUnsafeSlow(packed.length);
  packed.copy(exact);
  return exact;
}

async function compress(raw: Uint8Array, limit: number): Promise<Attempt> {
  const gzip = raw.length <= SYNC_BYTES ? compressSmall(raw) : await gzipInThread(raw, GZIP);
  return { gzip, excess: gzip.length / limit };
}

/** Fewer features in proportion to what was too much; at least one less, and never none. */
function fewer(features: number, excess: number): number {
  return Math.max(1, Math.min(features - 1, Math.floor((features * AIM) / excess)));
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
  let maxFeatures = MAX_POINTS;
  for (;;) {
    const plan = planPoints(snapshot, selection, tile, maxFeatures);
    if (plan === null) return null;
    const { gzip, excess } = await compress(encodePoints(snapshot, selection, tile.z, plan), limit);
    if (excess <= 1 || maxFeatures === 1) return gzip;
    maxFeatures = fewer(maxFeatures, excess);
  }
}

interface ShapeAttempt {
  /** null: nothing is left. */
  gzip: Buffer | null;
  excess: number;
}

async function attemptShapes(
  layerId: string,
  features: readonly ShapeFeature[],
  detail: ShapeDetail,
  limit: number,
): Promise<ShapeAttempt> {
  const shown = shownShapes(features, detail);
  const most = mostVertices(shown);
  const vertices = Math.max(most.polygon / MAX_POLYGON_VERTICES, most.line / MAX_LINE_VERTICES);
  if (vertices > 1) return { gzip: null, excess: vertices };
  const raw = encodeShapes(layerId, shown);
  return raw === null ? { gzip: null, excess: 0 } : compress(raw, limit);
}

/** Simplifies more and more; when the coarsest tolerance is not enough, says how much too large the tile still is. */
async function simplifyToFit(layerId: string, features: readonly ShapeFeature[], limit: number) {
  let [tolerance, excess] = [0, 1];
  for (let step = 0; step < TOLERANCES.length; step += excess > SKIP_EXCESS ? 2 : 1) {
    const next = TOLERANCES[step] ?? 0;
    const attempt = await attemptShapes(layerId, features, { tolerance: next, maxFeatures: features.length }, limit);
    // Features that a coarser tolerance takes away altogether: better the largest of those before.
    if (attempt.excess === 0) return step === 0 ? { gzip: null } : { tolerance, excess };
    if (attempt.excess <= 1) return { gzip: attempt.gzip };
    [tolerance, excess] = [next, attempt.excess];
  }
  return { tolerance, excess };
}

/**
 * A tile of lines or polygons, compressed; null when it has none. Until it fits in `limit` bytes, and no polygon has more
 * vertices than a map can draw, it is simplified, and when that is not enough only its largest features are kept.
 */
export async function compressShapes(
  layerId: string,
  features: readonly ShapeFeature[],
  limit = MAX_TILE_BYTES,
): Promise<Buffer | null> {
  const simplified = await simplifyToFit(layerId, features, limit);
  if (simplified.gzip !== undefined) return simplified.gzip;
  let { tolerance, excess } = simplified;
  let maxFeatures = features.length;
  for (;;) {
    if (maxFeatures === 1) tolerance = Math.max(1, tolerance * 2);
    maxFeatures = fewer(maxFeatures, excess);
    const attempt = await attemptShapes(layerId, features, { tolerance, maxFeatures }, limit);
    if (attempt.excess <= 1) return attempt.gzip;
    excess = attempt.excess;
  }
}
