/**
 * What coverage means for each commune, by all three rules: its centre, its area, its people.
 *
 * "Unknown" is not "uncovered": where a figure cannot be known it is null, and the commune is in neither sum of a
 * total. People are counted on the squares of the grid, areas on their parts of 25 m, numerator and denominator alike;
 * what is covered is a subset of the commune's, so nothing exceeds 100 %.
 */
import type { CommuneSquares } from './commune-squares.ts';
import { type FineGround, tallyArea } from './fine-area.ts';
import { squareKm2 } from './grid.ts';
import { COVERED_FROM, LEVEL_CAP } from './levels/level-types.ts';
import type { PopulationGrid } from './population.ts';
import { tallyMask } from './union-grid.ts';

export type CoverageStatus = 'covered' | 'partial' | 'uncovered' | 'unknown';
/**
 * population: its total is not known; boundary: no part of the grid could be computed for it; doubtful_site: a site
 * left out for its untrusted position or values might reach it.
 */
export type UnknownReason = 'population' | 'boundary' | 'doubtful_site';

export interface CommuneFigure {
  /** Index into the communes of the run. */
  commune: number;
  population: number | null;
  people_covered: number | null;
  /** 0–100; null when unknown or when nobody lives there. */
  pct_pop: number | null;
  /** Of the grid; null without a boundary. */
  area_km2: number | null;
  area_covered_km2: number | null;
  pct_area: number | null;
  /** Covered for certain, also where the status is unknown for a doubtful site; null without people or boundary. */
  people_at_least: number | null;
  area_at_least_km2: number | null;
  /** With every defaulted value at its unfavourable and favourable end. */
  people_low: number | null;
  people_high: number | null;
  area_low_km2: number | null;
  area_high_km2: number | null;
  centre_covered: boolean | null;
  status: CoverageStatus;
  unknown_reason: UnknownReason | null;
}

/** Stored levels of what figures are asked for. */
export interface MeasuredLevels {
  levels: Uint8Array;
  /** With every defaulted value at its unfavourable and favourable end; null = nothing is defaulted. */
  low: Uint8Array | null;
  high: Uint8Array | null;
}

/** 1 for every square that counts as covered, else 0. */
export const coveredSquares = (levels: Uint8Array): Uint8Array =>
  levels.map((value) => (value >= COVERED_FROM ? 1 : 0));

export interface CommuneGround {
  squares: CommuneSquares;
  fine: FineGround;
  population: PopulationGrid;
  /** Per commune: square of its centre; −1 = no centre known or outside the grid. */
  centre: Int32Array;
}

/** Numerators and denominators over the communes whose status is known. */
export interface CoverageTotals {
  communes: Record<CoverageStatus, number>;
  population: number;
  people_covered: number;
  people_low: number;
  people_high: number;
  pct_pop: number | null;
  area_km2: number;
  area_covered_km2: number;
  area_low_km2: number;
  area_high_km2: number;
  pct_area: number | null;
}

/** Percentage of a part in its whole; null of nothing. The bound only takes off the last bit: 100·x/x may round above 100. */
export const percent = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(100, (100 * part) / whole) : null;

/** Kilometres² without the noise of binary fractions. */
export const roundKm2 = (km2: number): number => Math.round(km2 * 1e6) / 1e6;

/** Covered people and area of every commune, status aside. */
interface Reach {
  people: Int32Array;
  km2: Float64Array;
}

function reachOf(levels: Uint8Array, covered: Uint8Array, { squares, population, fine }: CommuneGround): Reach {
  const { people, squares: whole } = tallyMask(covered, squares, population);
  const parts = tallyArea(levels, fine);
  const squareArea = squareKm2(squares.frame);
  const km2 = Float64Array.from(whole, (own, commune) => {
    const standIn = squares.stand_in[commune] ?? -1;
    if (standIn >= 0) return (covered[standIn] ?? 0) * (squares.stand_in_km2[commune] ?? 0);
    // A commune so thin that it has a square's centre but no part's.
    if ((fine.own[commune] ?? 0) === 0) return roundKm2(own * squareArea);
    return roundKm2(((parts[commune] ?? 0) * squareArea) / fine.split ** 2);
  });
  return { people, km2 };
}

