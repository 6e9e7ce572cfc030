import { z } from 'zod';
import { technologies } from './site-filter.ts';
import { communeCoverage, coverageRun, coverageScopes, list, provenance } from './wire.ts';

/** What an operator declares of a commune; the latest declaration not after the day. */
export const coverageClaim = z.object({
  covered: z.boolean(),
  pct_pop: z.number().nullable(),
  as_of: z.string(),
  source: z.string(),
});
export type CoverageClaim = z.infer<typeof coverageClaim>;

/** Drive-test points of an operator and technology in a commune, up to the day. */
export const measuredSummary = z.object({
  points: z.int(),
  below: z.int().describe('Points whose level is below the threshold'),
  median_dbm: z.number(),
  modelled_points: z.int().describe('Points on squares that the run has a level for'),
  mean_error_db: z.number().nullable().describe('Modelled less measured, mean'),
  sd_error_db: z.number().nullable(),
  first: z.string(),
  last: z.string(),
});
export type MeasuredSummary = z.infer<typeof measuredSummary>;

/** The three kinds of evidence side by side: one row an operator × technology, and the unions of a technology. */
export const evidenceItem = communeCoverage
  .omit({ id: true, code: true, name: true, district_code: true, district_name: true })
  .extend({
    scope: z.enum(coverageScopes),
    operator: z.string().nullable(),
    technology: z.enum(technologies),
    declared: coverageClaim.nullable(),
    measured: measuredSummary.nullable(),
  });
export type EvidenceItem = z.infer<typeof evidenceItem>;
/** Answer of GET /coverage/communes/{id}. */
export const communeEvidence = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  run: coverageRun.nullable(),
  items: z.array(evidenceItem),
  ...provenance.shape,
});
export type CommuneEvidence = z.infer<typeof communeEvidence>;

/**
 * claimed_not_modelled: an operator declares a commune covered, the run does not find it so.
 * modelled_not_measured: drive-test points below the threshold on squares the run has covered.
 */
export const disagreementKinds = ['claimed_not_modelled', 'modelled_not_measured'] as const;
export const disagreement = z.object({
  kind: z.enum(disagreementKinds),
  commune_id: z.int(),
  commune_code: z.string(),
  commune_name: z.string(),
  district_name: z.string().nullable(),
  operator: z.string(),
  technology: z.enum(technologies),
  status: communeCoverage.shape.status.describe('As modelled'),
  pct_pop: z.number().nullable().describe('As modelled'),
  people_covered: z.int().nullable(),
  population: z.int().nullable(),
  declared_pct_pop: z.number().nullable(),
  declared_as_of: z.string().nullable(),
  declared_source: z.string().nullable(),
  points: z.int().nullable().describe('Measured points on squares modelled as covered'),
  points_below: z.int().nullable().describe('Of them below the threshold'),
  lowest_dbm: z.number().nullable(),
  threshold_dbm: z.number().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
});
export type Disagreement = z.infer<typeof disagreement>;
export const disagreementList = list(disagreement).extend({
  counts: z.object({ claimed_not_modelled: z.int(), modelled_not_measured: z.int(), points_below: z.int() }),
  claims: z.int().describe('Declarations compared'),
  points: z.int().describe('Measured points compared'),
  run: coverageRun.nullable(),
  ...provenance.shape,
});
export type DisagreementList = z.infer<typeof disagreementList>;

/** Coverage of a district or the province: sums over its communes with a known status. */
export const unitCoverage = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  level: z.enum(['province', 'district']),
  population: z.int(),
  people_covered: z.int(),
  people_low: z.int(),
  people_high: z.int(),
  pct_pop: z.number().nullable(),
  area_km2: z.number(),
  area_covered_km2: z.number(),
  area_low_km2: z.number(),
  area_high_km2: z.number(),
  pct_area: z.number().nullable(),
  communes: z.int(),
  communes_covered: z.int(),
  communes_centre_covered: z.int(),
  communes_unknown: z.int(),
});
export type UnitCoverage = z.infer<typeof unitCoverage>;
export const unitCoverageList = list(unitCoverage).extend({
  operator: z.string().nullable(),
  scope: z.enum(coverageScopes),
  technology: z.enum(technologies),
  run: coverageRun.nullable(),
  district_note: z
    .string()
    .nullable()
    .describe('Said when districts of the day are those of before they were abolished'),
  ...provenance.shape,
});
export type UnitCoverageList = z.infer<typeof unitCoverageList>;
