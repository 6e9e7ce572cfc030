import { z } from 'zod';
import { day } from './dates.ts';
import { list, provenance } from './wire.ts';

export const broadcastServices = ['fm', 'am', 'tv'] as const;
const served = {
  population: z.int().nullable().describe('Persons of communes with a known population; null when there is no run'),
  people_covered: z.int().nullable(),
  pct_pop: z.number().nullable(),
  area_km2: z.number().nullable(),
  area_covered_km2: z.number().nullable(),
  pct_area: z.number().nullable(),
};
/** Where the computation was stretched, or which threshold it went by. */
export const broadcastFlags = [
  'height_by_hata',
  'height_out_of_range',
  'frequency_out_of_range',
  'distance_out_of_range',
  'no_terrain',
  'part_without_terrain',
  'threshold_by_surroundings',
  'threshold_given',
  'threshold_unconfirmed',
  'some_not_computed',
] as const;
export type BroadcastFlag = (typeof broadcastFlags)[number];
/** Why there is no figure; not_computed: no run answers for the day, or the run is older than the transmitter. */
export const broadcastReasons = ['am_not_modelled', 'no_threshold', 'frequency_outside_model', 'not_computed'] as const;
const explained = {
  flags: z.array(z.enum(broadcastFlags)).describe('Where the model was stretched, and which threshold was used'),
  reason: z.enum(broadcastReasons).nullable().describe('Why it was not computed'),
};
/** A transmitter with what it is computed to serve of the province, and what is declared. */
export const transmitterItem = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  operator: z.string(),
  service: z.enum(broadcastServices),
  frequency_mhz: z.number(),
  erp_w: z.number(),
  height_m: z.number(),
  lon: z.number(),
  lat: z.number(),
  digital: z.boolean().describe('Digital television'),
  polarisation: z.enum(['horizontal', 'vertical', 'mixed']).nullable(),
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  threshold_dbuv_m: z
    .number()
    .nullable()
    .describe('Field strength that counts as served at 10 m; in the country where towns have another'),
  threshold_urban_dbuv_m: z.number().nullable().describe('The same in wards and townships, where it differs'),
  threshold_source: z.enum(['bs412_stereo', 'bt417_analogue', 'given']).nullable(),
  ...served,
  pct_terrain: z
    .number()
    .nullable()
    .describe('Share of what is within reach that was computed over known ground, percent'),
  declared_pct_area: z.number().nullable(),
  declared_pct_pop: z.number().nullable(),
  declared_source: z.string(),
  ...explained,
  synthetic: z.boolean(),
});
export type TransmitterItem = z.infer<typeof transmitterItem>;
export type BroadcastService = (typeof broadcastServices)[number];
export const broadcastRun = z.object({
  id: z.int(),
  at: z.string(),
  model: z.string(),
  model_version: z.string(),
  terrain_source: z.string().nullable(),
  no_terrain_km2: z
    .number()
    .nullable()
    .describe(
      'Ground without known height in a run over terrain, drawn by the tile layer broadcast_no_terrain; null: none, or not kept',
    ),
  created_at: z.string(),
  stale: z.boolean().describe('Transmitters, communes or people changed after this run, or between the two days'),
  for_other_day: z.boolean().describe('The figures are those of `at`, not of the day asked for'),
  parameters: z.record(z.string(), z.unknown()),
});
export type BroadcastRun = z.infer<typeof broadcastRun>;
/** A figure of the yearly report: of the service as a whole, not of one transmitter. */
export const declaredCoverage = z.object({
  indicator: z.string(),
  value: z.number(),
  unit_of_measure: z.string(),
  year: z.int(),
  source: z.string(),
});
/** Any transmitter of a service: what several serve counts once. */
export const broadcastUnion = z.object({
  service: z.enum(broadcastServices),
  transmitters: z.int().describe('On air on the day asked for'),
  ...served,
  ...explained,
  declared: z.array(declaredCoverage).describe('Latest reported figures not after the year of the day'),
});
export type BroadcastUnion = z.infer<typeof broadcastUnion>;
/** Answer of GET /broadcast/transmitters. */
export const transmitterList = list(transmitterItem).extend({
  unions: z.array(broadcastUnion),
  run: broadcastRun.nullable(),
  ...provenance.shape,
});
export type TransmitterList = z.infer<typeof transmitterList>;
/** Body of POST /broadcast/runs. */
export const broadcastRunRequest = z.strictObject({ at: day.optional() });
/** Answer of POST /broadcast/runs. */
export const broadcastRunDone = z.object({
  run_id: z.int(),
  at: z.string(),
  transmitters: z.int(),
  not_computed: z.int(),
  dataset_revision: z.int(),
});
export type BroadcastRunDone = z.infer<typeof broadcastRunDone>;
/** One commune by any transmitter of the service. */
export const broadcastCommune = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  district_name: z.string().nullable(),
  population: z.int().nullable(),
  people_covered: z.int().nullable(),
  pct_pop: z.number().nullable(),
  area_km2: z.number().nullable(),
  area_covered_km2: z.number().nullable(),
  pct_area: z.number().nullable(),
});
/** Answer of GET /broadcast/communes. */
export const broadcastCommuneList = list(broadcastCommune).extend({
  service: z.enum(broadcastServices),
  run: broadcastRun.nullable(),
  ...provenance.shape,
});
export type BroadcastCommuneList = z.infer<typeof broadcastCommuneList>;