/** Area of every commune in the measure its coverage is counted in; 0 without a boundary. */
function communesKm2({ squares, fine }: CommuneGround): Float64Array {
  const squareArea = squareKm2(squares.frame);
  return Float64Array.from(squares.squares, (own, commune) => {
    if ((squares.stand_in[commune] ?? -1) >= 0) return squares.stand_in_km2[commune] ?? 0;
    const parts = fine.own[commune] ?? 0;
    return roundKm2(parts === 0 ? own * squareArea : (parts * squareArea) / fine.split ** 2);
  });
}

/** What is certainly covered of a commune: all that its status follows from. */
export interface CommuneReach {
  /** −1 when not known. */
  population: number;
  people_covered: number;
  /** 0 without a boundary. */
  area_km2: number;
  area_covered_km2: number;
  /** Squares of the commune not covered but within reach of a doubtful site. */
  doubtful: boolean;
}

/** Everything counted of a commune, before it is decided what of it is known. */
export interface CommuneCount extends CommuneReach {
  people_low: number;
  people_high: number;
  area_low_km2: number;
  area_high_km2: number;
  centre_covered: boolean | null;
}

function coveredStatus(reach: CommuneReach, coveredFromPct: number): CoverageStatus {
  const { population, people_covered, area_km2, area_covered_km2 } = reach;
  const [part, whole] = population > 0 ? [people_covered, population] : [area_covered_km2, area_km2];
  if (part * 100 >= coveredFromPct * whole) return 'covered';
  return people_covered > 0 || area_covered_km2 > 0 ? 'partial' : 'uncovered';
}

/** Whether a commune can be judged at all, and how. A doubtful site matters only where what is certain is too little. */
export function communeStatus(
  reach: CommuneReach,
  coveredFromPct: number,
): Pick<CommuneFigure, 'status' | 'unknown_reason'> & { isAreaKnown: boolean } {
  if (reach.area_km2 <= 0) return { status: 'unknown', unknown_reason: 'boundary', isAreaKnown: false };
  const status = coveredStatus(reach, coveredFromPct);
  const isAreaKnown = !reach.doubtful || status === 'covered';
  if (reach.population < 0) return { status: 'unknown', unknown_reason: 'population', isAreaKnown };
  if (!isAreaKnown) return { status: 'unknown', unknown_reason: 'doubtful_site', isAreaKnown };
  return { status, unknown_reason: null, isAreaKnown };
}

function figure(commune: number, counted: CommuneCount, coveredFromPct: number): CommuneFigure {
  const { population, people_covered, area_km2, area_covered_km2, centre_covered } = counted;
  const { status, unknown_reason, isAreaKnown: area } = communeStatus(counted, coveredFromPct);
  const known = population >= 0;
  const bounded = area_km2 > 0;
  const people = area && known;
  return {
    commune,
    population: known ? population : null,
    people_covered: people ? people_covered : null,
    pct_pop: people ? percent(people_covered, population) : null,
    area_km2: bounded ? area_km2 : null,
    area_covered_km2: area ? area_covered_km2 : null,
    pct_area: area ? percent(area_covered_km2, area_km2) : null,
    people_at_least: bounded && known ? people_covered : null,
    area_at_least_km2: bounded ? area_covered_km2 : null,
    people_low: people ? counted.people_low : null,
    people_high: people ? counted.people_high : null,
    area_low_km2: area ? counted.area_low_km2 : null,
    area_high_km2: area ? counted.area_high_km2 : null,
    // Covered for certain stays so; "not covered" is not certain where a doubtful site might reach.
    centre_covered: bounded && (centre_covered || area) ? centre_covered : null,
    status,
    unknown_reason,
  };
}

/**
 * Per commune: 1 when a square of it that is not covered (0 in `covered`) is within reach of a doubtful site (1 in
 * `doubtful`; null = there is none).
 */
