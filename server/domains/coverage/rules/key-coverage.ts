/** The rows of one operator × technology, or of several operators of a technology, from their stored levels. */
import { BANDS_DB, bandPolygons, polygonsKm2 } from './bands.ts';
import { communeFigures, coverageTotals, type MeasuredLevels } from './commune-figures.ts';
import type { CoverageParameters } from './coverage-parameters.ts';
import type {
  CoverageAreaRow,
  CoverageKey,
  GapRow,
  KeyRows,
  OperatorLevels,
  RunGround,
  UnlistedGapsRow,
} from './coverage-types.ts';
import { findGaps, type GapKind, sumOfSquares } from './gaps.ts';
import { COVERED_FROM } from './levels/level-types.ts';
import { areOutlinesApart } from './outlines-apart.ts';
import { projectorFor } from './projection.ts';
import { multiPolygonWkb } from './write-wkb.ts';

/** What a key's rows are made from; the operators are one for scope 'operator', else all of the technology. */
export interface KeyTask {
  key: CoverageKey;
  operators: readonly OperatorLevels[];
  parameters: CoverageParameters;
}

/** Per square the best (`place` 1) or second best (2) of several levels. */
function ranked(levels: readonly Uint8Array[], place: 1 | 2, length: number): Uint8Array {
  const best = new Uint8Array(length);
  const second = new Uint8Array(length);
  for (const one of levels) {
    for (let square = 0; square < length; square++) {
      const value = one[square] as number;
      const first = best[square] as number;
      if (value > first) {
        second[square] = first;
        best[square] = value;
      } else if (value > (second[square] as number)) second[square] = value;
    }
  }
  return place === 1 ? best : second;
}

function measuredOf({ key, operators }: KeyTask, length: number): MeasuredLevels {
  const [only] = operators;
  if (key.scope === 'operator') {
    return { levels: only?.levels ?? new Uint8Array(length), low: only?.low ?? null, high: only?.high ?? null };
  }
  const place = key.scope === 'any' ? 1 : 2;
  const of = (pick: (one: OperatorLevels) => Uint8Array): Uint8Array => ranked(operators.map(pick), place, length);
  const levels = of((one) => one.levels);
  if (operators.every(({ low, high }) => !low && !high)) return { levels, low: null, high: null };
  return { levels, low: of((one) => one.low ?? one.levels), high: of((one) => one.high ?? one.levels) };
}

/** In how many operators' coverage each square is for certain, and at most. */
function operatorCounts(
  operators: readonly OperatorLevels[],
  length: number,
): { certain: Uint8Array; possible: Uint8Array } {
  const certain = new Uint8Array(length);
  const possible = new Uint8Array(length);
  for (const { levels, doubtful } of operators) {
    for (let square = 0; square < length; square++) {
      const isCovered = (levels[square] as number) >= COVERED_FROM;
      if (isCovered) certain[square] = (certain[square] as number) + 1;
      if (isCovered || (doubtful !== null && doubtful[square] === 1))
        possible[square] = (possible[square] as number) + 1;
    }
  }
  return { certain, possible };
}

/** 1 where a count is within bounds, else 0. */
function between(counts: Uint8Array, least: number, most: number): Uint8Array {
  const mask = new Uint8Array(counts.length);
  for (let square = 0; square < mask.length; square++) {
    const count = counts[square] as number;
    if (count >= least && count <= most) mask[square] = 1;
  }
  return mask;
}

/** Squares that the doubtful cells of a key might add; null when there are none. */
function doubtfulSquares({ key, operators }: KeyTask, length: number): Uint8Array | null {
  if (operators.every(({ doubtful }) => doubtful === null)) return null;
  return between(operatorCounts(operators, length).possible, key.scope === 'at_least_two' ? 2 : 1, operators.length);
}

/** Squares of a kind of gap: those that are missing, and those that are unless a doubtful site reaches them. */
interface MissingSquares {
  kind: GapKind;
  missing: Uint8Array;
  doubtful: Uint8Array;
}

const bothOf = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((set, square) => set & (b[square] as number));

function missingSquares({ key, operators }: KeyTask, length: number): MissingSquares[] {
  if (key.scope === 'at_least_two') return [];
  const { certain, possible } = operatorCounts(operators, length);
  const all = operators.length;
  const nobody = {
    missing: between(possible, 0, 0),
    doubtful: bothOf(between(certain, 0, 0), between(possible, 1, all)),
  };
  if (key.scope === 'operator') return [{ kind: 'gap', ...nobody }];
  // Grey: somebody certainly reaches it, and somebody certainly does not.
  const some = between(certain, 1, all - 1);
  return [
    { kind: 'white', ...nobody },
    {
      kind: 'grey',
      missing: bothOf(some, between(possible, 1, all - 1)),
      doubtful: bothOf(some, between(possible, all, all)),
    },
  ];
}

