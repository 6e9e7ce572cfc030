/**
 * A small seeded generator (Tommy Ettinger's mulberry32): the same seed gives the same answer on every machine, so that a
 * simulated figure can be checked. Uniform in 0 … 1, period 2³².
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
