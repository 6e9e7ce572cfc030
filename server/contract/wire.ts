import { z } from 'zod';
import { environments, mastClasses, siteStatuses, technologies } from './site-filter.ts';
import { typedLine, typedText } from './typed-text.ts';

/** Wire types: JSON keys are the column names, units in names. */
export const counts = z.object({
  sites: z.int().describe('Positions / vị trí trạm'),
  stations: z.int().describe('One operator’s service on a mast / trạm BTS'),
  cells: z.int().describe('One technology × band × azimuth of a station'),
});
export type Counts = z.infer<typeof counts>;

export const list = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    numberMatched: z.int(),
    numberReturned: z.int(),
    next_cursor: z.string().nullable(),
  });

/** What the answer was made from: stands in every answer with figures. */
export const provenance = z.object({
  at: z.string(),
  dataset_revision: z.int(),
  synthetic: z.boolean().describe('True when any counted row is made up for the demo'),
});

export const vintage = z.object({
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  districts: z.int(),
  communes: z.int(),
});
export type Vintage = z.infer<typeof vintage>;

export const adminUnit = z.object({
  id: z.int(),
  code: z.string(),
  level: z.enum(['province', 'district', 'commune', 'village']),
  type: z.string(),
  name: z.string(),
  parent_code: z.string().nullable(),
  parent_name: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  area_km2: z.number().nullable(),
  population: z.int().nullable(),
  population_year: z.int().nullable(),
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  synthetic: z.boolean(),
});
export type AdminUnit = z.infer<typeof adminUnit>;

export const operator = z.object({
  code: z.string(),
  name: z.string(),
  colour: z.string(),
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  successor: z.string().nullable(),
});
export type Operator = z.infer<typeof operator>;

/** One site in a list. Counts are of stations and cells on air at the date. */
export const siteItem = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  lon: z.number(),
  lat: z.number(),
  address: z.string(),
  commune_code: z.string().nullable(),
  commune_name: z.string().nullable(),
  district_code: z.string().nullable(),
  district_name: z.string().nullable(),
  environment: z.enum(environments),
  status: z.enum(siteStatuses),
  operators: z.array(z.string()),
  technologies: z.array(z.enum(technologies)),
  stations: z.int(),
  cells: z.int(),
  mast_class: z.enum(mastClasses).nullable(),
  mast_height_m: z.number().nullable(),
  certificate_expires: z.string().nullable(),
  position_flag: z.string().nullable(),
  synthetic: z.boolean(),
});
export type SiteItem = z.infer<typeof siteItem>;
export const siteList = list(siteItem).extend({ counts, ...provenance.shape, district_note: z.string().nullable() });
export type SiteList = z.infer<typeof siteList>;

export const cellDetail = z.object({
  id: z.int(),
  cell_code: z.string(),
  technology: z.enum(technologies),
  band_mhz: z.number().nullable(),
  azimuth_deg: z.number().nullable(),
  antenna_height_m: z.number().nullable(),
  tilt_deg: z.number().nullable(),
  gain_dbi: z.number().nullable(),
  power_w: z.number().nullable(),
  eirp_dbm: z.number().nullable(),
  beamwidth_deg: z.number().nullable(),
  value_source: z.enum(['reported', 'default']),
});
export const certificateDetail = z.object({
  no: z.string(),
  issuer: z.string(),
  issued: z.string(),
  expires: z.string(),
  days_left: z.int(),
  state: z.enum(['valid', 'due', 'expired']),
  shared: z.boolean(),
});
export const stationDetail = z.object({
  id: z.int(),
  operator: z.string(),
  operator_name: z.string(),
  operator_code: z.string(),
  mast_no: z.int().nullable(),
  bts_class: z.int().nullable(),
  equipment: z.string().nullable(),
  commissioned: z.string(),
  decommissioned: z.string().nullable(),
  cells: z.array(cellDetail),
  certificates: z.array(certificateDetail),
});
export const mastDetail = z.object({
  mast_no: z.int(),
  class: z.enum(mastClasses).nullable(),
  height_m: z.number().nullable(),
  on_building: z.boolean(),
  building_height_m: z.number().nullable(),
  owner: z.string().nullable(),
  permit_no: z.string().nullable(),
  permit_date: z.string().nullable(),
});
export const siteDetail = siteItem.extend({
  version: z.int(),
  at: z.string(),
  lat_dms: z.string(),
  lon_dms: z.string(),
  vn2000_x_north_m: z.number(),
  vn2000_y_east_m: z.number(),
  vn2000_epsg: z.int(),
  position_method: z.enum(['gps', 'map', 'declared']),
  accuracy_m: z.number().nullable(),
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  source: z.string(),
  masts: z.array(mastDetail),
  station_details: z.array(stationDetail),
  inspections: z.array(
    z.object({ inspected_on: z.string(), officer: z.string(), finding: z.string(), measures: z.string().nullable() }),
  ),
});
export type SiteDetail = z.infer<typeof siteDetail>;

