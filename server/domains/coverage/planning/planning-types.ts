/** What the planning worker is given and what it answers: plain data and typed arrays only. */
import type {
  PlannedChange,
  RadioPath,
  SpotLevel,
  SuggestionKind,
  TakenValues,
  Technology,
} from '../../../contract/index.ts';
import type { Translated } from '../../../platform/language.ts';
import type { CoverageStatus } from '../rules/commune-figures.ts';
import type { CoverageParameters } from '../rules/coverage-parameters.ts';
import type { CoverageCommune, RunGround } from '../rules/coverage-types.ts';
import type { LevelLayer } from '../rules/levels/index.ts';
import type { TerrainRaster } from '../rules/levels/terrain-raster.ts';
import type { PopulationSources } from '../rules/population-weights.ts';
import type { ChangeProblem } from './rules/planned-cells.ts';
import type { PlanningCell, PlanningSite } from './rules/planning-ground.ts';

/** The inventory of one day as planning needs it. */
export interface PlanningInventory {
  parameters: CoverageParameters;
  communes: CoverageCommune[];
  cells: PlanningCell[];
  /** Sites in service or planned. */
  sites: PlanningSite[];
  operators: { operator_id: number; code: string }[];
  /** What cells are called. */
  cellCodes: Map<number, string>;
  /** Where people live, besides the communes' totals. */
  population: PopulationSources;
  /** Backed by shared memory; null = none is imported. */
  terrain: TerrainRaster | null;
}

/** A layer as it lies in the database: levels and servers deflated. */
export type PackedLayer = Omit<LevelLayer, 'levels' | 'servers'> & { levels: Uint8Array; servers: Uint8Array };

/** Levels of a stored run on the same ground, of one technology, and what each of its cells was computed with. */
export interface StoredLevels {
  layers: PackedLayer[];
  /** Signatures of the cells whose level counted, by id. */
  signatures: Map<number, string>;
}

/** Whose coverage: of one operator, or null for any. */
export interface Subject {
  operator_id: number | null;
  technology: Technology;
}

export interface WhatIfTask extends Subject {
  changes: readonly PlannedChange[];
  area: boolean;
}

/**
 * Figures of one commune before and after; index into the communes of the inventory. What is covered is null where the
 * status is unknown: the commune is then in no sum.
 */
export interface CommuneChange {
  commune: number;
  population: number | null;
  area_km2: number;
  status_before: CoverageStatus;
  status_after: CoverageStatus;
  people_before: number | null;
  people_after: number | null;
  area_before_km2: number | null;
  area_after_km2: number | null;
  /** People covered for certain, also where the status is unknown. */
  certain_before: number;
  certain_after: number;
}

type MultiPolygon = { type: 'MultiPolygon'; coordinates: number[][][][] };

export type WhatIfAnswer =
  | { problems: ChangeProblem[] }
  | {
      problems: null;
      communes: CommuneChange[];
      gained: MultiPolygon | null;
      lost: MultiPolygon | null;
      taken: TakenValues[];
      warnings: Translated[];
      /** How long it took to have the levels of before; 0 when they were there. */
      prepared_ms: number;
    };

export interface SuggestTask extends Subject {
  count: number;
  /** Ids of the communes candidates must stand in; null = anywhere. */
  communes: readonly number[] | null;
  antenna_height_m: number | null;
  spacing_urban_m: number;
  spacing_rural_m: number;
  sharing: 'first' | 'only' | 'never';
}

export interface SuggestedSite {
  kind: SuggestionKind;
  site_id: number | null;
  lon: number;
  lat: number;
  /** Index into the communes; −1 = none. */
  commune: number;
  antenna_height_m: number;
  people_gained: number;
  area_gained_km2: number;
  warnings: Translated[];
}

export interface SuggestAnswer {
  items: SuggestedSite[];
  people_gained: number;
  at_most_people: number;
  guarantee: number;
  candidates: Record<SuggestionKind | 'left_out', number>;
  communes: CommuneChange[];
  evaluations: number;
  prepared_ms: number;
}

export interface SpotTask {
  lon: number;
  lat: number;
  technology: Technology | null;
}
export type SpotAnswer = {
  lon: number;
  lat: number;
  ground_m: number | null;
  commune: number;
  items: SpotLevel[];
};

export interface PathTask {
  lon: number;
  lat: number;
  cell_id: number;
}
/** The path without what only the database knows. */
export type PathAnswer =
  | { refused: 'outside' | 'unknown_cell' | 'impossible_cell'; reason: string }
  | { refused: null; path: Omit<RadioPath, 'site' | 'at' | 'dataset_revision' | 'synthetic'>; site_id: number };

/** What can be asked of the worker about a day. */
export interface PlanningQuestions {
  'what-if': [WhatIfTask, WhatIfAnswer];
  suggest: [SuggestTask, SuggestAnswer];
  spot: [SpotTask, SpotAnswer];
  path: [PathTask, PathAnswer];
}
export type PlanningKind = keyof PlanningQuestions;

/** A message to the worker. `key` names the day and the state of the inventory. */
export type PlanningMessage =
  | { do: 'lay'; inventory: PlanningInventory }
  | { do: 'load'; key: string; inventory: PlanningInventory; ground: RunGround }
  | { do: 'offer'; key: string; technology: Technology; stored: StoredLevels | null }
  | { do: 'ask'; key: string; kind: PlanningKind; task: PlanningQuestions[PlanningKind][0] };

/** What the worker lacks before it can answer: the inventory of the day, or stored levels of a technology on a basis. */
export type PlanningLack = { lacks: 'inventory' } | { lacks: 'levels'; technology: Technology; basis: string };
export type PlanningReply<K extends PlanningKind> = PlanningLack | { lacks: null; answer: PlanningQuestions[K][1] };
