import type { LevelGrids, LevelInput, LevelOptions } from './level-types.ts';

/** Levels of all layers on this thread. The result does not depend on the order of the cells. */
export function computeLevels(_input: LevelInput, _options: LevelOptions = {}): LevelGrids {
  throw new Error('not yet');
}
