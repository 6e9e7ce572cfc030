import { z } from 'zod';
import { day } from './dates.ts';
import { list } from './wire.ts';

export const coverageJobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
/** What a run is doing, in order. */
export const coverageStages = ['read', 'levels', 'figures', 'areas', 'store'] as const;

/** A coverage run asked for. The data of the event stream of a job are these, one JSON object an event. */
export const coverageJob = z.object({
  id: z.int(),
  at: z.string(),
  state: z.enum(coverageJobStates),
  stage: z.enum(coverageStages).nullable(),
  done_share: z.number().describe('0 to 1'),
  attempts: z.int(),
  run_id: z.int().nullable(),
  error: z.string().nullable(),
  requested_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
});
export type CoverageJob = z.infer<typeof coverageJob>;
export const coverageJobList = list(coverageJob);
export type CoverageJobList = z.infer<typeof coverageJobList>;

/** Body of POST /coverage/jobs. */
export const coverageJobRequest = z.strictObject({ at: day.optional() });

/** One imported raster, and what of the communes in force today it covers. */
export const terrainTile = z.object({
  id: z.int(),
  name: z.string(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  step_m: z.number().describe('Spacing of the posts, metres'),
  voids: z.int(),
  impossible: z.int(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
  source: z.string(),
  imported_at: z.string(),
});
export const terrainReport = z.object({
  tiles: z.array(terrainTile),
  pct_covered: z.number().describe('Share of the area of the communes in force today inside a tile, percent'),
  missing: z.array(z.string()).describe('Square degrees of the province without a tile, such as N21E104'),
  seams: z.array(
    z.object({
      between: z.tuple([z.string(), z.string()]),
      posts: z.int(),
      different: z.int(),
      largest_m: z.number(),
    }),
  ),
});
export type TerrainReport = z.infer<typeof terrainReport>;
