import { z } from 'zod';
import { technologies } from './site-filter.ts';
import { provenance } from './wire.ts';

/** The best server of one operator × technology × band at a spot. */
export const spotLevel = z.object({
  operator: z.string(),
  technology: z.enum(technologies),
  band_mhz: z.number(),
  level_dbm: z.number(),
  level_low_dbm: z.number().describe('With every defaulted value of the cell at its unfavourable end'),
  level_high_dbm: z.number(),
  threshold_dbm: z.number(),
  required_dbm: z.number().describe('Threshold plus the shadowing margin: the level that counts as covered'),
  covered: z.boolean(),
  cell_id: z.int(),
  cell_code: z.string(),
  site_id: z.int(),
  site_code: z.string(),
  distance_m: z.number(),
  model: z.string(),
  with_terrain: z.boolean().describe('The height of the ground at the spot is known: obstacles count'),
  extrapolated: z.boolean(),
});
export type SpotLevel = z.infer<typeof spotLevel>;
/** Answer of GET /coverage/spot: levels at the centre of the grid square around a point. */
export const coverageSpot = z.object({
  lon: z.number(),
  lat: z.number(),
  ground_m: z.number().nullable().describe('null: no terrain here'),
  commune: z.object({ id: z.int(), code: z.string(), name: z.string() }).nullable(),
  items: z.array(spotLevel).describe('By technology, then strongest first'),
  note: z.string().nullable().describe('Why there are no items, in the language asked for; null where there are'),
  ...provenance.shape,
});
export type CoverageSpot = z.infer<typeof coverageSpot>;

/** Answer of GET /coverage/path: from a cell to a spot. The losses add up: eirp - antenna - path - diffraction = level. */
export const radioPath = z.object({
  cell: z.object({
    id: z.int(),
    code: z.string(),
    operator: z.string(),
    technology: z.enum(technologies),
    band_mhz: z.number(),
  }),
  site: z.object({ id: z.int(), code: z.string(), name: z.string(), lon: z.number(), lat: z.number() }),
  lon: z.number(),
  lat: z.number(),
  distance_m: z.number(),
  bearing_deg: z.number(),
  antenna_height_m: z.number(),
  receiver_height_m: z.number(),
  profile: z
    .object({
      distances_m: z.array(z.number()),
      ground_m: z.array(z.number().nullable()).describe('Above sea level; null: no terrain there'),
      ray_m: z.array(z.number()).describe('Straight line between the antennas over the curved Earth (k = 4/3)'),
      fresnel_m: z.array(z.number()).describe('Radius of the first Fresnel zone'),
    })
    .nullable()
    .describe('null: the height of the ground at the spot is not known'),
  line_of_sight: z.boolean().nullable(),
  worst_clearance: z.object({ distance_m: z.number(), clearance_m: z.number(), ratio: z.number() }).nullable(),
  incomplete: z
    .boolean()
    .describe(
      'Heights are missing along the path: only obstacles that are known count. The ground at a site without a height is that of the nearest known point of the path',
    ),
  eirp_dbm: z.number(),
  antenna_db: z.number().describe('Loss of the antenna pattern in this direction'),
  free_space_db: z.number(),
  model: z.string(),
  model_db: z.number().describe('Path loss of the model without obstacles'),
  effective_height_m: z.number(),
  diffraction_db: z.number().describe('What the terrain adds'),
  itm_db: z.number().nullable().describe('Longley–Rice along the same profile, for comparison; null without terrain'),
  level_dbm: z.number(),
  required_dbm: z.number(),
  covered: z.boolean(),
  extrapolated: z.boolean(),
  flags: z.array(z.string()),
  ...provenance.shape,
});
export type RadioPath = z.infer<typeof radioPath>;
