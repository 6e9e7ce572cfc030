import { z } from 'zod';
import { day } from './dates.ts';
import { codeInBody, technologies } from './site-filter.ts';
import { typedLine, typedText } from './typed-text.ts';
import { coverageStatuses, list, provenance } from './wire.ts';

const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);
const antennaHeight = z.number().min(1).max(350);
const siteId = z.int().positive();
// In a body, not in a query: the schemas of the shared parameters are named as parameters.
const operator = codeInBody.optional().unwrap().optional().describe('Operator code; without it: any operator');
const district = codeInBody.optional().unwrap().optional().describe('Candidates in this district only');
/**
 * One planned change. add: a new three-sector site, or on an existing site (`site_id`: the masts of another operator);
 * move: the operator's cells of a site to another position; raise: another antenna height; remove: the operator leaves
 * the site; off: its cells of the technology are off air.
 */
export const plannedChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add'),
    site_id: siteId.optional(),
    lon: lon.optional(),
    lat: lat.optional(),
    antenna_height_m: antennaHeight.optional(),
    band_mhz: z.number().positive().max(100_000).optional(),
    eirp_dbm: z.number().min(-30).max(100).optional(),
    azimuths_deg: z
      .array(z.number().min(0).lt(360))
      .max(12)
      .optional()
      .describe('Empty: omnidirectional; default 0, 120, 240'),
  }),
  z.strictObject({ kind: z.literal('move'), site_id: siteId, lon, lat }),
  z.strictObject({ kind: z.literal('raise'), site_id: siteId, antenna_height_m: antennaHeight }),
  z.strictObject({ kind: z.literal('remove'), site_id: siteId }),
  z.strictObject({ kind: z.literal('off'), site_id: siteId }),
]);
export type PlannedChange = z.infer<typeof plannedChange>;

/** Body of POST /coverage/what-if. Without operator: any operator; an `add` is then of nobody in particular. */
export const whatIfRequest = z.strictObject({
  operator,
  technology: z.enum(technologies),
  at: day.optional(),
  changes: z.array(plannedChange).min(1).max(50),
  area: z.boolean().optional().describe('Also answer the covered area gained and lost as GeoJSON'),
});
export type WhatIfRequest = z.infer<typeof whatIfRequest>;
const reached = z.object({
  people_covered: z.int(),
  population: z.int(),
  area_covered_km2: z.number(),
  area_km2: z.number(),
});
export const whatIfCommune = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  population: z.int().nullable(),
  status_before: z.enum(coverageStatuses),
  status_after: z.enum(coverageStatuses),
  people_before: z.int().nullable().describe('null where the status is unknown, as the three after it'),
  people_after: z.int().nullable(),
  area_before_km2: z.number().nullable(),
  area_after_km2: z.number().nullable(),
});
const multiPolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(z.array(z.number())))),
});
/** What an `add` is computed with. */
const takenValues = z.object({
  change_no: z.int().describe('Place of the change among the changes, from 1'),
  antenna_height_m: z.number(),
  band_mhz: z.number(),
  eirp_dbm: z.number(),
  azimuths_deg: z.array(z.number()).describe('Empty: omnidirectional'),
});
export type TakenValues = z.infer<typeof takenValues>;
export const whatIfResult = z.object({
  operator: z.string().nullable(),
  technology: z.enum(technologies),
  before: reached,
  after: reached,
  delta: z
    .object({ people: z.int(), area_km2: z.number() })
    .describe('Over the communes known before and after: not after less before where one becomes unknown or known'),
  communes: z.array(whatIfCommune).describe('Those whose figures change, or become unknown or known'),
  gained: multiPolygon.nullable().describe('Only when asked for by `area`'),
  lost: multiPolygon.nullable(),
  taken: z
    .array(takenValues)
    .describe(
      'What each `add` is computed with, given or default; none in the result of a scenario from before it was kept',
    ),
  warnings: z.array(z.string()).describe('In the language asked for, also where the result was kept'),
  ...provenance.shape,
});
export type WhatIfResult = z.infer<typeof whatIfResult>;

