/** Figures of communes after a change of levels, from those before: only the rows that changed are counted. */
import type { CommuneFigure } from '../../rules/commune-figures.ts';
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

/** Covered area of a commune in the measure that its figures are counted in, km². */
function areaAfter(figure: CommuneFigure, change: Difference, { squares, fine }: RunGround): number {
  const { commune } = figure;
  const area = figure.area_covered_km2 ?? 0;
  const square = squareKm2(squares.frame);
  if ((fine.own[commune] ?? 0) === 0) return roundKm2(area + (change.squares[commune] as number) * square);
  return roundKm2(area + ((change.parts[commune] as number) * square) / fine.split ** 2);
}

/** A commune without squares of its own is covered, or not, as the square that stands for it. */
function standInAfter(figure: CommuneFigure, after: Uint8Array, { squares, population }: RunGround) {
  const { commune } = figure;
  const isCovered = (after[squares.stand_in[commune] as number] as number) >= COVERED_FROM;
  return {
    people_after: isCovered ? Math.max(0, population.totals[commune] as number) : 0,
    area_after_km2: isCovered ? (squares.stand_in_km2[commune] as number) : 0,
  };
}

/**
 * Figures of every commune before and after. Of communes that are not known before, the figures are 0: they are in no
 * sum.
 */
export function figuresAfter(
  figures: readonly CommuneFigure[],
  before: Uint8Array,
  after: Uint8Array,
  ground: RunGround,
): CommuneChange[] {
  const { cols, rows } = ground.squares.frame;
  const changed = changedRows(before, after, cols, rows);
  const change = changed && differenceOf(before, after, ground, changed);
  return figures.map((figure, commune): CommuneChange => {
    const known = figure.status !== 'unknown';
    const people_before = known ? (figure.people_covered ?? 0) : 0;
    const area_before_km2 = known ? (figure.area_covered_km2 ?? 0) : 0;
    const same = { people_after: people_before, area_after_km2: area_before_km2 };
    const isStandIn = (ground.squares.stand_in[commune] ?? -1) >= 0;
    const later =
      !known || !change
        ? same
        : isStandIn
          ? standInAfter(figure, after, ground)
          : {
              people_after: people_before + (change.people[commune] as number),
              area_after_km2: areaAfter(figure, change, ground),
            };
    const { population, area_km2 } = figure;
    return { commune, known, population, area_km2: area_km2 ?? 0, people_before, area_before_km2, ...later };
  });
}
