import type { LevelGrids, LevelInput, LevelOptions } from './level-types.ts';

/** `computeLevels` over worker threads: the same bytes. @throws options.signal.reason when aborted */
export function computeLevelsPooled(
  _input: LevelInput,
  _options: LevelOptions & { threads?: number } = {},
): Promise<LevelGrids> {
  throw new Error('not yet');
}
