/** Figures of communes after a change of levels, from those before: only the rows that changed are counted. */
import { type CommuneReach, communeStatus, coveredSquares, doubtfulCommunes } from '../../rules/commune-figures.ts';
import { UNASSIGNED } from '../../rules/commune-squares.ts';
import type { RunGround } from '../../rules/coverage-types.ts';
import { extendLevels, type FineGround, tallyArea } from '../../rules/fine-area.ts';
import { squareKm2 } from '../../rules/grid.ts';
import { COVERED_FROM } from '../../rules/levels/index.ts';
import type { CommuneChange } from '../planning-types.ts';

/** A level moves the edge in the squares around it, and squares beyond the border borrow levels two squares away. */
const MARGIN_ROWS = 4;

/** Without the noise of binary fractions, and without minus nought. */
const roundKm2 = (km2: number): number => Math.round(km2 * 1e6) / 1e6 + 0;

/** Rows in which levels differ, with a margin; null = nowhere. */
function changedRows(before: Uint8Array, after: Uint8Array, cols: number, rows: number): [number, number] | null {
  const first = before.findIndex((value, square) => value !== after[square]);
  if (first < 0) return null;
  let last = before.length - 1;
  while (before[last] === after[last]) last--;
  const from = Math.max(0, Math.floor(first / cols) - MARGIN_ROWS);
  return [from, Math.min(rows, Math.floor(last / cols) + 1 + MARGIN_ROWS)];
}

/** Covered parts per commune in some rows; at the first and last row only good for a difference. */
function partsInRows(levels: Uint8Array, fine: FineGround, [from, to]: [number, number]): Uint32Array {
  const { cols } = fine.frame;
  const [start, end] = [from * cols, to * cols];
  return tallyArea(extendLevels(levels, fine).subarray(start, end), {
    ...fine,
    frame: { ...fine.frame, rows: to - from },
    whole: fine.whole.subarray(start, end),
    partsAt: fine.partsAt.subarray(start, end),
    borrowed: new Int32Array(0),
  });
}

/** What each commune gains and loses. */
interface Difference {
  people: Int32Array;
  squares: Int32Array;
  parts: Int32Array;
}

function differenceOf(before: Uint8Array, after: Uint8Array, ground: RunGround, rows: [number, number]): Difference {
  const { squares, population, fine } = ground;
  const { cols } = squares.frame;
  const { length } = squares.squares;
  const change: Difference = {
    people: new Int32Array(length),
    squares: new Int32Array(length),
    parts: new Int32Array(length),
  };
  for (let square = rows[0] * cols; square < rows[1] * cols; square++) {
    const sign = Number((after[square] as number) >= COVERED_FROM) - Number((before[square] as number) >= COVERED_FROM);
    const commune = squares.commune[square] as number;
    if (sign === 0 || commune === UNASSIGNED) continue;
    change.squares[commune] = (change.squares[commune] as number) + sign;
    change.people[commune] = (change.people[commune] as number) + sign * (population.people[square] as number);
  }
  const [was, is] = [before, after].map((levels) => partsInRows(levels, fine, rows));
  for (let commune = 0; commune < length; commune++)
    change.parts[commune] = (is?.[commune] ?? 0) - (was?.[commune] ?? 0);
  return change;
}

type Covered = Pick<CommuneReach, 'people_covered' | 'area_covered_km2'>;

/** What is covered after a change; areas in the measure that the figures of the commune are counted in. */
function coveredAfter(commune: number, before: Covered, change: Difference, { squares, fine }: RunGround): Covered {
  const square = squareKm2(squares.frame);
  const isWhole = (fine.own[commune] ?? 0) === 0;
  const km2 = isWhole
    ? (change.squares[commune] as number) * square
    : ((change.parts[commune] as number) * square) / fine.split ** 2;
  return {
    people_covered: before.people_covered + (change.people[commune] as number),
    area_covered_km2: roundKm2(before.area_covered_km2 + km2),
  };
}

/** A commune without squares of its own is covered, or not, as the square that stands for it. */
function standInAfter(commune: number, after: Uint8Array, { squares, population }: RunGround): Covered {
  const isCovered = (after[squares.stand_in[commune] as number] as number) >= COVERED_FROM;
  return {
    people_covered: isCovered ? Math.max(0, population.totals[commune] as number) : 0,
    area_covered_km2: isCovered ? (squares.stand_in_km2[commune] as number) : 0,
  };
}

/** What a run would say of a commune: its status and, unless that is unknown, what is covered. */
function known(reach: CommuneReach, coveredFromPct: number) {
  const { status } = communeStatus(reach, coveredFromPct);
  const { people_covered, area_covered_km2 } = reach;
  return status === 'unknown'
    ? { status, people: null, km2: null }
    : { status, people: people_covered, km2: area_covered_km2 };
}

/** Levels, what doubtful sites might reach beside them (1 a square; null = there is none), and what follows of each commune. */
export interface ReachBefore {
  levels: Uint8Array;
  doubtful: Uint8Array | null;
  reach: readonly CommuneReach[];
}

/** What is reached in each commune with other levels and other doubtful sites. */
export function reachAfter(
  before: ReachBefore,
  after: Uint8Array,
  doubtful: Uint8Array | null,
  ground: RunGround,
): readonly CommuneReach[] {
  const { cols, rows } = ground.squares.frame;
  const changed = changedRows(before.levels, after, cols, rows);
  if (!changed && doubtful === before.doubtful) return before.reach;
  const change = changed && differenceOf(before.levels, after, ground, changed);
  const unsure = doubtfulCommunes(coveredSquares(after), doubtful, ground);
  return before.reach.map((reach, commune): CommuneReach => {
    const isStandIn = (ground.squares.stand_in[commune] ?? -1) >= 0;
    const covered = isStandIn
      ? standInAfter(commune, after, ground)
      : change && coveredAfter(commune, reach, change, ground);
    return { ...reach, ...covered, doubtful: unsure[commune] === 1 };
  });
}

/**
 * Figures of every commune before and with other levels and other doubtful sites: what a run says of both, by the same
 * rule of what is unknown.
 */
export function figuresAfter(
  before: ReachBefore,
  after: Uint8Array,
  doubtful: Uint8Array | null,
  ground: RunGround,
  coveredFromPct: number,
): CommuneChange[] {
  const later = reachAfter(before, after, doubtful, ground);
  return before.reach.map((reach, commune): CommuneChange => {
    const reached = later[commune] ?? reach;
    const [was, is] = [known(reach, coveredFromPct), known(reached, coveredFromPct)];
    return {
      commune,
      population: reach.population < 0 ? null : reach.population,
      area_km2: reach.area_km2,
      status_before: was.status,
      status_after: is.status,
      people_before: was.people,
      people_after: is.people,
      area_before_km2: was.km2,
      area_after_km2: is.km2,
      certain_before: reach.people_covered,
      certain_after: reached.people_covered,
    };
  });
}
