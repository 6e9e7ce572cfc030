/** Work on stored rasters in a worker thread that lives as long as the work. */
import { Tinypool } from 'tinypool';
import { workerEntry } from '../../../platform/workers.ts';
import type { PackedRaster } from '../rules/packed-raster.ts';
import type { Seam } from '../rules/propagation/seams.ts';
import type { CompareTask, Resampled, ResampleTask } from './terrain-worker.ts';

async function inWorker(task: ResampleTask | CompareTask): Promise<unknown> {
  const { url, argv } = workerEntry('terrain-worker', import.meta.url);
  const pool = new Tinypool({ filename: url.href, argv, minThreads: 1, maxThreads: 1 });
  try {
    return await pool.run(task, { transferList: task.rasters.map(({ content }) => content.buffer) });
  } finally {
    await pool.destroy();
  }
}

/** Fills the heights of a task. The rasters' bytes move to the worker. */
export const resampleInWorker = (task: Omit<ResampleTask, 'kind'>): Promise<Resampled> =>
  inWorker({ kind: 'resample', ...task }) as Promise<Resampled>;

/** The seams between rasters. Their bytes move to the worker. */
export const compareSeams = (rasters: PackedRaster[]): Promise<Seam[]> =>
  inWorker({ kind: 'compare', rasters }) as Promise<Seam[]>;
