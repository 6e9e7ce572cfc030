import { z } from 'zod';
import { day } from './dates.ts';
import { codeInBody, siteFilterShape } from './site-filter.ts';
import { typedText } from './typed-text.ts';
import { list, provenance } from './wire.ts';

export const connectivityStatuses = ['none', 'single', 'dual'] as const;

/**
 * Whose network is looked at. together: everybody's, as recorded; operator: one operator's alone; sharing: as if nodes of
 * different operators at one place were one.
 */
export const networkViews = ['together', 'operator', 'sharing'] as const;
export type NetworkViewName = (typeof networkViews)[number];
/** What is asked for: an operator named is the network of that operator alone. */
export const askedViews = ['together', 'sharing'] as const;

/** Places are drawn together, so that all sites of a province come in one answer. */
export const placesLimit = z.coerce
  .number()
  .int()
  .min(1)
  .max(10_000)
  .default(100)
  .describe('At most this many places / Số nơi tối đa');

/** How much of a year a place is cut off by failures of cable. */
export const availability = z.object({
  unavailability: z.number().describe('Share of time, 0 to 1'),
  minutes_per_year: z.number(),
  method: z.enum(['exact', 'monte_carlo']),
  standard_error: z.number().describe('One standard deviation of unavailability; 0 when exact'),
});
export type Availability = z.infer<typeof availability>;
/** Failure rates and repair time used, with where they are from. */
export const failureModel = z.object({
  failures_per_1000_km_year: z.object({ duct: z.number(), buried: z.number(), aerial: z.number() }),
  mttr_h: z.number(),
  sources: z.record(z.string(), z.string()),
});

export const fibrePath = z.object({
  length_km: z.number(),
  hops: z.int(),
  span_ids: z.array(z.int()),
  bbox: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .nullable()
    .describe('West, south, east, north of its spans as drawn; null when it has none'),
});
const namedRisk = z.object({
  span_ids: z.array(z.int()),
  route_group: z.string().nullable(),
  label: z.string(),
});
export type FibrePath = z.infer<typeof fibrePath>;
const shortestKm = z.number().nullable().describe('Shortest way to the core; null when there is none');
const districtPaths = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  centre_name: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  status: z.enum(connectivityStatuses),
  length_km: shortestKm,
  bridges: z.array(namedRisk).describe('Each risk whose single cut isolates the centre'),
  paths: z
    .array(fibrePath)
    .describe(
      'The two ways to the core that share least, the shorter first: fewest risks in common, then fewest spans, then least total length; only one where there is no other way',
    ),
  paths_shared: z.array(namedRisk).describe('Each risk that both paths use, those that isolate the centre among them'),
  paths_disjoint: z.boolean().describe('The two paths share no risk: no span and no route group'),
});
const ways = {
  edge_disjoint: z
    .int()
    .nullable()
    .describe('Ways to the core without a common span, at most 4; null at a core itself'),
  node_disjoint: z
    .int()
    .nullable()
    .describe('Ways to the core without a common node, at most 4; null at a core itself'),
  availability: availability.nullable(),
};
/** Answer item of GET /connectivity/districts. */
export const districtConnectivity = districtPaths.extend(ways);
export type DistrictConnectivity = z.infer<typeof districtConnectivity>;
export const districtConnectivityList = list(districtConnectivity).extend({
  view: z.enum(networkViews),
  operator: z.string().nullable(),
  totals: z.object({ total: z.int(), on_fibre: z.int(), dual: z.int(), single: z.int(), none: z.int() }),
  failure_model: failureModel,
  district_note: z.string().nullable(),
  ...provenance.shape,
});
export type DistrictConnectivityList = z.infer<typeof districtConnectivityList>;

const nearest = {
  nearest_cable_m: z.number().nullable(),
  nearest_node_m: z.number().nullable(),
  nearest_node_code: z.string().nullable(),
};
const onRing = z
  .int()
  .describe(
    'On a closed ring of cable: parallel spans of one route group are one, a ring of more nodes may share ducts',
  );
/** A commune centre or a site, with its way to the core and the nearest fibre. */
export const placeConnectivity = z.object({
  kind: z.enum(['commune', 'site']),
  id: z.int(),
  code: z.string(),
  name: z.string(),
  district_name: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  population: z.int().nullable(),
  status: z.enum(connectivityStatuses),
  length_km: shortestKm,
  ...nearest,
});
export type PlaceConnectivity = z.infer<typeof placeConnectivity>;
export const placeConnectivityList = list(placeConnectivity).extend({
  view: z.enum(networkViews),
  operator: z.string().nullable(),
  totals: z.object({
    total: z.int(),
    on_fibre: z.int(),
    on_ring: onRing,
    dual: z.int(),
    single: z.int(),
    none: z.int(),
  }),
  ...provenance.shape,
});
export type PlaceConnectivityList = z.infer<typeof placeConnectivityList>;
/** Answer of GET /connectivity/{communes,sites}/{id}. */
export const placeDetail = placeConnectivity.extend({
  bridges: districtPaths.shape.bridges,
  paths: districtPaths.shape.paths,
  paths_shared: districtPaths.shape.paths_shared,
  paths_disjoint: districtPaths.shape.paths_disjoint,
  ...ways,
  ...provenance.shape,
});
export type PlaceDetail = z.infer<typeof placeDetail>;

