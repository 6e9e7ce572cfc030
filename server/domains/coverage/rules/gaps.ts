/** Connected patches of ground without coverage, ranked by how many people live there. */
import type { CommuneGround } from './commune-figures.ts';
import { UNASSIGNED } from './commune-squares.ts';
import { squareKm2 } from './grid.ts';
import { tracePolygons } from './polygonise.ts';
import type { Polygon } from './projection.ts';

/** gap: one operator does not reach it; white: no operator does; grey: some but not all that have the technology do. */
export type GapKind = 'gap' | 'white' | 'grey';

export interface Gap {
  /** From 1, most people first, then largest area, then southernmost. */
  rank: number;
  area_km2: number;
  people: number;
  /** True when part of it lies in a commune whose population is not known: `people` is then a lower bound. */
  people_incomplete: boolean;
  /** Indices of the communes it touches, rising. */
  communes: number[];
  /** Corners in columns and rows of the frame. */
  polygon: Polygon;
}

/** Ground that is not listed patch by patch, in sums. */
export interface GroundSum {
  area_km2: number;
  people: number;
  /** True when part of it lies in a commune whose population is not known: `people` is then a lower bound. */
  people_incomplete: boolean;
}

/** Patches too small to be listed. */
export interface SmallGaps extends GroundSum {
  patches: number;
}

type PeopledGround = Pick<CommuneGround, 'squares' | 'population'>;

/** People of communes that only have a stand-in square, by that square. */
function standInPeople({ squares, population }: PeopledGround): Map<number, number[]> {
  const bySquare = new Map<number, number[]>();
  squares.stand_in.forEach((square, commune) => {
    if (square < 0 || (population.totals[commune] ?? -1) < 0) return;
    bySquare.set(square, [...(bySquare.get(square) ?? []), commune]);
  });
  return bySquare;
}

/** Square kilometres without the noise of binary fractions. */
const roundKm2 = (km2: number): number => Math.round(km2 * 1e6) / 1e6;

/** What a mask of squares (1 = counts) holds, squares of no commune left out. */
export function sumOfSquares(mask: Uint8Array, ground: PeopledGround): GroundSum {
  const { squares, population } = ground;
  const extra = standInPeople(ground);
  let [count, people, people_incomplete] = [0, 0, false];
  for (let square = 0; square < mask.length; square++) {
    const commune = squares.commune[square] as number;
    if (mask[square] === 0 || commune === UNASSIGNED) continue;
    count++;
    people += population.people[square] ?? 0;
    people_incomplete ||= (population.totals[commune] ?? -1) < 0;
    for (const standIn of extra.get(square) ?? []) people += population.totals[standIn] ?? 0;
  }
  return { area_km2: roundKm2(count * squareKm2(squares.frame)), people, people_incomplete };
}

const sumOfSmall = (small: readonly Omit<Gap, 'rank' | 'communes' | 'polygon'>[]): SmallGaps => ({
  patches: small.length,
  area_km2: roundKm2(small.reduce((sum, { area_km2 }) => sum + area_km2, 0)),
  people: small.reduce((sum, { people }) => sum + people, 0),
  people_incomplete: small.some(({ people_incomplete }) => people_incomplete),
});

/**
 * The patches of a mask of missing squares (1 = missing), squares of no commune left out: those of at least
 * `minAreaKm2` one by one, the others in sums, so that together they are all that is missing. Patches are connected by
 * sides of squares.
 */
export function findGaps(
  missing: Uint8Array,
  ground: PeopledGround,
  minAreaKm2: number,
): { gaps: Gap[]; small: SmallGaps } {
  const { squares, population } = ground;
  const mask = missing.map((set, square) => (squares.commune[square] === UNASSIGNED ? 0 : set));
  const { components, polygons } = tracePolygons(mask, squares.frame);
  const people = new Float64Array(components.count + 1);
  const communes = Array.from({ length: components.count + 1 }, () => new Set<number>());
  const extra = standInPeople(ground);
  for (let square = 0; square < mask.length; square++) {
    const label = components.labels[square] ?? 0;
    if (label === 0) continue;
    people[label] = (people[label] ?? 0) + (population.people[square] ?? 0);
    communes[label]?.add(squares.commune[square] ?? UNASSIGNED);
    for (const commune of extra.get(square) ?? []) {
      people[label] = (people[label] ?? 0) + (population.totals[commune] ?? 0);
      communes[label]?.add(commune);
    }
  }
  const km2 = squareKm2(squares.frame);
  const patches = polygons.map((polygon, k) => {
    const inside = [...(communes[k + 1] ?? [])].sort((a, b) => a - b);
    return {
      area_km2: roundKm2((components.squares[k + 1] ?? 0) * km2),
      people: people[k + 1] ?? 0,
      people_incomplete: inside.some((commune) => (population.totals[commune] ?? -1) < 0),
      communes: inside,
      polygon,
    };
  });
  const gaps = patches
    .filter(({ area_km2 }) => area_km2 >= minAreaKm2)
    .sort((a, b) => b.people - a.people || b.area_km2 - a.area_km2)
    .map((gap, i) => ({ rank: i + 1, ...gap }));
  return { gaps, small: sumOfSmall(patches.filter(({ area_km2 }) => area_km2 < minAreaKm2)) };
}
