/** The stored heights as the computations want them: metres above sea level on an even lattice in the grid's zone. */
import type { Queryable } from '../../../platform/db/db.ts';
import type { GridFrame } from '../rules/grid.ts';
import type { TerrainRaster } from '../rules/levels/terrain-raster.ts';
import type { PackedRaster } from '../rules/packed-raster.ts';
import type { MetreLattice } from '../rules/propagation/resample-terrain.ts';
import { type StoredRaster, selectContent, selectRasters } from './queries.ts';
import { resampleInWorker } from './terrain-pool.ts';

/** What a computation is told of the terrain it used; kept with the run. */
export interface TerrainAbout {
  /** Names of the rasters used. */
  files: string[];
  sha256s: string[];
  /** Share of the frame's squares whose centre has a height, percent. */
  pct_squares: number;
  /** Points of the lattice inside a raster that have no height, after bridging. */
  voids: number;
  /** Points whose height was drawn across a void. */
  bridged: number;
}

export interface LoadedTerrain {
  raster: TerrainRaster;
  about: TerrainAbout;
}

export interface TerrainOptions {
  /** Metres between points. */
  step_m?: number;
  /** Voids up to this wide are bridged, metres. */
  bridge_m?: number;
}

/** A province has a tenth of this; more would not fit beside a computation. */
const MAX_POINTS = 150_000_000;

/** The lattice around a frame: its corners stand on the lines of the grid, the margin on every side. */
export function latticeAround(frame: GridFrame, margin_m: number, step_m: number): MetreLattice {
  const margin = Math.ceil(margin_m / frame.grid_m) * frame.grid_m;
  const cols = Math.ceil((frame.cols * frame.grid_m + 2 * margin) / step_m) + 1;
  const rows = Math.ceil((frame.rows * frame.grid_m + 2 * margin) / step_m) + 1;
  if (!(step_m > 0 && cols * rows <= MAX_POINTS))
    throw new RangeError(`terrain of ${cols} × ${rows} points is too large to hold`);
  return { origin_e_m: frame.origin_e_m - margin, origin_n_m: frame.origin_n_m - margin, step_m, cols, rows };
}

/** One raster at a time, so that few large answers are in memory together. */
async function contentOf(db: Queryable, stored: readonly StoredRaster[]): Promise<PackedRaster[]> {
  const packed: PackedRaster[] = [];
  for (const facts of stored) packed.push(await selectContent(db, facts));
  return packed;
}

async function load(
  db: Queryable,
  stored: readonly StoredRaster[],
  frame: GridFrame,
  srid: number,
  lattice: MetreLattice,
  bridge_m: number,
): Promise<LoadedTerrain> {
  const heights_m = new Float32Array(new SharedArrayBuffer(4 * lattice.cols * lattice.rows));
  const rasters = await contentOf(db, stored);
  const { voids, bridged, pct_squares } = await resampleInWorker({
    rasters,
    lattice,
    frame,
    srid,
    bridge_m,
    heights_m,
  });
  return {
    raster: { srid, ...lattice, heights_m },
    about: {
      files: stored.map(({ name }) => name),
      sha256s: stored.map(({ sha256 }) => sha256),
      pct_squares,
      voids,
      bridged,
    },
  };
}

/** The terrain last loaded by each database: many questions in a row ask for the same. */
const lastLoaded = new WeakMap<Queryable, { key: string; terrain: Promise<LoadedTerrain> }>();

/**
 * Heights of the ground around a grid, bilinear, NaN where there is no terrain, null when no terrain is imported at all.
 * Resampled in a worker thread into shared memory, so that HTTP is not held up and further workers can read it; the
 * last one is kept as long as the stored rasters stay the same. Heights must not be written to.
 * @param margin_m how far beyond the frame, m
 * @throws RangeError for a frame that is absurdly large
 */
export async function loadTerrainRaster(
  db: Queryable,
  frame: GridFrame,
  srid: number,
  margin_m: number,
  { step_m = 50, bridge_m = 500 }: TerrainOptions = {},
): Promise<LoadedTerrain | null> {
  const stored = await selectRasters(db, 'terrain');
  if (stored.length === 0) return null;
  const lattice = latticeAround(frame, margin_m, step_m);
  const files = stored.map(({ id, sha256, imported_at }) => [id, sha256, imported_at]);
  const key = JSON.stringify([files, srid, lattice, frame, bridge_m]);
  const last = lastLoaded.get(db);
  if (last?.key === key) return last.terrain;
  const terrain = load(db, stored, frame, srid, lattice, bridge_m);
  lastLoaded.set(db, { key, terrain });
  terrain.catch(() => {
    if (lastLoaded.get(db)?.terrain === terrain) lastLoaded.delete(db);
  });
  return terrain;
}
