/** Worker thread: unpacks stored rasters, and resamples or compares them; HTTP goes on meanwhile. */

import type { GridFrame } from '../rules/grid.ts';
import { type PackedRaster, unpackRaster } from '../rules/packed-raster.ts';
import { projectorFor } from '../rules/projection.ts';
import { type MetreLattice, type ResampledCounts, resampleTerrain } from '../rules/propagation/resample-terrain.ts';
import { type Seam, seamsBetween } from '../rules/propagation/seams.ts';

export interface ResampleTask {
  kind: 'resample';
  rasters: PackedRaster[];
  lattice: MetreLattice;
  frame: GridFrame;
  srid: number;
  bridge_m: number;
  /** Shared: filled by the worker. */
  heights_m: Float32Array;
}

export interface CompareTask {
  kind: 'compare';
  rasters: PackedRaster[];
}

export interface Resampled extends ResampledCounts {
  /** Share of the frame's squares whose centre has a height, percent. */
  pct_squares: number;
}

/** The centre of a square is a point of the lattice, or half a step from one. */
function pctSquares({ frame, lattice, heights_m }: ResampleTask): number {
  const { origin_e_m, origin_n_m, step_m, cols } = lattice;
  let known = 0;
  for (let row = 0; row < frame.rows; row++) {
    const line = Math.round((frame.origin_n_m + (row + 0.5) * frame.grid_m - origin_n_m) / step_m) * cols;
    for (let col = 0; col < frame.cols; col++) {
      const column = Math.round((frame.origin_e_m + (col + 0.5) * frame.grid_m - origin_e_m) / step_m);
      if (!Number.isNaN(heights_m[line + column])) known++;
    }
  }
  return Math.round((1e4 * known) / (frame.cols * frame.rows)) / 100;
}

/** What came of a task: counts of the resampled points, or the seams. */
export default function work(task: ResampleTask | CompareTask): Resampled | Seam[] {
  const rasters = task.rasters.map(unpackRaster);
  if (task.kind === 'compare') return seamsBetween(rasters);
  const counts = resampleTerrain(rasters, task.lattice, projectorFor(task.srid), task.bridge_m, task.heights_m);
  return { ...counts, pct_squares: pctSquares(task) };
}
