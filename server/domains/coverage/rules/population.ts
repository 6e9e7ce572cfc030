/** Commune totals shared out over the squares of the grid, in whole persons. */
import { type CommuneSquares, UNASSIGNED } from './commune-squares.ts';

/** How the people of a commune were spread, best first. */
export const POPULATION_METHODS = ['raster', 'villages', 'habitable', 'uniform'] as const;
export type PopulationMethod = (typeof POPULATION_METHODS)[number];

/** What is known of where people live: one weight a square, in any unit; null = nothing of the kind is known. */
export interface SquareWeights {
  /** People by an imported raster. */
  raster: Float32Array | null;
  /** People around village points. */
  villages: Float32Array | null;
  /** 1 = on habitable ground. */
  habitable: Uint8Array | null;
  /** Per commune and method: 1 = too little is known there for the method, whatever the weights. */
  unusable: Record<'raster' | 'villages', Uint8Array>;
}

export interface PopulationGrid {
  /** The method of all communes whose people are on the grid; mixed where they differ. */
  method: PopulationMethod | 'mixed';
  /** Per commune: its method, or null where there are no people or no squares to spread them over. */
  methods: (PopulationMethod | null)[];
  /** People per square, whole numbers; of the commune the square belongs to. */
  people: Int32Array;
  /** Per commune: the total that was shared out, or −1 where it is not known. */
  totals: Int32Array;
}

/** A usable total: a whole number of people ≥ 0, else −1 for "not known". */
const usable = (population: number | null): number =>
  population !== null && Number.isFinite(population) && population >= 0 ? Math.round(population) : -1;

/** The squares of each commune one after the other, rising: those of commune c stand from start[c] to start[c + 1]. */
export function squaresByCommune({ commune, squares }: CommuneSquares): { list: Int32Array; start: Int32Array } {
  const start = new Int32Array(squares.length + 1);
  for (let c = 0; c < squares.length; c++) start[c + 1] = (start[c] ?? 0) + (squares[c] ?? 0);
  const next = start.slice();
  const list = new Int32Array(start[squares.length] ?? 0);
  for (let square = 0; square < commune.length; square++) {
    const c = commune[square] ?? UNASSIGNED;
    if (c === UNASSIGNED) continue;
    const at = next[c] ?? 0;
    list[at] = square;
    next[c] = at + 1;
  }
  return { list, start };
}

/**
 * Whole persons, evenly: square k of n gets ⌊(k+1)·P/n⌋ − ⌊k·P/n⌋, so the squares add up to the total exactly, no
 * square differs from another by more than one, and the odd persons are not all at one end.
 */
function shareEvenly(people: Int32Array, squares: Int32Array, total: number): void {
  const n = squares.length;
  for (let k = 0; k < n; k++) {
    // k·P stays far below 2^53, so the floors are exact.
    people[squares[k] as number] = Math.floor(((k + 1) * total) / n) - Math.floor((k * total) / n);
  }
}

/** The same for every run, but not in the order of the squares: equal remainders must not all be served in the south. */
const scattered = (square: number): number => Math.imul(square ^ (square >>> 15), 0x2c1b3c6d) >>> 0;

/**
 * Whole persons in proportion to weights, by largest remainder: each square gets the floor of its share, and those with
 * the largest fractions one more until the total is reached.
 */
function shareByWeight(people: Int32Array, squares: Int32Array, weights: Float32Array, total: number): void {
  const sum = squares.reduce((all, square) => all + (weights[square] as number), 0);
  const shares = Array.from(squares, (square) => {
    const exact = (total * (weights[square] as number)) / sum;
    return { square, whole: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = total;
  for (const { square, whole } of shares) {
    people[square] = whole;
    left -= whole;
  }
  shares.sort((a, b) => b.rest - a.rest || scattered(a.square) - scattered(b.square));
  // Fractions add up to what is left, so there are more squares with one than persons; rounding moves it by one at most.
  for (const { square } of shares.slice(0, left)) people[square] = (people[square] as number) + 1;
}

/** The best method a commune has squares for, and those squares. */
function methodOf(
  commune: number,
  squares: Int32Array,
  weights: SquareWeights | null,
): { method: PopulationMethod; squares: Int32Array; weights: Float32Array | null } {
  for (const method of ['raster', 'villages'] as const) {
    const values = weights?.[method];
    if (!values || weights.unusable[method][commune] === 1) continue;
    const inhabited = squares.filter((square) => (values[square] as number) > 0);
    if (inhabited.length > 0) return { method, squares: inhabited, weights: values };
  }
  const inside = weights?.habitable ? squares.filter((square) => weights.habitable?.[square] === 1) : squares;
  return weights?.habitable && inside.length > 0
    ? { method: 'habitable', squares: inside, weights: null }
    : { method: 'uniform', squares, weights: null };
}

function overall(methods: PopulationGrid['methods']): PopulationGrid['method'] {
  const used = new Set(methods.filter((method) => method !== null));
  const [only = 'uniform'] = used;
  return used.size > 1 ? 'mixed' : only;
}

/**
 * Spreads each commune's people over its own squares in whole persons, by the best method there is something known for
 * in that commune: an imported raster, villages, habitable ground, else evenly. Every commune's squares add up to its
 * total exactly. People of a commune that only has a stand-in square are not on the grid (the square is another
 * commune's); tallies and gaps add them where the stand-in lies. A total that is null, negative or not a number is unknown.
 * @param weights what weighSquares gives; left out: everything evenly
 */
export function spreadPopulation(
  grid: CommuneSquares,
  populations: readonly (number | null)[],
  weights: SquareWeights | null = null,
): PopulationGrid {
  const totals = Int32Array.from(populations, usable);
  const people = new Int32Array(grid.commune.length);
  const { list, start } = squaresByCommune(grid);
  const methods = Array.from(totals, (total, commune): PopulationMethod | null => {
    const own = list.subarray(start[commune], start[commune + 1]);
    if (total <= 0 || own.length === 0) return null;
    const best = methodOf(commune, own, weights);
    if (best.weights) shareByWeight(people, best.squares, best.weights, total);
    else shareEvenly(people, best.squares, total);
    return best.method;
  });
  return { method: overall(methods), methods, people, totals };
}
