/** Commune totals shared out over the squares of the grid. */
import { type CommuneSquares, UNASSIGNED } from './commune-squares.ts';

export interface PopulationGrid {
  method: 'uniform';
  /** People per square, whole numbers; of the commune the square belongs to. */
  people: Int32Array;
  /** Per commune: the total that was shared out, or −1 where it is not known. */
  totals: Int32Array;
}

/** A usable total: a whole number of people ≥ 0, else −1 for "not known". */
const usable = (population: number | null): number =>
  population !== null && Number.isFinite(population) && population >= 0 ? Math.round(population) : -1;

/**
 * Spreads each commune's people evenly over its squares in whole persons: square k of n gets
 * ⌊(k+1)·P/n⌋ − ⌊k·P/n⌋, so every commune's squares add up to its total exactly and no square differs from another
 * by more than one. People of a commune that only has a stand-in square are not on the grid (the square is another
 * commune's); tallies and gaps add them where the stand-in lies. A total that is null, negative or not a number is unknown.
 */
export function spreadPopulation(grid: CommuneSquares, populations: readonly (number | null)[]): PopulationGrid {
  const totals = Int32Array.from(populations, usable);
  const people = new Int32Array(grid.commune.length);
  const seen = new Uint32Array(totals.length);
  for (let square = 0; square < people.length; square++) {
    const commune = grid.commune[square] ?? UNASSIGNED;
    const total = totals[commune] ?? 0;
    if (commune === UNASSIGNED || total <= 0) continue;
    const [k, n] = [seen[commune] ?? 0, grid.squares[commune] ?? 1];
    // k·P stays far below 2^53, so the floors are exact.
    people[square] = Math.floor(((k + 1) * total) / n) - Math.floor((k * total) / n);
    seen[commune] = k + 1;
  }
  return { method: 'uniform', people, totals };
}
