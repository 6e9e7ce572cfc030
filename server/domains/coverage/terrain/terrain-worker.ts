/** Worker thread: unpacks stored rasters, and resamples or compares them; HTTP goes on meanwhile. */

import { type PackedRaster, unpackRaster } from '../rules/packed-raster.ts';
import { projectorFor } from '../rules/projection.ts';
import { type MetreLattice, type ResampledCounts, resampleTerrain } from '../rules/propagation/resample-terrain.ts';
import { type Seam, seamsBetween } from '../rules/propagation/seams.ts';

export interface ResampleTask {
  kind: 'resample';
  rasters: PackedRaster[];
  lattice: MetreLattice;
  srid: number;
  bridge_m: number;
  /** Shared: filled by the worker. */
  heights_m: Float32Array;
}

export interface CompareTask {
  kind: 'compare';
  rasters: PackedRaster[];
}

/** What came of a task: counts of the resampled points, or the seams. */
export default function work(task: ResampleTask | CompareTask): ResampledCounts | Seam[] {
  const rasters = task.rasters.map(unpackRaster);
  if (task.kind === 'compare') return seamsBetween(rasters);
  return resampleTerrain(rasters, task.lattice, projectorFor(task.srid), task.bridge_m, task.heights_m);
}
