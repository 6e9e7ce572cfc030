/**
 * What goes into a computation of radio and television coverage and what comes out: plain data and typed arrays only,
 * so both can be sent to a worker thread and back. Keys are column names, with their units.
 */
import type { CoverageCommune, NoTerrainArea } from '../rules/coverage-types.ts';
import type { TerrainRaster } from '../rules/levels/terrain-raster.ts';
import type { PopulationSources } from '../rules/population-weights.ts';
import type { LonLatMultiPolygon } from '../rules/projection.ts';
import type { BroadcastService, ThresholdSource } from '../rules/propagation/broadcast-thresholds.ts';
import type { FieldFlag } from '../rules/propagation/p1546.ts';

export interface BroadcastTransmitter {
  transmitter_id: number;
  service: BroadcastService;
  frequency_mhz: number;
  /** Effective radiated power relative to a half-wave dipole, W; taken alike in every direction. */
  erp_w: number;
  /** Antenna height above ground, m. */
  height_m: number;
  lon: number;
  lat: number;
  digital: boolean;
  /** Given with the transmitter, dBµV/m at 10 m; null = the published one of its service and band. */
  threshold_dbuv_m: number | null;
}

export interface BroadcastCommune extends CoverageCommune {
  /** Kind of commune in Vietnamese; decides which threshold of FM holds on its squares. */
  type: string;
}

/** Every assumption of the computation, recorded with it. */
export interface BroadcastParameters {
  /** EPSG code of the VN-2000 zone the grid is laid in. */
  grid_srid: number;
  /** Side of a grid square, m. */
  grid_m: number;
  time_pct: 50;
  location_pct: 50;
  /** The curves are for a receiver at this height, m. */
  receiver_height_m: 10;
  /** Nothing is computed farther than the curves go, km. */
  max_distance_km: number;
  /** Kinds of communes on whose squares the threshold of towns holds. */
  urban_types: readonly string[];
  /** What is interpolated and from what. */
  curves: string;
}

export interface BroadcastInput {
  communes: BroadcastCommune[];
  transmitters: BroadcastTransmitter[];
  /** null = no terrain: the antenna's height above ground stands for the effective height. */
  terrain: TerrainRaster | null;
  /** Where people live, as far as it is known; null = evenly over each commune. */
  population: PopulationSources | null;
  parameters: BroadcastParameters;
}

/** Where the computation was stretched, or which threshold it went by. */
export type BroadcastFlag =
  | FieldFlag
  /** No ground heights on any way. */
  | 'no_terrain'
  /** No ground heights on some of the ways. */
  | 'part_without_terrain'
  /** The threshold is that of the square's surroundings: country or town. */
  | 'threshold_by_surroundings'
  /** The threshold was given with the transmitter. */
  | 'threshold_given'
  /** The published threshold was not confirmed against its source. */
  | 'threshold_unconfirmed'
  /** Of a union: transmitters of the service that could not be computed are not in it. */
  | 'some_not_computed';

/** Why nothing was computed: AM is outside P.1546; no threshold is known; the frequency is outside P.1546. */
export type NotComputedReason = 'am_not_modelled' | 'no_threshold' | 'frequency_outside_model';

/** Numerators and denominators; the numerators are null when nothing was computed. */
export interface ServedFigures {
  population: number;
  people_covered: number | null;
  pct_pop: number | null;
  area_km2: number;
  area_covered_km2: number | null;
  pct_area: number | null;
}

export interface BroadcastAreaRow extends ServedFigures {
  service: BroadcastService;
  /** null: any transmitter of the service. */
  transmitter_id: number | null;
  /** GeoJSON MultiPolygon coordinates along the sides of the squares, lon/lat; empty where nothing is served. */
  polygons: LonLatMultiPolygon;
  threshold_dbuv_m: number | null;
  threshold_urban_dbuv_m: number | null;
  threshold_source: ThresholdSource | '';
  pct_terrain: number | null;
  flags: BroadcastFlag[];
  reason: NotComputedReason | null;
}

/** Any transmitter of a service in a commune; what is not known is null. */
export interface BroadcastCommuneRow {
  service: BroadcastService;
  commune_id: number;
  population: number | null;
  people_covered: number | null;
  pct_pop: number | null;
  area_km2: number | null;
  area_covered_km2: number | null;
  pct_area: number | null;
}

export interface BroadcastResult {
  model: string;
  model_version: string;
  parameters: BroadcastParameters & { population_method: string };
  areas: BroadcastAreaRow[];
  communes: BroadcastCommuneRow[];
  /** null = no terrain was used, or every height is known. */
  no_terrain: NoTerrainArea | null;
}
