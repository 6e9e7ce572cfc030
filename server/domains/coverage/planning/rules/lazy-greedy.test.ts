import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseGreedily, type Gain, GREEDY_SHARE, type GreedyCandidate, SHARING_FACTOR } from './lazy-greedy.ts';

interface Disc extends GreedyCandidate {
  name: number;
  squares: readonly number[];
}
interface Problem {
  people: readonly number[];
  discs: readonly Disc[];
  count: number;
}

const gainOver = (people: readonly number[], covered: ReadonlySet<number>, { squares }: Disc): Gain => {
  const fresh = squares.filter((square) => !covered.has(square));
  return { people: fresh.reduce((sum, square) => sum + (people[square] ?? 0), 0), squares: fresh.length };
};

function solve({ people, discs, count }: Problem, sharingFirst = false) {
  const covered = new Set<number>();
  return chooseGreedily<Disc>({
    candidates: discs,
    count,
    gainOf: (disc) => gainOver(people, covered, disc),
    choose: ({ squares }) => {
      for (const square of squares) covered.add(square);
    },
    sharingFirst,
  });
}

/** Greedy as in the textbook: every candidate evaluated in every round. */
function plainGreedy({ people, discs, count }: Problem): number[] {
  const covered = new Set<number>();
  const left = new Set(discs);
  const names: number[] = [];
  while (names.length < count) {
    let best: { disc: Disc; gain: Gain } | null = null;
    for (const disc of left) {
      const gain = gainOver(people, covered, disc);
      const better =
        !best ||
        gain.people > best.gain.people ||
        (gain.people === best.gain.people && gain.squares > best.gain.squares);
      if (better) best = { disc, gain };
    }
    if (!best || best.gain.squares === 0) break;
    left.delete(best.disc);
    for (const square of best.disc.squares) covered.add(square);
    names.push(best.disc.name);
  }
  return names;
}

/** The best choice of `count`, by trying all of them. */
function bestOfAll({ people, discs, count }: Problem): number {
  let best = 0;
  const tryFrom = (start: number, left: number, covered: ReadonlySet<number>): void => {
    best = Math.max(
      best,
      [...covered].reduce((sum, square) => sum + (people[square] ?? 0), 0),
    );
    if (left === 0) return;
    for (let i = start; i < discs.length; i++)
      tryFrom(i + 1, left - 1, new Set([...covered, ...(discs[i]?.squares ?? [])]));
  };
  tryFrom(0, count, new Set());
  return best;
}

const problems = (kinds: readonly ('share' | 'new')[]): fc.Arbitrary<Problem> =>
  fc
    .record({
      people: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 12, maxLength: 12 }),
      shapes: fc.array(
        fc.record({
          squares: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 6 }),
          kind: fc.constantFrom(...kinds),
          loose: fc.integer({ min: 0, max: 30 }),
        }),
        { minLength: 1, maxLength: 9 },
      ),
      count: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ people, shapes, count }) => ({
      people,
      count,
      discs: shapes.map(({ squares, kind, loose }, name) => {
        const all = squares.reduce((sum, square) => sum + (people[square] ?? 0), 0);
        return { name, kind, squares, bound: { people: all + loose, squares: squares.length + loose } };
      }),
    }));

describe('the greedy choice', () => {
  it('is that of greedy which evaluates every candidate in every round', () => {
    fc.assert(
      fc.property(problems(['new']), (problem) => {
        expect(solve(problem).chosen.map(({ candidate }) => candidate.name)).toEqual(plainGreedy(problem));
      }),
      { numRuns: 500 },
    );
  });

  it('gains at least 1 − 1/e of the best choice there is, which is never above the bound', () => {
    fc.assert(
      fc.property(problems(['new']), (problem) => {
        const { people_gained, at_most_people, guarantee } = solve(problem);
        const best = bestOfAll(problem);
        expect(guarantee).toBe(GREEDY_SHARE);
        expect(people_gained).toBeGreaterThanOrEqual(GREEDY_SHARE * best);
        expect(people_gained).toBeLessThanOrEqual(best);
        expect(best).toBeLessThanOrEqual(at_most_people);
      }),
      { numRuns: 300 },
    );
  });

  it('with sharing first is within the guarantee and the bound it states', () => {
    fc.assert(
      fc.property(problems(['new', 'share']), (problem) => {
        const { people_gained, at_most_people, guarantee } = solve(problem, true);
        const best = bestOfAll(problem);
        expect(people_gained).toBeGreaterThanOrEqual(guarantee * best - 1e-9);
        expect(best).toBeLessThanOrEqual(at_most_people);
        expect(guarantee).toBeGreaterThanOrEqual(1 - Math.exp(-1 / SHARING_FACTOR) - 1e-12);
        expect(guarantee).toBeLessThanOrEqual(GREEDY_SHARE);
      }),
      { numRuns: 500 },
    );
  });

  it('evaluates few of many candidates', () => {
    const people = Array.from({ length: 1_000 }, (_, i) => (i * 37) % 101);
    const discs = people.map((_, name): Disc => {
      const squares = [name, (name + 1) % 1_000];
      const all = squares.reduce((sum, square) => sum + (people[square] ?? 0), 0);
      return { name, kind: 'new', squares, bound: { people: all, squares: 2 } };
    });
    expect(solve({ people, discs, count: 10 }).evaluations).toBeLessThan(100);
  });

  it('ends when nothing is left to gain', () => {
    const disc = (name: number): Disc => ({ name, kind: 'new', squares: [1], bound: { people: 5, squares: 1 } });
    const { chosen, people_gained, at_most_people } = solve({ people: [0, 5], discs: [disc(0), disc(1)], count: 2 });
    expect(chosen.map(({ candidate }) => candidate.name)).toEqual([0]);
    expect([people_gained, at_most_people]).toEqual([5, 5]);
    expect(solve({ people: [1], discs: [], count: 3 })).toMatchObject({ chosen: [], at_most_people: 0 });
  });
});

describe('sharing first', () => {
  const disc = (name: number, kind: 'share' | 'new', squares: number[], people: readonly number[]): Disc => ({
    name,
    kind,
    squares,
    bound: { people: squares.reduce((sum, square) => sum + (people[square] ?? 0), 0), squares: squares.length },
  });
  const firstOf = (share: number, fresh: number, sharingFirst: boolean): string | undefined => {
    const people = [share, fresh];
    const discs = [disc(0, 'new', [1], people), disc(1, 'share', [0], people)];
    return solve({ people, discs, count: 1 }, sharingFirst).chosen[0]?.candidate.kind;
  };

  it.each([
    [100, 150, true, 'share'],
    [100, 151, true, 'new'],
    [100, 150, false, 'new'],
    [100, 100, false, 'share'],
    [0, 1, true, 'new'],
  ] as const)('%i people by sharing, %i by building, sharing first %s: %s', (share, fresh, first, kind) => {
    expect(firstOf(share, fresh, first)).toBe(kind);
  });
});
