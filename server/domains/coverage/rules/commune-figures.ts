/**
 * What coverage means for each commune, by all three rules: its centre, its area, its people.
 *
 * "Unknown" is not "uncovered": where a figure cannot be known it is null, and the commune is in neither sum of a
 * total. Everything is counted on the squares of the grid, numerator and denominator alike, and covered squares are
 * a subset of the commune's squares, so nothing exceeds 100 %.
 */
import type { CommuneSquares } from './commune-squares.ts';
import { squareKm2 } from './grid.ts';
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
  centre_covered: boolean | null;
  status: CoverageStatus;
  unknown_reason: UnknownReason | null;
}

export interface CommuneGround {
  squares: CommuneSquares;
  population: PopulationGrid;
  /** Per commune: square of its centre; −1 = no centre known or outside the grid. */
  centre: Int32Array;
}

/** Numerators and denominators over the communes whose status is known. */
export interface CoverageTotals {
  communes: Record<CoverageStatus, number>;
  population: number;
  people_covered: number;
  pct_pop: number | null;
  area_km2: number;
  area_covered_km2: number;
  pct_area: number | null;
}

/** Percentage of a part in its whole; null of nothing. The bound only takes off the last bit: 100·x/x may round above 100. */
const percent = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(100, (100 * part) / whole) : null;

/** Kilometres² of whole squares without the noise of binary fractions: 0.01 km² steps stay exact to print. */
const km2Of = (squares: number, km2: number): number => Math.round(squares * km2 * 1e6) / 1e6;

interface Counted {
  /** −1 when not known. */
  population: number;
  people_covered: number;
  area_km2: number;
  area_covered_km2: number;
  centre_covered: boolean | null;
  /** Squares of the commune not covered but within reach of a doubtful site. */
  doubtful: boolean;
}

function statusOf(counted: Counted, coveredFromPct: number): CoverageStatus {
  const { population, people_covered, area_km2, area_covered_km2 } = counted;
  const [part, whole] = population > 0 ? [people_covered, population] : [area_covered_km2, area_km2];
  if (part * 100 >= coveredFromPct * whole) return 'covered';
  return people_covered > 0 || area_covered_km2 > 0 ? 'partial' : 'uncovered';
}

function figure(commune: number, counted: Counted, coveredFromPct: number): CommuneFigure {
  const { population, people_covered, area_km2, area_covered_km2, centre_covered } = counted;
  const known = population >= 0;
  const bounded = area_km2 > 0;
  const status = bounded ? statusOf(counted, coveredFromPct) : 'unknown';
  const doubtful = bounded && counted.doubtful && status !== 'covered';
  const area = bounded && !doubtful;
  const people = area && known;
  let unknown_reason: UnknownReason | null = null;
  if (!bounded) unknown_reason = 'boundary';
  else if (!known) unknown_reason = 'population';
  else if (doubtful) unknown_reason = 'doubtful_site';
  return {
    commune,
    population: known ? population : null,
    people_covered: people ? people_covered : null,
    pct_pop: people ? percent(people_covered, population) : null,
    area_km2: bounded ? area_km2 : null,
    area_covered_km2: area ? area_covered_km2 : null,
    pct_area: area ? percent(area_covered_km2, area_km2) : null,
    // Covered for certain stays so; "not covered" is not certain where a doubtful site might reach.
    centre_covered: bounded && (centre_covered || !doubtful) ? centre_covered : null,
    status: unknown_reason ? 'unknown' : status,
    unknown_reason,
  };
}

/**
 * The figures of every commune under one mask of covered squares. `doubtful` (same squares, or null) marks what
 * sites left out of the mask might reach. A commune where nobody lives is judged by its area.
 */
export function communeFigures(
  covered: Uint8Array,
  doubtful: Uint8Array | null,
  ground: CommuneGround,
  coveredFromPct: number,
): CommuneFigure[] {
  const { squares, population, centre } = ground;
  const tally = tallyMask(covered, squares, population);
  const possible =
    doubtful &&
    tallyMask(
      doubtful.map((set, i) => (covered[i] === 1 ? 0 : set)),
      squares,
      population,
    );
  const km2 = squareKm2(squares.frame);
  return Array.from(squares.squares, (own, commune) => {
    const standIn = squares.stand_in[commune] ?? -1;
    const standInKm2 = squares.stand_in_km2[commune] ?? 0;
    const centreSquare = centre[commune] ?? -1;
    const standInDoubtful = standIn >= 0 && doubtful?.[standIn] === 1 && covered[standIn] !== 1;
    const counted: Counted = {
      population: population.totals[commune] ?? -1,
      people_covered: tally.people[commune] ?? 0,
      area_km2: standIn >= 0 ? standInKm2 : km2Of(own, km2),
      area_covered_km2: standIn >= 0 ? (covered[standIn] ?? 0) * standInKm2 : km2Of(tally.squares[commune] ?? 0, km2),
      centre_covered: centreSquare >= 0 ? covered[centreSquare] === 1 : null,
      doubtful: standInDoubtful || (possible?.squares[commune] ?? 0) > 0,
    };
    return figure(commune, counted, coveredFromPct);
  });
}

/** Sums over the communes whose status is known; the unknown are counted and in neither sum. */
export function coverageTotals(figures: readonly CommuneFigure[]): CoverageTotals {
  const communes = { covered: 0, partial: 0, uncovered: 0, unknown: 0 };
  let [population, people_covered, area_km2, area_covered_km2] = [0, 0, 0, 0];
  for (const one of figures) {
    communes[one.status]++;
    if (one.status === 'unknown') continue;
    population += one.population ?? 0;
    people_covered += one.people_covered ?? 0;
    area_km2 += one.area_km2 ?? 0;
    area_covered_km2 += one.area_covered_km2 ?? 0;
  }
  return {
    communes,
    population,
    people_covered,
    pct_pop: percent(people_covered, population),
    area_km2: km2Of(1, area_km2),
    area_covered_km2: km2Of(1, area_covered_km2),
    pct_area: percent(area_covered_km2, area_km2),
  };
}
