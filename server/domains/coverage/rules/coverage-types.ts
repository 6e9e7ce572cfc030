/**
 * What goes into a coverage run and what comes out: plain data and typed arrays only, so both can be sent to a
 * worker thread and back. Keys are column names, with their units.
 */
import type { CommuneFigure, CoverageTotals } from './commune-figures.ts';
import type { CoverageParameters, Technology } from './coverage-parameters.ts';
import type { GapKind } from './gaps.ts';
import type { GridFrame } from './grid.ts';
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

export interface CoverageCombo {
  operator_id: number;
  technology: Technology;
}

export interface CoverageInput {
  communes: CoverageCommune[];
  cells: CoverageCell[];
  /** What to compute; a combination without cells gives 0 %. Cells of other combinations are not used. */
  combos: CoverageCombo[];
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
}

export interface CoverageAreaRow extends CoverageKey {
  /** GeoJSON MultiPolygon coordinates along the sides of the squares, lon/lat; empty where nothing is covered. */
  polygons: LonLatMultiPolygon;
  /** Inside the communes and out, within the frame: squares × 0.01 km². */
  area_km2: number;
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
  polygons: LonLatMultiPolygon;
}

export interface CoverageTotalRow extends CoverageKey, CoverageTotals {}

/** What a cell was computed with. */
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

/** An impossible value: the cell is left out and the communes it might reach become unknown. */
export interface RefusedCell extends CellProblem {
  cell_id: number;
}

export interface CoverageResult {
  model: string;
  model_version: string;
  terrain_source: 'none';
  parameters: CoverageParameters;
  grid: GridFrame & { srid: number };
  population_method: 'uniform';
  communes: CommuneCoverageRow[];
  totals: CoverageTotalRow[];
  areas: CoverageAreaRow[];
  gaps: GapRow[];
  cells: SettledCell[];
  refused: RefusedCell[];
  /** Wall-clock milliseconds by stage. */
  timings_ms: { grid: number; sectors: number; union: number; figures: number; polygons: number };
}
