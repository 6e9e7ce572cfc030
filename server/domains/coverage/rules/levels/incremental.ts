import type { LevelGrids, LevelInput, LevelOptions } from './level-types.ts';

/** Levels of an earlier run and the signature each of its cells had, by cell id. */
export interface EarlierLevels {
  grids: LevelGrids;
  signatures: ReadonlyMap<number, string>;
}

export interface LevelUpdate {
  grids: LevelGrids;
  /** Cells added, removed or with another signature. */
  changed: number;
  /** Squares whose bytes or servers differ from before, in any layer. */
  touched: number;
}

/**
 * The levels of `input` from those of an earlier run with the same frame, wanted squares, parameters and terrain:
 * byte for byte what `computeLevels(input)` gives. `earlier` is not written to.
 */
export function updateLevels(_earlier: EarlierLevels, _input: LevelInput, _options: LevelOptions = {}): LevelUpdate {
  throw new Error('not yet');
}