/** Body of PATCH /sites/{id}: what may be edited over HTTP. */
export const siteEdit = z
  .strictObject({
    name: typedLine(200).optional(),
    address: typedLine(500).optional(),
    environment: z.enum(environments).optional(),
    status: z.enum(siteStatuses).optional(),
    lon: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
    why: typedText(500).min(1).describe('Reason, kept in the audit log'),
  })
  .refine((edit) => (edit.lon === undefined) === (edit.lat === undefined), {
    message: 'lon and lat go together',
    path: ['lon'],
  })
  .refine((edit) => Object.keys(edit).length > 1, { message: 'names nothing to change', path: [] });
export type SiteEdit = z.infer<typeof siteEdit>;

export const summaryGroup = z.object({
  code: z.string().nullable().describe('Unit, operator or technology; null: outside every unit'),
  name: z.string(),
  parent_code: z.string().nullable(),
  ...counts.shape,
});
export const indicator = z.object({
  indicator: z.string(),
  value: z.number().nullable(),
  text_value: z.string().nullable(),
  unit_of_measure: z.string(),
  year: z.int(),
  kind: z.enum(['reported', 'computed']),
  source: z.string(),
});
export const summary = z.object({
  at: z.string(),
  counts,
  district_centres: z.object({ total: z.int(), on_fibre: z.int(), dual: z.int() }),
  communes: z.object({
    total: z.int(),
    covered: z
      .int()
      .nullable()
      .describe('Communes covered by any operator in any technology; null when no run serves the day'),
    unknown: z
      .int()
      .nullable()
      .describe('Communes not covered in any technology of which it is not known in some; in neither part of a share'),
  }),
  by_district: z.array(summaryGroup),
  by_commune: z.array(summaryGroup),
  by_operator: z.array(summaryGroup.omit({ parent_code: true })),
  by_technology: z.array(summaryGroup.omit({ parent_code: true })),
  indicators: z.array(indicator),
  notes: z.array(z.string()),
  vintage: vintage.nullable(),
  dataset_revision: z.int(),
  synthetic: z.boolean(),
});
export type Summary = z.infer<typeof summary>;

export const coverageStatuses = ['covered', 'partial', 'uncovered', 'unknown'] as const;
export const communeCoverage = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  district_code: z.string().nullable(),
  district_name: z.string().nullable(),
  population: z.int().nullable(),
  people_covered: z.int().nullable(),
  pct_pop: z.number().nullable(),
  area_km2: z.number().nullable(),
  area_covered_km2: z.number().nullable(),
  pct_area: z.number().nullable(),
  people_at_least: z
    .int()
    .nullable()
    .describe('People covered for certain, also where a doubtful site makes the status unknown'),
  area_at_least_km2: z.number().nullable(),
  people_low: z.int().nullable().describe('People covered if every defaulted height and power were unfavourable'),
  people_high: z.int().nullable().describe('People covered if every defaulted height and power were favourable'),
  area_low_km2: z.number().nullable(),
  area_high_km2: z.number().nullable(),
  pct_terrain: z
    .number()
    .nullable()
    .describe('Share of the area with known ground height, percent; the rest is computed without terrain'),
  centre_covered: z.boolean().nullable(),
  status: z.enum(coverageStatuses),
  unknown_reason: z.enum(['population', 'boundary', 'doubtful_site', 'not_computed']).nullable(),
});
export type CommuneCoverage = z.infer<typeof communeCoverage>;
export const coverageRun = z.object({
  id: z.int(),
  at: z.string(),
  model: z.string(),
  model_version: z.string(),
  terrain_source: z.string().nullable().describe('null: none, ranges are capped and figures are rougher'),
  terrain: z.record(z.string(), z.unknown()).nullable(),
  no_terrain_km2: z
    .number()
    .nullable()
    .describe(
      'Ground without known height in a run over terrain, drawn by the tile layer no_terrain; null: none, or not kept',
    ),
  population_method: z.string().describe('raster, villages, habitable, uniform or mixed'),
  note: z.string().nullable().optional().describe('What a reader should know of the run'),
  created_at: z.string(),
  stale: z
    .boolean()
    .describe('The inventory changed after this run, or between the day asked for and the day of the run'),
  for_other_day: z
    .boolean()
    .describe('The figures are those of `at`, not of the day asked for: compute that day to have its own'),
  thresholds: z.record(z.string(), z.number()),
  parameters: z.record(z.string(), z.unknown()),
});
export type CoverageRun = z.infer<typeof coverageRun>;
export const coverageTotals = z.object({
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
  communes_unknown: z.int().describe('Unknown communes are in neither sum'),
  people_at_least: z.int().describe('People covered for certain in all communes, the unknown among them'),
  area_at_least_km2: z.number(),
});
/** operator: one operator's coverage; any: at least one operator; at_least_two: at least two operators. */
export const coverageScopes = ['operator', 'any', 'at_least_two'] as const;
export const communeCoverageList = list(communeCoverage).extend({
  operator: z.string().nullable().describe('null: any operator'),
  scope: z.enum(coverageScopes),
  technology: z.enum(technologies),
  run: coverageRun.nullable().describe('null: nothing was computed for this vintage, every commune is unknown'),
  totals: coverageTotals,
  ...provenance.shape,
});
export type CommuneCoverageList = z.infer<typeof communeCoverageList>;

