import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import * as contract from '../contract/index.ts';

const wholeList = contract.list;
const asAt = contract.provenance.omit({ synthetic: true }).shape;

const point = z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) });
const lineString = z.object({
  type: z.literal('LineString'),
  coordinates: z.array(z.tuple([z.number(), z.number()])),
});

/** The GeoJSON form of a list: what stands beside `items` in JSON stands beside `features` here (RFC 7946, lon/lat). */
function featureCollection<G extends z.ZodType, P extends z.ZodType>(geometry: G, properties: P, about: z.ZodObject) {
  const feature = z.object({ type: z.literal('Feature'), id: z.int(), geometry, properties });
  return z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(feature),
    ...about.omit({ items: true }).shape,
  });
}

const spanList = wholeList(contract.fibreSpanItem).extend({
  length_m: z.number().describe('Length of all spans that the filter keeps, m'),
  ...contract.provenance.shape,
});
const nodeList = wholeList(contract.fibreNodeItem).extend(contract.provenance.shape);

/** Schemas with a name in the document. Answers that have no schema in the contract are put together from its parts. */
export const schemas = {
  Counts: contract.counts,
  Vintage: contract.vintage,
  VintageList: wholeList(contract.vintage),
  AdminUnit: contract.adminUnit,
  AdminUnitList: wholeList(contract.adminUnit).extend(asAt),
  Operator: contract.operator,
  OperatorList: wholeList(contract.operator),
  Site: contract.siteItem,
  SiteList: contract.siteList,
  SiteFeatureCollection: featureCollection(
    point,
    contract.siteItem.omit({ id: true, lon: true, lat: true }),
    contract.siteList,
  ),
  SiteDetail: contract.siteDetail,
  SiteEdit: contract.siteEdit,
  SiteEdited: z.object({ id: z.int(), version: z.int(), dataset_revision: z.int() }),
  Summary: contract.summary,
  Meta: contract.meta,
  CoverageRun: contract.coverageRun,
  CommuneCoverage: contract.communeCoverage,
  CommuneCoverageList: contract.communeCoverageList,
  Gap: contract.gapItem,
  GapList: contract.gapList,
  DistrictConnectivity: contract.districtConnectivity,
  DistrictConnectivityList: contract.districtConnectivityList,
  CutRequest: contract.cutRequest,
  CutResult: contract.cutResult,
  FibreSpan: contract.fibreSpanItem,
  FibreSpanList: spanList,
  FibreSpanFeatureCollection: featureCollection(lineString, contract.fibreSpanItem.omit({ id: true }), spanList),
  FibreSpanDetail: contract.fibreSpanItem.extend({ geometry: lineString }),
  FibreNode: contract.fibreNodeItem,
  FibreNodeList: nodeList,
  FibreNodeFeatureCollection: featureCollection(
    point,
    contract.fibreNodeItem.omit({ id: true, lon: true, lat: true }),
    nodeList,
  ),
  SearchAnswer: z.object({ items: z.array(contract.searchHit) }),
  Problem: contract.problem,
  TileJson: z.object({
    tilejson: z.literal('3.0.0'),
    name: z.string(),
    scheme: z.literal('xyz'),
    tiles: z.array(z.string()),
    minzoom: z.int(),
    maxzoom: z.int(),
    bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    vector_layers: z.array(
      z.object({
        id: z.string(),
        description: z.string(),
        minzoom: z.int(),
        maxzoom: z.int(),
        fields: z.record(z.string(), z.string()),
      }),
    ),
  }),
  Health: z.object({ status: z.literal('ok'), version: z.string() }),
  Readiness: z.object({
    status: z.literal('ready'),
    engine: z.enum(['postgres', 'embedded']),
    schema: z.string().describe('Fingerprint of the SQL files'),
  }),
} as const;

for (const [name, schema] of Object.entries(schemas)) zodToOpenAPIRegistry.add(schema, { _internal: { refId: name } });
