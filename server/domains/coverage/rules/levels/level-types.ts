/**
 * What the level engine takes and gives: plain data and typed arrays, so that both can cross to worker threads.
 * Squares are those of `GridFrame`: square = row · cols + col, row 0 in the south.
 */
import type { CoverageParameters, Technology } from '../coverage-parameters.ts';
import type { GridFrame } from '../grid.ts';
import type { RadioCell } from './radio-cells.ts';
import type { TerrainRaster } from './terrain-raster.ts';

/** Cells compete within a layer: the best of them serves a square. */
export interface LayerKey {
  operator_id: number;
  technology: Technology;
  band_mhz: number;
}

/** What levels of all bands come together in. */
export type OperatorTechnology = Pick<LayerKey, 'operator_id' | 'technology'>;

/** Level and best server of one layer on every square of the frame. */
export interface LevelLayer extends LayerKey {
  /** Level of value 1, dBm. */
  base_dbm: number;
  /** Decibels a step; level = base_dbm + (value − 1) · step_db, rounded down. */
  step_db: number;
  /** All cells of the layer, rising by id: at most 65,534. */
  cell_ids: number[];
  /** Per square: 0 = below base_dbm, out of reach or not wanted; 129 and above = covered; at most 254. */
  levels: Uint8Array;
  /** Per square: 1 + index into `cell_ids` of the best server; 0 = none. Equal values go to the lower cell id. */
  servers: Uint16Array;
}

/**
 * The error band of one operator × technology over all its bands: the best of (level − uncertainty) and of
 * (level + uncertainty), as bytes like those of the layers. Absent when none of its cells is uncertain: low and
 * high then are the level itself.
 */
export interface LevelSpread {
  operator_id: number;
  technology: Technology;
  /** All cells of the operator × technology, rising by id. */
  cell_ids: number[];
  low: Uint8Array;
  low_servers: Uint16Array;
  high: Uint8Array;
  high_servers: Uint16Array;
}

/** All levels of a run: complete, in that nothing but this and the cells' signatures is needed to update them. */
export interface LevelGrids {
  frame: GridFrame;
  /** By technology, then operator, then band. */
  layers: LevelLayer[];
  /** By technology, then operator. */
  spreads: LevelSpread[];
}

export interface LevelInput {
  frame: GridFrame;
  /** Per square of the frame: 1 = compute it; all others stay 0. */
  wanted: Uint8Array;
  /** Trusted cells only (`settleCells(…).cells`), in any order. */
  cells: readonly RadioCell[];
  terrain: TerrainRaster | null;
  parameters: CoverageParameters;
}

export interface LevelOptions {
  /** Called with the share done, 0 to 1, rising. */
  onProgress?: (done_share: number) => void;
  /** Aborting ends the computation within about a second with `signal.reason`. */
  signal?: AbortSignal;
}

/** Byte from which a square is covered: exactly level ≥ required. */
export const COVERED_FROM = 129;
/** Highest byte; 255 is left free. */
export const LEVEL_CAP = 254;
/** Decibels a step. */
export const LEVEL_STEP_DB = 0.5;
/** How far below the required level the bytes reach, dB. */
export const LEVEL_DEPTH_DB = 64;
