import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import * as contract from '../contract/index.ts';

const wholeList = contract.list;
const asAt = contract.provenance.omit({ synthetic: true }).shape;

const position = z.tuple([z.number(), z.number()]);
const point = z.object({ type: z.literal('Point'), coordinates: position });
const lineString = z.object({ type: z.literal('LineString'), coordinates: z.array(position) });
/** A line, in parts where it crosses the antimeridian (RFC 7946, 3.1.9). */
const course = z.union([
  lineString,
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(position)) }),
]);
const multiPolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(position))),
});

/** A list of things with an identity, as the contract describes it. */
type ListSchema = z.ZodObject<{ items: z.ZodArray<z.ZodObject<{ id: z.ZodInt }>> }>;

/** The GeoJSON form of a list: what stands beside `items` in JSON stands beside `features` here (RFC 7946, lon/lat). */
function featureCollection(list: ListSchema, geometry: z.ZodType) {
  const properties = list.shape.items.element.omit({ id: true });
  const feature = z.object({ type: z.literal('Feature'), id: z.int(), geometry, properties });
  return z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(feature),
    ...list.omit({ items: true }).shape,
  });
}

const unitList = wholeList(contract.adminUnit).extend(asAt);
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
  AdminUnitList: unitList,
  AdminUnitFeatureCollection: featureCollection(unitList, multiPolygon.nullable()),
  Operator: contract.operator,
  OperatorList: wholeList(contract.operator),
  Site: contract.siteItem,
  SiteList: contract.siteList,
  SiteFeatureCollection: featureCollection(contract.siteList, point),
  SiteDetail: contract.siteDetail,
  SiteEdit: contract.siteEdit,
  SiteEdited: z.object({ id: z.int(), version: z.int(), dataset_revision: z.int() }),
  Summary: contract.summary,
  Meta: contract.meta,
  CoverageRun: contract.coverageRun,
  TerrainTile: contract.terrainTile,
  TerrainReport: contract.terrainReport,
  CommuneCoverage: contract.communeCoverage,
  CommuneCoverageList: contract.communeCoverageList,
  CommuneCoverageFeatureCollection: featureCollection(contract.communeCoverageList, multiPolygon.nullable()),
  Gap: contract.gapItem,
  GapList: contract.gapList,
  GapDetail: contract.gapItem.extend({ geometry: multiPolygon, ...contract.provenance.shape }),
  CoverageJob: contract.coverageJob,
  CoverageJobList: contract.coverageJobList,
  CoverageJobRequest: contract.coverageJobRequest,
  UnitCoverage: contract.unitCoverage,
  UnitCoverageList: contract.unitCoverageList,
  UnitCoverageFeatureCollection: featureCollection(contract.unitCoverageList, multiPolygon.nullable()),
  GapFeatureCollection: featureCollection(contract.gapList, multiPolygon),
  CommuneEvidence: contract.communeEvidence,
  Disagreement: contract.disagreement,
  DisagreementList: contract.disagreementList,
  DisagreementFeatureCollection: featureCollection(contract.disagreementList, point.nullable()),
  Measurement: contract.measurementPoint,
  MeasurementList: contract.measurementList,
  MeasurementFeatureCollection: featureCollection(contract.measurementList, point),
  WhatIfRequest: contract.whatIfRequest,
  WhatIfResult: contract.whatIfResult,
  SuggestRequest: contract.suggestRequest,
  SuggestResult: contract.suggestResult,
  CoverageSpot: contract.coverageSpot,
  RadioPath: contract.radioPath,
  ScenarioInput: contract.scenarioInput,
  Scenario: contract.scenario,
  ScenarioList: contract.scenarioList,
  ScenarioComparison: contract.scenarioComparison,
  DistrictConnectivity: contract.districtConnectivity,
  DistrictConnectivityList: contract.districtConnectivityList,
  DistrictConnectivityFeatureCollection: featureCollection(contract.districtConnectivityList, point.nullable()),
  CutRequest: contract.cutRequest,
  CutResult: contract.cutResult,
  PlaceConnectivityList: contract.placeConnectivityList,
  PlaceConnectivityFeatureCollection: featureCollection(contract.placeConnectivityList, point.nullable()),
  PlaceDetail: contract.placeDetail,
  NetworkFigures: contract.networkFigures,
  RiskRanking: contract.riskRanking,
  ConnectivityPlan: contract.connectivityPlan,
  TopologyList: contract.topologyList,
  RepairRequest: contract.repairRequest,
  RepairResult: contract.repairResult,
  FibreSpan: contract.fibreSpanItem,
  FibreSpanList: spanList,
  FibreSpanFeatureCollection: featureCollection(spanList, course),
  FibreSpanDetail: contract.fibreSpanItem.extend({ geometry: course }),
  FibreNode: contract.fibreNodeItem,
  FibreNodeList: nodeList,
  FibreNodeFeatureCollection: featureCollection(nodeList, point),
  Transmitter: contract.transmitterItem,
  BroadcastRun: contract.broadcastRun,
  BroadcastUnion: contract.broadcastUnion,
  TransmitterList: contract.transmitterList,
  TransmitterFeatureCollection: featureCollection(contract.transmitterList, point),
  BroadcastCommune: contract.broadcastCommune,
  BroadcastCommuneList: contract.broadcastCommuneList,
  BroadcastCommuneFeatureCollection: featureCollection(contract.broadcastCommuneList, multiPolygon.nullable()),
  BroadcastRunRequest: contract.broadcastRunRequest,
  BroadcastRunDone: contract.broadcastRunDone,
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
