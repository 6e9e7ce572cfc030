/** What planned cells are computed over without ground heights, where there is terrain elsewhere. */
import type { Translated } from '../../../../platform/language.ts';
import { groundAt, type RadioCell } from '../../rules/levels/index.ts';
import { text } from '../rules/planning-texts.ts';
import type { PlanningState } from './planning-state.ts';

/** From this share of the squares in reach on, the part without heights is worth saying, %. */
export const GOOD_PART_PCT = 25;

/** Share of the communes' squares within a circle whose ground height is not known, %; 0 when it holds none. */
function unknownShare(state: PlanningState, { east_m, north_m }: RadioCell, reach_m: number): number {
  const { frame } = state.levelGround;
  const { origin_e_m, origin_n_m, grid_m, cols, rows } = frame;
  const [x, y, reach] = [(east_m - origin_e_m) / grid_m, (north_m - origin_n_m) / grid_m, reach_m / grid_m];
  const [south, north] = [Math.max(0, Math.floor(y - reach)), Math.min(rows, Math.ceil(y + reach))];
  const [west, east] = [Math.max(0, Math.floor(x - reach)), Math.min(cols, Math.ceil(x + reach))];
  let [all, unknown] = [0, 0];
  for (let row = south; row < north; row++) {
    for (let col = west; col < east; col++) {
      const square = row * cols + col;
      if (state.inside[square] !== 1 || Math.hypot(col + 0.5 - x, row + 0.5 - y) > reach) continue;
      all++;
      unknown += state.withoutHeight[square] as number;
    }
  }
  return all === 0 ? 0 : (100 * unknown) / all;
}

/**
 * The warning about planned cells of one place: that the ground they stand on has no known height, or a good part of
 * their reach without terrain has none; null = neither, or there is no terrain at all.
 */
export function groundWarning(state: PlanningState, cells: readonly RadioCell[], of: Translated): Translated | null {
  const { terrain } = state.levelGround;
  const [first] = cells;
  if (!terrain || !first) return null;
  if (cells.some(({ east_m, north_m }) => Number.isNaN(groundAt(terrain, east_m, north_m)))) return text.noGround(of);
  const pct = unknownShare(state, first, Math.max(...cells.map(({ range_max_m }) => range_max_m)));
  return pct < GOOD_PART_PCT ? null : text.littleGround(of, Math.round(pct));
}
