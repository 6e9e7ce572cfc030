/**
 * What goes into a coverage run and what comes out: plain data and typed arrays only, so both can be sent to a
 * worker thread and back. Keys are column names, with their units.
 */
import type { CommuneFigure, CommuneGround, CoverageTotals } from './commune-figures.ts';
import type { CoverageParameters, Technology } from './coverage-parameters.ts';
import type { GapKind } from './gaps.ts';
import type { GridFrame } from './grid.ts';
import type { LevelGrids } from './levels/level-types.ts';
import type { CellFlag, CellProblem, CellRadio } from './link-budget.ts';
import type { PathLossModel } from './path-loss.ts';
import type { LonLatMultiPolygon } from './projection.ts';

export interface CoverageCommune {
  commune_id: number;
  code: string;
  /** null = not known (the commune becomes "unknown"). */
  population: number | null;
  /** [lon, lat] of the commune's centre; null = not known. */
  centre: [number, number] | null;
  /** GeoJSON MultiPolygon coordinates, lon/lat; empty = boundary not known. */
  polygons: LonLatMultiPolygon;
}

/** One radio cell in service at the date of the run. */
export interface CoverageCell extends CellRadio {
  cell_id: number;
  operator_id: number;
  lon: number;
  lat: number;
  /** False for rounded, centroid or otherwise flagged positions: the cell covers nothing, it makes communes unknown. */
  position_trusted: boolean;
  /** How far off the position may be, m; null = the parameter `doubtful_position_m`. Used when not trusted. */
  accuracy_m: number | null;
}

/** An operator that a run computes for; without cells of a technology it covers 0 %. */
export interface RunOperator {
  operator_id: number;
  /** With a station on air: it counts in "any operator", "at least two" and grey spots. */
  on_air: boolean;
}

export interface CoverageInput {
  communes: CoverageCommune[];
  cells: CoverageCell[];
  /** Each is computed for every technology. Cells of other operators are not used. */
  operators: RunOperator[];
  parameters: CoverageParameters;
}

/** Whose coverage: one operator's, any operator's, or where at least two operators reach. */
export type CoverageScope = 'operator' | 'any' | 'at_least_two';

export interface CoverageKey {
  scope: CoverageScope;
  /** null unless `scope` is 'operator'. */
  operator_id: number | null;
  technology: Technology;
}

export interface CommuneCoverageRow extends CoverageKey, Omit<CommuneFigure, 'commune'> {
  commune_id: number;
  /** Share of the squares with a known ground height, %; null without squares. */
  pct_terrain: number | null;
}

/** A signal band that is somewhere reached. */
export interface CoverageAreaRow extends CoverageKey {
  /** Decibels above what counts as covered; 0 is the covered area itself. */
  level_db: number;
  /** MultiPolygon as hexadecimal WKB, smooth outlines, lon/lat; up to a square beyond the border of the communes. */
  wkb: string;
  /** Of the polygons. */
  area_km2: number;
  /** Certain to be valid as it is; otherwise that is to be looked at. */
  is_valid: boolean;
}

/** For scope 'operator' the kind is 'gap'; for scope 'any' it is 'white' or 'grey'. Ranked within key and kind. */
export interface GapRow extends CoverageKey {
  kind: GapKind;
  rank: number;
  area_km2: number;
  people: number;
  /** People are a lower bound: part of the gap is in a commune without a known population. */
  people_incomplete: boolean;
  /** Rising. */
  commune_codes: string[];
  /** MultiPolygon as hexadecimal WKB, along the sides of the squares, lon/lat. */
  wkb: string;
}

/** What of a key and kind is not covered for certain and yet no gap, in sums; a row for every key and kind. */
export interface UnlistedGapsRow extends CoverageKey {
  kind: GapKind;
  /** Patches below the least size of a gap. */
  small_patches: number;
  small_area_km2: number;
  small_people: number;
  /** But for doubtful sites that might reach it, it would be of the kind. */
  doubtful_area_km2: number;
  doubtful_people: number;
  /** People are a lower bound. */
  people_incomplete: boolean;
}

export interface CoverageTotalRow extends CoverageKey, CoverageTotals {}

/** What a cell was computed with by ranges alone. */
export interface SettledCell {
  cell_id: number;
  model: PathLossModel;
  band_mhz: number;
  antenna_height_m: number;
  eirp_dbm: number;
  range_max_m: number;
  /** False = left out of the coverage for its untrusted position. */
  used: boolean;
  flags: CellFlag[];
}

/** What a cell was computed with in a run, or why it was left out. */
export interface StoredCell {
  cell_id: number;
  operator_id: number;
  technology: Technology;
  /** null when the cell was refused, as the values below. */
  model: PathLossModel | null;
  band_mhz: number | null;
  antenna_height_m: number | null;
  eirp_dbm: number | null;
  uncertainty_db: number | null;
  range_max_m: number | null;
  /** False = left out of the coverage for its untrusted position or impossible values. */
  used: boolean;
  flags: CellFlag[];
  /** Impossible values; null = none. */
  problems: CellProblem[] | null;
  /** Equal signatures give equal levels under equal parameters and terrain. */
  signature: string;
}

/** An impossible value: the cell is left out and the communes it might reach become unknown. */
export interface RefusedCell extends CellProblem {
  cell_id: number;
}

/** What the figures of one operator × technology, or of several operators, are made from. */
export interface OperatorLevels {
  operator_id: number;
  /** Best of its bands. */
  levels: Uint8Array;
  /** null = no value of its cells is defaulted. */
  low: Uint8Array | null;
  high: Uint8Array | null;
  /** Squares that its doubtful cells might reach; null = it has none. */
  doubtful: Uint8Array | null;
}

/** The rows of one key. */
export interface KeyRows {
  communes: CommuneCoverageRow[];
  total: CoverageTotalRow;
  areas: CoverageAreaRow[];
  gaps: GapRow[];
  unlisted_gaps: UnlistedGapsRow[];
}

/** Ground of the communes without known height, where there is terrain elsewhere. */
export interface NoTerrainArea {
  /** MultiPolygon as hexadecimal WKB, outlines with their corners cut, lon/lat. */
  wkb: string;
  /** Of the squares. */
  area_km2: number;
}

/** Everything figures, areas and gaps of a run need of the ground, ready for worker threads. */
export interface RunGround extends CommuneGround {
  communes: { commune_id: number; code: string }[];
  /** Per square: 1 = in a commune, its level is wanted. */
  wanted: Uint8Array;
  /** Per commune: share of its squares with a known ground height, %. */
  pct_terrain: Float64Array;
}

export interface CoverageResult {
  model: string;
  model_version: string;
  parameters: CoverageParameters;
  grid: GridFrame & { srid: number };
  population_method: string;
  grids: LevelGrids;
  communes: CommuneCoverageRow[];
  totals: CoverageTotalRow[];
  areas: CoverageAreaRow[];
  gaps: GapRow[];
  unlisted_gaps: UnlistedGapsRow[];
  /** null = no terrain was used, or every height is known. */
  no_terrain: NoTerrainArea | null;
  cells: StoredCell[];
  refused: RefusedCell[];
}
