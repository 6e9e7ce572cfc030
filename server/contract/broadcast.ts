import { z } from 'zod';
import { list, provenance } from './wire.ts';

export const broadcastServices = ['fm', 'am', 'tv'] as const;
const served = {
  population: z.int(),
  people_covered: z.int().nullable(),
  pct_pop: z.number().nullable(),
  area_km2: z.number(),
  area_covered_km2: z.number().nullable(),
  pct_area: z.number().nullable(),
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
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  threshold_dbuv_m: z.number().nullable(),
  ...served,
  declared_pct_area: z.number().nullable(),
  declared_pct_pop: z.number().nullable(),
  declared_source: z.string(),
  flags: z.array(z.string()),
  reason: z.string().nullable().describe('Why it was not computed'),
  synthetic: z.boolean(),
});
export type TransmitterItem = z.infer<typeof transmitterItem>;
export const broadcastRun = z.object({
  id: z.int(),
  at: z.string(),
  model: z.string(),
  model_version: z.string(),
  terrain_source: z.string().nullable(),
  created_at: z.string(),
  stale: z.boolean(),
  parameters: z.record(z.string(), z.unknown()),
});
/** Answer of GET /broadcast/transmitters. */
export const transmitterList = list(transmitterItem).extend({
  unions: z.array(z.object({ service: z.enum(broadcastServices), transmitters: z.int(), ...served })),
  run: broadcastRun.nullable(),
  ...provenance.shape,
});
export type TransmitterList = z.infer<typeof transmitterList>;
/** Answer of GET /broadcast/communes: any transmitter of the service. */
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
export const broadcastCommuneList = list(broadcastCommune).extend({
  service: z.enum(broadcastServices),
  run: broadcastRun.nullable(),
  ...provenance.shape,
});
export type BroadcastCommuneList = z.infer<typeof broadcastCommuneList>;