const lengthFigure = z.object({ spans: z.int(), route_km: z.number(), cable_km: z.number() });
const reachFigure = z.object({ total: z.int(), on_fibre: z.int(), on_ring: onRing });
const networkShape = z.object({
  class: z.enum(['none', 'star', 'tree', 'ring', 'mesh']),
  nodes: z.int(),
  spans: z.int(),
  components: z.int(),
  rings: z.int(),
  nodes_on_ring: z.int(),
  bridges: z.int().describe('Spans whose cut divides the network; parallel spans of one route group are one'),
  articulation_points: z.int(),
  blocks: z.int().describe('Parts that no single risk divides'),
});
/** Answer of GET /connectivity/figures. */
export const networkFigures = z.object({
  view: z.enum(networkViews),
  operator: z.string().nullable(),
  lengths: lengthFigure.extend({
    by_deployment: z.object({ duct: lengthFigure, buried: lengthFigure, aerial: lengthFigure, unknown: lengthFigure }),
    underground_pct: z.number().nullable(),
  }),
  districts: reachFigure,
  communes: reachFigure,
  sites: reachFigure,
  shape: networkShape,
  operators: z.array(z.object({ operator: z.string().nullable(), shape: networkShape, lengths: lengthFigure })),
  failure_model: failureModel,
  issues: z.array(z.object({ table: z.string(), id: z.int(), field: z.string(), reason: z.string() })),
  ...provenance.shape,
});
export type NetworkFigures = z.infer<typeof networkFigures>;

/** Answer of GET /connectivity/risks: the single cuts that lose most, and the pair that loses most. */
export const riskRanking = z.object({
  view: z.enum(networkViews),
  operator: z.string().nullable(),
  singles: z.array(
    namedRisk.extend({
      rank: z.int(),
      district_centres: z.array(z.string()),
      communes: z.int(),
      people: z.int(),
      length_km: z.number().describe('Length of route: cables in one duct count once'),
    }),
  ),
  numberMatched: z.int().describe('Risks whose single cut loses something'),
  pair: z
    .object({
      risks: z.array(namedRisk),
      district_centres: z.array(z.string()),
      communes: z.int(),
      people: z.int(),
      exact: z.boolean(),
      bound_people: z.int().describe('No pair loses more people'),
    })
    .nullable(),
  ...provenance.shape,
});
export type RiskRanking = z.infer<typeof riskRanking>;

/** A GeoJSON polygon in lon, lat. */
export const areaPolygon = z.strictObject({
  type: z.literal('Polygon'),
  coordinates: z
    .array(
      z
        .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
        .min(4)
        .max(2_000),
    )
    .min(1)
    .max(20),
});

/** Body of POST /connectivity/cut. */
export const cutRequest = z.strictObject({
  at: day.optional(),
  spans: z.array(z.int()).max(1_000).optional(),
  route_groups: z.array(z.string().max(200)).max(1_000).optional(),
  nodes: z.array(z.int()).max(1_000).optional(),
  area: areaPolygon.optional().describe('Everything that lies in it or crosses it fails: a flood, a landslide'),
  view: z.enum(askedViews).optional(),
  operator: codeInBody.optional(),
  unknown: z
    .enum(['refuse', 'skip'])
    .optional()
    .describe(
      'What of spans, route groups and nodes the network does not have: a 404 that names it (default), or left out and listed',
    ),
});
export const cutResult = z.object({
  lost: z.object({
    district_centres: z.array(z.string()),
    communes: z.array(z.string()),
    sites: z.int(),
    people: z.int(),
  }),
  rerouted: z.array(
    z.object({
      code: z.string(),
      length_km_before: z.number(),
      length_km_after: z.number(),
      hops_before: z.int(),
      hops_after: z.int(),
      span_ids: fibrePath.shape.span_ids.describe('The new shortest way, from the centre to the core'),
      bbox: fibrePath.shape.bbox,
    }),
  ),
  cut: z
    .object({ spans: z.array(z.int()), nodes: z.array(z.int()) })
    .describe('All that failed, with what the area and the route groups added'),
  unknown: z
    .object({ spans: z.array(z.int()), route_groups: z.array(z.string()), nodes: z.array(z.int()) })
    .describe('What was asked for and is not in the network of the day'),
  lost_ids: z.object({ districts: z.array(z.int()), communes: z.array(z.int()), sites: z.array(z.int()) }),
});
export type CutResult = z.infer<typeof cutResult>;