export const gapKinds = ['gap', 'white', 'grey'] as const;
export const gapItem = z.object({
  id: z.int(),
  rank: z.int(),
  kind: z.enum(gapKinds),
  operator: z.string().nullable(),
  technology: z.enum(technologies),
  area_km2: z.number(),
  people: z.int(),
  people_incomplete: z.boolean().describe('People is a lower bound: part of the gap has no known population'),
  communes: z.array(z.object({ code: z.string(), name: z.string() })),
  lon: z.number(),
  lat: z.number(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  nearest_site_code: z.string().nullable(),
  nearest_site_m: z.number().nullable(),
  nearest_node_code: z.string().nullable(),
  nearest_node_m: z.number().nullable(),
  village_count: z.int().nullable().describe('Villages inside; null when the inventory has no villages'),
  villages: z.array(z.string()).nullable().describe('Names of the villages inside, at most 50'),
});
export type GapItem = z.infer<typeof gapItem>;
export const gapList = list(gapItem).extend({
  run: coverageRun.nullable(),
  not_listed: z
    .object({
      least_km2: z.number().describe('Least area of a gap that is listed, the same for all, km²'),
      too_small: z.object({ patches: z.int(), area_km2: z.number(), people: z.int() }),
      doubtful: z
        .object({ area_km2: z.number(), people: z.int() })
        .describe('Not covered for certain, but a doubtful site might reach it'),
      people_incomplete: z.boolean().describe('People are a lower bound'),
    })
    .nullable()
    .describe(
      'The rest of what is not covered; null when no technology, or a district or a size is asked for, or the run did not sum it',
    ),
  ...provenance.shape,
});
export type GapList = z.infer<typeof gapList>;

export const fibreSpanItem = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  network: z.string(),
  start_node_id: z.int(),
  end_node_id: z.int(),
  start_node: z.string(),
  end_node: z.string(),
  operator: z.string().nullable(),
  deployment: z.enum(['duct', 'buried', 'aerial']).nullable(),
  length_m: z.number(),
  fibre_count: z.int().nullable(),
  status: z.enum(['planned', 'operational', 'decommissioned']),
  route_group: z.string().nullable(),
  bridge: z.boolean().describe('Cutting it isolates at least one district centre'),
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  synthetic: z.boolean(),
});
export type FibreSpanItem = z.infer<typeof fibreSpanItem>;
export const fibreNodeItem = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  network: z.string(),
  kind: z.enum(['core', 'district', 'commune', 'site', 'joint']),
  serves_unit_code: z.string().nullable(),
  operator: z.string().nullable(),
  status: z.enum(['planned', 'operational', 'decommissioned']),
  lon: z.number(),
  lat: z.number(),
  synthetic: z.boolean(),
});
export type FibreNodeItem = z.infer<typeof fibreNodeItem>;

/** RFC 9457 problem details as every error answer has them. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  request_id: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string(),
        value: z.unknown(),
        reason: z.string(),
        code: z.string().optional().describe('What is wrong, for programs'),
      }),
    )
    .optional(),
});
export type Problem = z.infer<typeof problem>;

/** One answer of GET /search. */
export const searchHit = z.object({
  kind: z.enum(['unit', 'site', 'node']),
  id: z.int(),
  code: z.string(),
  name: z.string(),
  detail: z.string(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  level: z.enum(['province', 'district', 'commune', 'village']).nullable(),
});
export type SearchHit = z.infer<typeof searchHit>;

/** Answer of GET /meta: what a client needs before it draws anything. */
export const meta = z.object({
  version: z.string(),
  today: z.string(),
  editing: z.boolean().describe('Edits over HTTP are possible with the edit token'),
  dataset_revision: z.int(),
  bounds: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .nullable()
    .describe('west, south, east, north of the communes in force today'),
  synthetic: z.boolean(),
});
export type Meta = z.infer<typeof meta>;
