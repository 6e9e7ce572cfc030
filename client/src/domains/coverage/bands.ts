import type { CoverageRun } from '../../../../server/contract/wire.ts';
import { bandColours } from '../../map/palette.ts';
import type { ClientFilter } from '../../state/filter.ts';

/** Decibels above what counts as covered, as the tiles have them (`level_db`); weakest first. */
export const bandLevels_db = [0, 10, 20, 30] as const;

export interface SignalBand {
  level_db: (typeof bandLevels_db)[number];
  /** Least level of the band, dBm at 1.5 m outdoors; null when the run does not say. */
  from_dbm: number | null;
  /** Where the next band begins; null for the strongest. */
  to_dbm: number | null;
  colour: string;
}

/** What the run adds to the threshold for shadowing, dB; null when it does not say. */
export function shadowingMargin_db(run: Pick<CoverageRun, 'parameters'>): number | null {
  const margin = run.parameters['shadowing_margin_db'];
  return typeof margin === 'number' ? margin : null;
}

/** The level from which on a technology counts as covered, dBm: its threshold and the shadowing margin. */
export function requiredLevel_dbm(
  run: Pick<CoverageRun, 'parameters' | 'thresholds'>,
  technology: NonNullable<ClientFilter['technology']>,
): number | null {
  const threshold = run.thresholds[technology];
  const margin = shadowingMargin_db(run);
  return threshold === undefined || margin === null ? null : threshold + margin;
}

/** The signal bands of a technology, weakest first, with their colours on the map. */
export function signalBands(required_dbm: number | null): SignalBand[] {
  const at = (level_db: number | undefined): number | null =>
    required_dbm === null || level_db === undefined ? null : required_dbm + level_db;
  return bandLevels_db.map((level_db, index) => ({
    level_db,
    from_dbm: at(level_db),
    to_dbm: at(bandLevels_db[index + 1]),
    colour: bandColours[index] ?? bandColours[0],
  }));
}