export const topologyKinds = [
  'duplicate_network',
  'missing_geometry',
  'missing_node',
  'crosses_antimeridian',
  'end_far_from_node',
  'self_crossing',
  'zero_length',
  'duplicate_nodes',
  'dangling_end',
  'unused_node',
] as const;
export const topologyFinding = z.object({
  key: z.string().describe('Names the finding as long as its rows do not change'),
  kind: z.enum(topologyKinds),
  table: z.enum(['fibre_network', 'fibre_node', 'fibre_span']),
  ids: z.array(z.int()),
  codes: z.array(z.string()),
  network: z.string().nullable(),
  detail_m: z.number().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  proposal: z.object({ action: z.string() }).loose().nullable().describe('null: a person has to decide what is right'),
  sentence: z.string().describe('What is wrong and what the repair would do'),
});
export type TopologyFindingItem = z.infer<typeof topologyFinding>;
/** Metres within which nodes are taken for one: from a surveyed drawing to positions rounded to 3 decimals (157 m on the diagonal). */
const snappingLimits = { least: 1, most: 200 };
/** As a query parameter. */
export const snappingTolerance = z.coerce.number().min(snappingLimits.least).max(snappingLimits.most);
export const topologyList = list(topologyFinding).extend({
  counts: z.record(z.string(), z.int()),
  tolerance_m: z.number().describe('The snapping tolerance that the list was made with'),
  tolerances: z
    .record(z.string(), z.number())
    .describe(
      'Metres: snap_m nodes this near are one; end_m a line may end this far from its node; reach_m a loose end this near to the network is joined to it; extend_m up to here a line is prolonged; zero_m a shorter line has no length. The first three go with tolerance_m',
    ),
  dataset_revision: z.int(),
});
export type TopologyList = z.infer<typeof topologyList>;
/** Body of POST /connectivity/topology/repairs (edit token). */
export const repairRequest = z.strictObject({
  keys: z.array(z.string().max(100)).min(1).max(1_000),
  tolerance_m: z
    .number()
    .min(snappingLimits.least)
    .max(snappingLimits.most)
    .optional()
    .describe('As the list was asked with: which findings there are depends on it'),
  why: typedText(1_000).optional(),
});
export const repairResult = z.object({ applied: z.int(), passed_over: z.array(z.string()), dataset_revision: z.int() });

/** Query of GET /connectivity/plan and of its exports. */
export const planShape = {
  at: siteFilterShape.at,
  goal: z
    .enum(['dual', 'extend'])
    .describe('dual: two independent ways for every district centre; extend: fibre to every commune centre'),
  view: z.enum(askedViews).optional(),
  operator: siteFilterShape.operator,
  along: z.enum(['straight', 'lines']).optional().describe('straight lines, or along imported roads and railways'),
  deployment: z.enum(['duct', 'buried', 'aerial']).optional(),
  max_hop_m: z.coerce.number().min(100).max(200_000).optional(),
  cost_per_m: z.coerce.number().min(0).max(1_000_000).optional(),
};
export const planSpan = z.object({
  no: z.int(),
  start_code: z.string().nullable().describe('Node, district or commune it starts at; null: a junction'),
  start_name: z.string().nullable(),
  start_network: z.string().nullable().describe('Code of the network of that node; null: no node'),
  end_code: z.string().nullable(),
  end_name: z.string().nullable(),
  end_network: z.string().nullable(),
  length_m: z.number(),
  cost: z.number(),
  deployment: z.enum(['duct', 'buried', 'aerial']),
  coordinates: z.array(z.tuple([z.number(), z.number()])),
});
export const connectivityPlan = z.object({
  goal: z.enum(['dual', 'extend']),
  view: z.enum(networkViews),
  operator: z.string().nullable(),
  along: z.enum(['straight', 'lines']),
  deployment: z.enum(['duct', 'buried', 'aerial']),
  max_hop_m: z.number(),
  cost_per_m: z.number(),
  currency: z.string(),
  cost_source: z.string(),
  spans: z.array(planSpan),
  cost: z.number(),
  length_m: z.number(),
  exact: z.boolean().describe('Proven the cheapest among the candidate lines'),
  lower_bound: z.number().describe('No plan among the candidate lines costs less'),
  factor: z.number().nullable().describe('What the method guarantees beforehand: cost at most so many times the least'),
  wanted: z.int().describe('Places that need something'),
  impossible: z.array(z.string()).describe('Places no candidate line can help'),
  candidates: z.int(),
  ...provenance.shape,
});
export type ConnectivityPlan = z.infer<typeof connectivityPlan>;
