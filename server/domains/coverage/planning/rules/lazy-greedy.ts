/**
 * Greedy choice of the k best of many candidates, where what a candidate gains can only shrink as others are chosen
 * (people covered: a monotone submodular function). Gains are evaluated lazily (Minoux 1978; CELF, Leskovec et al.
 * 2007): an old gain is an upper bound of the present one, so only candidates whose bound is at the top are evaluated.
 *
 * Nemhauser, Wolsey, Fisher (1978): always taking the largest gain reaches at least 1 − 1/e of the best choice of k.
 * Where a pick has only a share α of the largest gain (existing masts before new ones) it is 1 − e^−α.
 */
import type { SuggestionKind } from '../../../../contract/index.ts';

/** The share of the best choice that plain greedy is sure to reach. */
export const GREEDY_SHARE = 1 - 1 / Math.E;
/**
 * Existing first: a new mast is chosen only where it gains more than this many times what the best existing mast gains.
 * An assumption: antennas on a standing mast, whoever owns it, cost about two thirds of a new mast at most.
 */
export const SHARING_FACTOR = 1.5;

/** What choosing a candidate adds: people first; area decides between equals, then the order of the candidates. */
export interface Gain {
  people: number;
  squares: number;
}

export interface GreedyCandidate {
  /** On an existing mast, the operator's own or another's, or on free ground. */
  kind: SuggestionKind;
  /** At least as much as it can gain; known without work. */
  bound: Gain;
}

export interface GreedyOptions<C extends GreedyCandidate> {
  candidates: readonly C[];
  /** How many to choose, at least 1. */
  count: number;
  /** What a candidate would gain now, exactly. Must never rise as others are chosen, nor exceed `bound`. */
  gainOf: (candidate: C) => Gain;
  /** Makes a candidate part of the choice. */
  choose: (candidate: C) => void;
  /** True: existing masts go before new ones, by SHARING_FACTOR. */
  sharingFirst: boolean;
}

export interface GreedyChoice<C> {
  chosen: { candidate: C; gain: Gain }[];
  people_gained: number;
  /** No choice of as many candidates gains more people. */
  at_most_people: number;
  /** This choice gains at least this share of what the best one gains. */
  guarantee: number;
  /** How many exact gains were needed. */
  evaluations: number;
}

interface Entry<C> {
  candidate: C;
  index: number;
  gain: Gain;
  /** Number of picks when `gain` was exact; −1: it is only the bound. */
  round: number;
}

const before = <C>(a: Entry<C>, b: Entry<C>): boolean =>
  a.gain.people !== b.gain.people
    ? a.gain.people > b.gain.people
    : a.gain.squares !== b.gain.squares
      ? a.gain.squares > b.gain.squares
      : a.index < b.index;

/** A binary heap with the best entry at its head. */
class Heap<C> {
  readonly entries: Entry<C>[] = [];

  get head(): Entry<C> | undefined {
    return this.entries[0];
  }

  push(entry: Entry<C>): void {
    let at = this.entries.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, this.entries[parent] as Entry<C>)) break;
      this.entries[at] = this.entries[parent] as Entry<C>;
      at = parent;
    }
    this.entries[at] = entry;
  }

  pop(): Entry<C> | undefined {
    const head = this.entries[0];
    const last = this.entries.pop();
    if (head && last && head !== last) this.#sink(last);
    return head;
  }

  #sink(entry: Entry<C>): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.entries.length) break;
      const right = child + 1;
      if (right < this.entries.length && before(this.entries[right] as Entry<C>, this.entries[child] as Entry<C>))
        child = right;
      if (!before(this.entries[child] as Entry<C>, entry)) break;
      this.entries[at] = this.entries[child] as Entry<C>;
      at = child;
    }
    this.entries[at] = entry;
  }
}

const isNothing = ({ people, squares }: Gain): boolean => people <= 0 && squares <= 0;

/**
 * Between the best candidate on an existing mast and the best new one. Sharing first: the new one needs SHARING_FACTOR
 * times the people, or existing masts that gain nobody. Otherwise the larger gain; an existing mast between equals.
 */