/** Body of POST /coverage/suggest. */
export const suggestRequest = z.strictObject({
  operator,
  technology: z.enum(technologies),
  count: z.int().min(1).max(50),
  at: day.optional(),
  district,
  antenna_height_m: antennaHeight.optional(),
  spacing_urban_m: z
    .number()
    .min(0)
    .max(20_000)
    .optional()
    .describe('Least distance to another mast in towns, default 100'),
  spacing_rural_m: z
    .number()
    .min(0)
    .max(20_000)
    .optional()
    .describe('Least distance to another mast elsewhere, default 400'),
  sharing: z
    .enum(['first', 'only', 'never'])
    .optional()
    .describe('Existing masts, the operator’s own and others’: before free points (default), only, or not at all'),
});
export type SuggestRequest = z.infer<typeof suggestRequest>;
export const suggestionKinds = ['own', 'share', 'new'] as const;
export const suggestion = z.object({
  rank: z.int(),
  kind: z
    .enum(suggestionKinds)
    .describe('own: the technology at a site of the operator; share: a mast of others; new: a free point'),
  site_id: z.int().nullable(),
  site_code: z.string().nullable(),
  lon: z.number(),
  lat: z.number(),
  commune_code: z.string().nullable(),
  commune_name: z.string().nullable(),
  antenna_height_m: z.number(),
  people_gained: z.int().describe('Beyond those of the ranks before it'),
  area_gained_km2: z.number(),
  nearest_mast_m: z.number().nullable(),
  nearest_fibre_m: z.number().nullable(),
  nearest_fibre_code: z.string().nullable(),
  warnings: z
    .array(z.string())
    .describe(
      'That the height of the ground there, or of a quarter or more of the area in reach, is not known; as a what-if says',
    ),
});
export type Suggestion = z.infer<typeof suggestion>;
export type SuggestionKind = Suggestion['kind'];
export const suggestResult = z.object({
  items: z.array(suggestion),
  people_gained: z.int(),
  bound: z.object({
    guarantee: z
      .number()
      .describe('Greedy reaches at least this share of the best choice among the candidates: 1 - 1/e'),
    at_most_people: z.int().describe('No choice of as many candidates can gain more people'),
  }),
  candidates: z
    .object({
      own: z.int(),
      share: z.int(),
      new: z.int(),
      left_out: z.int().describe('Places that were not weighed: others near them look more promising'),
    })
    .describe('How many were weighed over the terrain, by kind; `bound` is about these'),
  before: reached,
  ...provenance.shape,
});
export type SuggestResult = z.infer<typeof suggestResult>;

/** Body of POST and PUT /coverage/scenarios. */
export const scenarioInput = z.strictObject({
  name: typedLine(200).min(1),
  note: typedText(4_000).optional(),
  at: day,
  operator,
  technology: z.enum(technologies),
  changes: z.array(plannedChange).min(1).max(50),
});
export type ScenarioInput = z.infer<typeof scenarioInput>;
export const scenario = z.object({
  id: z.int(),
  name: z.string(),
  note: z.string(),
  at: z.string(),
  operator: z.string().nullable(),
  technology: z.enum(technologies),
  changes: z.array(plannedChange),
  result: whatIfResult.nullable(),
  result_stale: z.boolean().describe('The inventory changed after the result was computed'),
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Scenario = z.infer<typeof scenario>;
export const scenarioList = list(scenario);
export type ScenarioList = z.infer<typeof scenarioList>;

/** Answer of GET /coverage/scenarios/compare: several scenarios computed now, over the communes known in all of them. */
export const scenarioComparison = z.object({
  items: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      at: z.string(),
      operator: z.string().nullable(),
      technology: z.enum(technologies),
      changes: z.int().describe('How many changes it has'),
      before: reached,
      after: reached,
      delta: z.object({ people: z.int(), area_km2: z.number() }),
      warnings: z.array(z.string()),
    }),
  ),
  communes: z
    .array(
      z.object({
        id: z.int(),
        code: z.string(),
        name: z.string(),
        population: z.int().nullable(),
        area_km2: z.number(),
        figures: z
          .array(
            z.object({
              people_before: z.int(),
              people_after: z.int(),
              area_before_km2: z.number(),
              area_after_km2: z.number(),
            }),
          )
          .describe('One for each scenario, in the order of items'),
      }),
    )
    .describe('Those whose figures any of the scenarios changes'),
  communes_compared: z.int().describe('Communes in the sums: known before and after in every scenario'),
  dataset_revision: z.int(),
  synthetic: z.boolean(),
});
export type ScenarioComparison = z.infer<typeof scenarioComparison>;