/** Decimals of a degree that outlines are given with: a decimetre. */
const DECIMALS = 6;
/** Of the corners of squares: a centimetre. */
const CORNER_DECIMALS = 7;

/** The northernmost latitude of the zones. */
const MOST_LATITUDE_DEG = 24;

/**
 * How far points on a side of an outline move at most when its ends are given in rounded degrees, m: half a diagonal of
 * the last decimal, and threefold what a straight line east of a sphere bends in degrees, L² tan φ / 8R.
 */
const movedBy = (side_m: number): number =>
  0.08 + (3 * side_m ** 2 * Math.tan((MOST_LATITUDE_DEG * Math.PI) / 180)) / (8 * 6_371_000);

function areaRows({ key, parameters }: KeyTask, levels: Uint8Array, { fine }: RunGround): CoverageAreaRow[] {
  const projector = projectorFor(parameters.grid_srid);
  // Of two operators only the area itself: no map shows how strong the weaker of two is.
  const bands = key.scope === 'at_least_two' ? [0] : BANDS_DB;
  return bands.flatMap((level_db) => {
    const polygons = bandPolygons(levels, fine, level_db);
    if (polygons.length === 0) return [];
    const area_km2 = Math.round(polygonsKm2(polygons, fine.frame) * 1e4) / 1e4;
    const is_valid = areOutlinesApart(polygons, fine.frame, movedBy);
    return [{ ...key, level_db, wkb: multiPolygonWkb(polygons, fine.frame, projector, DECIMALS), area_km2, is_valid }];
  });
}

function gapRows(
  { key, parameters }: KeyTask,
  { kind, missing, doubtful }: MissingSquares,
  ground: RunGround,
): { gaps: GapRow[]; unlisted: UnlistedGapsRow } {
  const projector = projectorFor(parameters.grid_srid);
  const { frame } = ground.squares;
  const found = findGaps(missing, ground, parameters.gap_min_area_km2);
  const gaps = found.gaps.map(({ polygon, communes: inside, ...gap }) => ({
    ...key,
    kind,
    ...gap,
    commune_codes: inside.map((commune) => ground.communes[commune]?.code ?? '').sort(),
    wkb: multiPolygonWkb([polygon], frame, projector, CORNER_DECIMALS),
  }));
  const [small, unsure] = [found.small, sumOfSquares(doubtful, ground)];
  const unlisted: UnlistedGapsRow = {
    ...key,
    kind,
    small_patches: small.patches,
    small_area_km2: small.area_km2,
    small_people: small.people,
    doubtful_area_km2: unsure.area_km2,
    doubtful_people: unsure.people,
    people_incomplete: small.people_incomplete || unsure.people_incomplete,
  };
  return { gaps, unlisted };
}

/** Figures of one key by commune and in total, from its stored levels. */
export function keyFigures(task: KeyTask, ground: RunGround): Pick<KeyRows, 'communes' | 'total'> {
  const { key, parameters } = task;
  const { length } = ground.squares.commune;
  const doubtful = doubtfulSquares(task, length);
  const figures = communeFigures(measuredOf(task, length), doubtful, ground, parameters.covered_from_pct);
  const communes = figures.map(({ commune, ...figure }) => ({
    ...key,
    commune_id: ground.communes[commune]?.commune_id ?? -1,
    ...figure,
    pct_terrain: (ground.squares.squares[commune] ?? 0) > 0 ? (ground.pct_terrain[commune] ?? 0) : null,
  }));
  return { communes, total: { ...key, ...coverageTotals(figures) } };
}

/** Signal bands and gaps of one key, from the same levels. */
export function keyAreas(task: KeyTask, ground: RunGround): Pick<KeyRows, 'areas' | 'gaps' | 'unlisted_gaps'> {
  const { length } = ground.squares.commune;
  const found = missingSquares(task, length).map((squares) => gapRows(task, squares, ground));
  return {
    areas: areaRows(task, measuredOf(task, length).levels, ground),
    gaps: found.flatMap(({ gaps }) => gaps),
    unlisted_gaps: found.map(({ unlisted }) => unlisted),
  };
}