function prefersStanding(standing: Gain, fresh: Gain, sharingFirst: boolean): boolean {
  if (isNothing(standing)) return false;
  if (sharingFirst && standing.people > 0) return fresh.people <= SHARING_FACTOR * standing.people;
  if (fresh.people !== standing.people) return standing.people > fresh.people;
  return sharingFirst || standing.squares >= fresh.squares;
}

type Side = 'standing' | 'new';
const sideOf = (kind: SuggestionKind): Side => (kind === 'new' ? 'new' : 'standing');

/** The candidates left, those on existing masts and new ones apart, the most promising of each at the head. */
class Candidates<C extends GreedyCandidate> {
  evaluations = 0;
  readonly #heaps = { standing: new Heap<C>(), new: new Heap<C>() };
  readonly #gainOf: (candidate: C) => Gain;

  constructor(candidates: readonly C[], gainOf: (candidate: C) => Gain) {
    this.#gainOf = gainOf;
    candidates.forEach((candidate, index) => {
      this.#heaps[sideOf(candidate.kind)].push({ candidate, index, gain: candidate.bound, round: -1 });
    });
  }

  /** The best candidate of a side, its gain exact in this round. */
  best(side: Side, round: number): Entry<C> | undefined {
    const heap = this.#heaps[side];
    for (;;) {
      const { head } = heap;
      if (!head || head.round === round) return head;
      heap.pop();
      this.evaluations++;
      heap.push({ ...head, gain: this.#gainOf(head.candidate), round });
    }
  }

  take({ kind }: C): Entry<C> | undefined {
    return this.#heaps[sideOf(kind)].pop();
  }

  /** The k largest gains of people, exact in this round, summed. */
  sumOfLargest(count: number, round: number): number {
    const aside: Entry<C>[] = [];
    while (aside.length < count) {
      const [standing, fresh] = [this.best('standing', round), this.best('new', round)];
      const best = standing && fresh ? (before(fresh, standing) ? fresh : standing) : (standing ?? fresh);
      if (!best || best.gain.people === 0) break;
      aside.push(best);
      this.take(best.candidate);
    }
    for (const entry of aside) this.#heaps[sideOf(entry.candidate.kind)].push(entry);
    return aside.reduce((sum, { gain }) => sum + gain.people, 0);
  }
}

/**
 * Chooses up to `count` candidates; stops earlier when none gains anything. Deterministic. The bound is the lesser of
 * two, each of which the best choice cannot exceed: the k largest gains at the start, and the people gained in the end
 * plus the k largest gains then left.
 */
export function chooseGreedily<C extends GreedyCandidate>(options: GreedyOptions<C>): GreedyChoice<C> {
  const { count, choose, sharingFirst } = options;
  const left = new Candidates(options.candidates, options.gainOf);
  const atStart = left.sumOfLargest(count, 0);
  const chosen: GreedyChoice<C>['chosen'] = [];
  let people_gained = 0;
  let leastShare = 1;
  while (chosen.length < count) {
    const [standing, fresh] = [left.best('standing', chosen.length), left.best('new', chosen.length)];
    const stays = standing && (!fresh || prefersStanding(standing.gain, fresh.gain, sharingFirst));
    const pick = stays ? standing : fresh;
    if (!pick || isNothing(pick.gain)) break;
    const { candidate, gain } = pick;
    const best = Math.max(standing?.gain.people ?? 0, fresh?.gain.people ?? 0);
    if (best > 0) leastShare = Math.min(leastShare, gain.people / best);
    left.take(candidate);
    choose(candidate);
    chosen.push({ candidate, gain });
    people_gained += gain.people;
  }
  const at_most_people = Math.min(atStart, people_gained + left.sumOfLargest(count, chosen.length));
  const proven = people_gained >= GREEDY_SHARE * at_most_people;
  const guarantee = proven ? GREEDY_SHARE : 1 - Math.exp(-leastShare);
  return { chosen, people_gained, at_most_people, guarantee, evaluations: left.evaluations };
}
