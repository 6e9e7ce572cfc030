import { z } from 'zod';
import { technologies } from './site-filter.ts';
import { communeCoverage, coverageRun, coverageScopes, coverageTotals, list, provenance } from './wire.ts';

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
  id: z.int().describe('Place in the whole list of the day, whatever is asked for'),
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
/** How far a run is from the drive tests of an operator and technology: what an engineer judges the model by. */
export const modelError = z.object({
  operator: z.string(),
  technology: z.enum(technologies),
  points: z.int().describe('Measured points inside the grid of the run'),
  modelled_points: z.int().describe('Of them on squares that the run has a level for: the errors are of these'),
  mean_error_db: z.number().nullable().describe('Modelled less measured, mean'),
  sd_error_db: z.number().nullable().describe('Standard deviation of the error (n - 1)'),
  covered_points: z.int().describe('On squares modelled as covered'),
  covered_below: z.int().describe('Of them measured below the threshold'),
  uncovered_above: z.int().describe('On squares not modelled as covered, but measured at the threshold or above'),
});
export type ModelError = z.infer<typeof modelError>;
export const disagreementList = list(disagreement).extend({
  counts: z.object({ claimed_not_modelled: z.int(), modelled_not_measured: z.int(), points_below: z.int() }),
  claims: z.int().describe('Declarations compared'),
  points: z.int().describe('Measured points compared'),
  measured_from: z.string().describe('First day of the measured points compared; older ones say nothing of the day'),
  statistics: z.array(modelError).describe('By operator and technology'),
  run: coverageRun.nullable(),
  ...provenance.shape,
});
export type DisagreementList = z.infer<typeof disagreementList>;

/** One drive-test point, with what the run says of its square. */
export const measurementPoint = z.object({
  id: z.int(),
  operator: z.string(),
  technology: z.enum(technologies),
  lon: z.number(),
  lat: z.number(),
  measured_at: z.string(),
  level_dbm: z.number(),
  threshold_dbm: z.number().nullable(),
  modelled_dbm: z.number().nullable().describe('null: the run has no level there'),
  modelled_covered: z.boolean().nullable().describe('null: outside the grid of the run'),
  source: z.string(),
  synthetic: z.boolean(),
});
export type MeasurementPoint = z.infer<typeof measurementPoint>;
export const measurementList = list(measurementPoint).extend({
  run: coverageRun.nullable(),
  measured_from: z.string().describe('First day of the points that are listed'),
  ...provenance.shape,
});
export type MeasurementList = z.infer<typeof measurementList>;

/** Coverage of a district or the province: sums over its communes with a known status. */
export const unitCoverage = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  level: z.enum(['province', 'district']),
  ...coverageTotals.shape,
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
