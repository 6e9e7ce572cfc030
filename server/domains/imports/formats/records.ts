import type { MultiPolygon, Point, Position } from 'geojson';
import type { JsonObject } from './json-values.ts';

/*
 * What the formats make. Values are already typed, composed (NFC) and in WGS 84 degrees; what the file said is kept where a
 * reading was needed (`source_text`). `row` is the row of the file that a person would look up: the spreadsheet row for CSV
 * (header = 1), the 1-based place of the feature, node or span in its array for JSON.
 */

export type UnitLevel = 'province' | 'district' | 'commune' | 'village';

/** One administrative unit of one vintage. */
export interface BoundaryRecord {
  row: number;
  level: UnitLevel;
  code: string;
  /** Full name as decreed: `Xã Hùng Long`. */
  name: string;
  /** `Xã`, `Phường`, `Thị trấn`, `Huyện`, …; null when neither a field nor the name tells it. */
  type: string | null;
  parent_code: string | null;
  /** Name of the parent where the file names it (communes of 2009): lets the loader make the districts. */
  parent_name: string | null;
  province_code: string | null;
  /** Rings closed, exterior counter-clockwise, lon/lat; null for a unit without a polygon. */
  geometry: MultiPolygon | null;
  centre: Point | null;
  /** ISO day; null when neither the file nor its known vintage tells it. */
  valid_from: string | null;
  /** ISO day, exclusive. */
  valid_to: string | null;
  /** By year: `{ "2009": 13500 }`. */
  population: Record<string, number>;
  households: Record<string, number>;
  source: string | null;
  synthetic: boolean;
}

export type Technology = '2G' | '3G' | '4G' | '5G';
export type MastClass = 'A1a' | 'A1b' | 'A2a' | 'A2b' | 'A2c';

/** One row of the own sites CSV: one station × technology × band; one cell for each entry of `azimuths_deg`. */
export interface SiteCellRecord {
  row: number;
  site_code: string;
  site_name: string;
  lon: number;
  lat: number;
  /** Coordinates as received; metres in `source_x`, `source_y` (easting, northing) with their SRID when they were VN-2000. */
  source_text: string;
  source_x: number | null;
  source_y: number | null;
  source_srid: number | null;
  position_method: 'gps' | 'map' | 'declared' | null;
  accuracy_m: number | null;
  address: string | null;
  commune_code: string | null;
  environment: 'urban' | 'suburban' | 'rural' | 'open' | null;
  site_status: 'planned' | 'active' | 'suspended' | 'removed' | null;
  site_from: string | null;
  site_to: string | null;
  mast_no: number | null;
  mast_class: MastClass | null;
  mast_height_m: number | null;
  on_building: boolean | null;
  building_height_m: number | null;
  mast_owner: string | null;
  permit_no: string | null;
  permit_date: string | null;
  /** Operator code or name as written; null for a site without stations. The loader knows the operators. */
  operator: string | null;
  operator_code: string | null;
  bts_class: 1 | 2 | null;
  equipment: string | null;
  commissioned: string | null;
  decommissioned: string | null;
  /** Null for a station without cells. */
  technology: Technology | null;
  band_mhz: number | null;
  /** One cell each; `[null]` is one omnidirectional cell; empty when there is no technology. */
  azimuths_deg: (number | null)[];
  antenna_height_m: number | null;
  tilt_deg: number | null;
  gain_dbi: number | null;
  power_w: number | null;
  eirp_dbm: number | null;
  beamwidth_deg: number | null;
  cell_from: string | null;
  cell_to: string | null;
  certificate_no: string | null;
  certificate_issuer: string | null;
  certificate_issued: string | null;
  certificate_expires: string | null;
  synthetic: boolean;
}

/** One OpenCelliD row: a cell, not a tower. */
export interface OpenCellRecord {
  row: number;
  radio: string;
  technology: Technology;
  mcc: number;
  net: number;
  area: number;
  cell: number;
  unit: number | null;
  lon: number;
  lat: number;
  range_m: number | null;
  samples: number | null;
  /** True when the position is the mean of measurements, false when the operator gave it. */
  changeable: boolean | null;
  /** ISO days, UTC. */
  created: string | null;
  updated: string | null;
  /** Operator code where mcc-net is Vietnamese; otherwise null. */
  operator: string | null;
  /** Name of the network where the file has one. */
  network_name: string | null;
  /** `452-4@105.402000,21.322000`: rows with one key make one site with one station (see opencellid-csv.ts). */
  site_key: string;
}

export type NodeKind = 'core' | 'district' | 'commune' | 'site' | 'joint';
export type FibreStatus = 'planned' | 'operational' | 'decommissioned';

/** What a node was, and where, that was made one with another. */
export interface FormerNodeRecord {
  code: string;
  kind: NodeKind;
  serves_unit_code: string | null;
  location: Point;
}