export function doubtfulCommunes(
  covered: Uint8Array,
  doubtful: Uint8Array | null,
  ground: Pick<CommuneGround, 'squares' | 'population'>,
): Uint8Array {
  const { squares, population } = ground;
  const communes = new Uint8Array(squares.squares.length);
  if (!doubtful) return communes;
  const possible = doubtful.slice();
  for (let square = 0; square < possible.length; square++) if (covered[square] === 1) possible[square] = 0;
  const tally = tallyMask(possible, squares, population);
  return communes.map((_, commune) => {
    const standIn = squares.stand_in[commune] ?? -1;
    return (tally.squares[commune] ?? 0) > 0 || (standIn >= 0 && possible[standIn] === 1) ? 1 : 0;
  });
}

/** A mask of covered squares (1) as levels: the edge of an area then runs half way between squares. */
const levelsOfMask = (mask: Uint8Array): MeasuredLevels => ({
  levels: mask.map((set) => (set === 1 ? LEVEL_CAP : 0)),
  low: null,
  high: null,
});

/** Counts every commune under stored levels, or under a mask of covered squares; see `communeFigures`. */
export function countCommunes(
  measured: MeasuredLevels | Uint8Array,
  doubtful: Uint8Array | null,
  ground: CommuneGround,
): CommuneCount[] {
  const { squares, population, centre } = ground;
  const { levels, low, high } = measured instanceof Uint8Array ? levelsOfMask(measured) : measured;
  const covered = coveredSquares(levels);
  const likely = reachOf(levels, covered, ground);
  const least = low ? reachOf(low, coveredSquares(low), ground) : likely;
  const most = high ? reachOf(high, coveredSquares(high), ground) : likely;
  const area = communesKm2(ground);
  const unsure = doubtfulCommunes(covered, doubtful, ground);
  return Array.from(squares.squares, (_, commune) => {
    const centreSquare = centre[commune] ?? -1;
    return {
      population: population.totals[commune] ?? -1,
      people_covered: likely.people[commune] ?? 0,
      people_low: least.people[commune] ?? 0,
      people_high: most.people[commune] ?? 0,
      area_km2: area[commune] ?? 0,
      area_covered_km2: likely.km2[commune] ?? 0,
      area_low_km2: least.km2[commune] ?? 0,
      area_high_km2: most.km2[commune] ?? 0,
      centre_covered: centreSquare >= 0 ? covered[centreSquare] === 1 : null,
      doubtful: unsure[commune] === 1,
    };
  });
}

/** What is known of every commune from what was counted of it. A commune where nobody lives is judged by its area. */
export const figuresOfCounts = (counts: readonly CommuneCount[], coveredFromPct: number): CommuneFigure[] =>
  counts.map((counted, commune) => figure(commune, counted, coveredFromPct));

/**
 * The figures of every commune under stored levels, or under a mask of covered squares where levels are not at hand
 * (people and centres come out the same, areas within the width of the edge). `doubtful` (1 a square, or null) marks
 * what sites left out of the levels might reach.
 */
export const communeFigures = (
  measured: MeasuredLevels | Uint8Array,
  doubtful: Uint8Array | null,
  ground: CommuneGround,
  coveredFromPct: number,
): CommuneFigure[] => figuresOfCounts(countCommunes(measured, doubtful, ground), coveredFromPct);

/** Sums over the communes whose status is known; the unknown are counted and in neither sum. */
export function coverageTotals(figures: readonly CommuneFigure[]): CoverageTotals {
  const communes = { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
  for (const { status } of figures) communes[status]++;
  const known = figures.filter(({ status }) => status !== 'unknown');
  const sum = (value: (one: CommuneFigure) => number | null): number =>
    known.reduce((total, one) => total + (value(one) ?? 0), 0);
  const [population, people_covered] = [sum((one) => one.population), sum((one) => one.people_covered)];
  const [area_km2, area_covered_km2] = [sum((one) => one.area_km2), sum((one) => one.area_covered_km2)];
  return {
    communes,
    population,
    people_covered,
    people_low: sum((one) => one.people_low),
    people_high: sum((one) => one.people_high),
    pct_pop: percent(people_covered, population),
    area_km2: roundKm2(area_km2),
    area_covered_km2: roundKm2(area_covered_km2),
    area_low_km2: roundKm2(sum((one) => one.area_low_km2)),
    area_high_km2: roundKm2(sum((one) => one.area_high_km2)),
    pct_area: percent(area_covered_km2, area_km2),
  };
}