export interface FibreNodeRecord {
  row: number;
  /** The list that `row` counts in (see RowError). */
  scope: string | null;
  code: string;
  name: string | null;
  kind: NodeKind;
  serves_unit_code: string | null;
  /** Operator as the file names it: the organisation's id, and its name when given. */
  operator: string | null;
  operator_name: string | null;
  /** Null when the file gives no location: such a node can be referred to but not drawn. */
  geometry: Point | null;
  status: FibreStatus;
  synthetic: boolean;
  /** Nodes that were made one with it by repairs: what they served, it serves. */
  former: FormerNodeRecord[];
  /** The node object as received, without its location: what no column holds is given back by the export. */
  ofds: JsonObject;
}

export interface FibreSpanRecord {
  row: number;
  /** The list that `row` counts in (see RowError). */
  scope: string | null;
  code: string;
  name: string | null;
  start_node_code: string;
  end_node_code: string;
  /** The route; when the file has none, the straight line between the two nodes (`route_is_straight`), or null. */
  geometry: { type: 'LineString'; coordinates: Position[] } | null;
  route_is_straight: boolean;
  operator: string | null;
  operator_name: string | null;
  deployment: 'duct' | 'buried' | 'aerial' | null;
  length_m: number | null;
  fibre_count: number | null;
  status: FibreStatus;
  route_group: string | null;
  valid_from: string | null;
  valid_to: string | null;
  synthetic: boolean;
  /** The span object as received, without its route, its ends by id. */
  ofds: JsonObject;
}

/** One network with what of it could be read. */
export interface FibreNetworkRecord {
  row: number;
  code: string;
  name: string;
  /** Version of the Open Fibre Data Standard that the file declares, if any: `0.3.0`. */
  standard_version: string | null;
  /** The network object as received, without its nodes and spans. */
  ofds: JsonObject;
  nodes: FibreNodeRecord[];
  spans: FibreSpanRecord[];
}

/** What an operator declares of a commune. */
export interface ClaimRecord {
  row: number;
  /** Operator code or name as written. The loader knows the operators, and the communes of the day. */
  operator: string;
  technology: Technology;
  commune_code: string;
  /** ISO day. */
  as_of: string;
  covered: boolean;
  /** Declared share of people, percent. */
  pct_pop: number | null;
  source: string | null;
  synthetic: boolean;
}

/** One drive-test point. */
export interface MeasurementRecord {
  row: number;
  lon: number;
  lat: number;
  /** As received. */
  source_text: string;
  /** ISO moment in UTC. */
  measured_at: string;
  /** Operator code or name as written, or the code of the network's operator. */
  operator: string;
  technology: Technology;
  /** Level of the technology's reference signal. */
  level_dbm: number;
  source: string | null;
  synthetic: boolean;
}

/** One radio or television transmitter. */
export interface TransmitterRecord {
  row: number;
  code: string;
  name: string;
  service: 'fm' | 'am' | 'tv';
  frequency_mhz: number;
  /** Effective radiated power relative to a half-wave dipole. */
  erp_w: number;
  /** Antenna above the ground. */
  height_m: number;
  lon: number;
  lat: number;
  /** ISO day; as the row tells it, else the options, else 1990-01-01. */
  valid_from: string;
  /** ISO day, exclusive. */
  valid_to: string | null;
  operator: string | null;
  polarisation: 'horizontal' | 'vertical' | 'mixed' | null;
  /** Digital television. */
  digital: boolean;
  /** Field strength that counts as served, where it is told. */
  threshold_dbuv_m: number | null;
  declared_pct_area: number | null;
  declared_pct_pop: number | null;
  declared_source: string | null;
  synthetic: boolean;
}

/** One village. */
export interface VillageRecord {
  row: number;
  /** As given, or made up of commune and name. */
  code: string;
  name: string;
  /** `Thôn`, `Khu`, …; '' when the name does not tell it. */
  type: string;
  /** The loader knows the communes. */
  commune_code: string;
  lon: number;
  lat: number;
  population: number | null;
  households: number | null;
  /** Year of the figures. */
  year: number;
  source: string | null;
  synthetic: boolean;
}

/** A road, railway or power line along which new cable may be planned. */
export interface CandidateLineRecord {
  row: number;
  kind: 'road' | 'rail' | 'power' | 'other';
  name: string;
  geometry: { type: 'LineString'; coordinates: Position[] };
  source: string | null;
  synthetic: boolean;
}

/** One piece of ground where people live. */
export interface HabitableRecord {
  row: number;
  name: string;
  geometry: MultiPolygon;
  source: string | null;
  synthetic: boolean;
}

/** Kinds of record and their types: the loader switches on the kind. */
export interface RecordOf {
  boundary: BoundaryRecord;
  site_cell: SiteCellRecord;
  open_cell: OpenCellRecord;
  fibre_network: FibreNetworkRecord;
  claim: ClaimRecord;
  measurement: MeasurementRecord;
  transmitter: TransmitterRecord;
  village: VillageRecord;
  habitable: HabitableRecord;
  candidate_line: CandidateLineRecord;
}
