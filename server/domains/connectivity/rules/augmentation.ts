/**
 * The cheapest new spans that make targets `dual`: no single risk (span or route group, old or new) isolates them.
 *
 * Two methods, one after the other:
 *
 * 1. a plan in any case (`augmentation-heuristic.ts`): within twice the least cost where all targets are connected, no group
 *    matters and candidates join the network directly; see `factor` for the other cases;
 * 2. branch and bound from there. A target that a risk isolates needs one of the candidates that lead out of its side: each of
 *    them is tried in turn. What all violated sides need at least, found by dual ascent (each candidate's cost is spent once),
 *    cuts branches off. When the branches run out within the budget, the plan is the cheapest there is.
 *
 * `lower_bound` is valid in any case, so `cost / lower_bound` says how good a plan is that was not proven.
 */
import { heuristicPlan } from './augmentation-heuristic.ts';
import type { CandidateLine } from './candidate-lines.ts';
import {
  DualCheck,
  type DualProblem,
  dualProblem,
  type PlannedTarget,
  type Violation,
  waysOut,
} from './dual-problem.ts';
import type { NetworkGraph } from './network-graph.ts';

export interface DualPlan {
  /** Ids of the candidate lines to build, in the order given. */
  lines: number[];
  cost: number;
  length_m: number;
  /** Proven the cheapest. */
  exact: boolean;
  /** No plan costs less; `cost` when exact. */
  lower_bound: number;
  /** What the method guarantees without looking at the result: cost is at most so many times the least; null: no guarantee. */
  factor: number | null;
  /** Codes of targets that cannot become dual with these candidates; the plan is for the others. */
  impossible: string[];
}

/** Branches tried before giving up the proof. */
export const DEFAULT_PLAN_BUDGET = 2_000;

/** Violated sides looked at in one branch; fewer make a weaker bound, not a wrong one. */
const SIDES_PER_BRANCH = 200;

/** Plans for all targets at once; those that are dual already cost nothing. */
export function planDual(
  graph: NetworkGraph,
  targets: readonly PlannedTarget[],
  candidates: readonly CandidateLine[],
  budget = DEFAULT_PLAN_BUDGET,
): DualPlan {
  const problem = dualProblem(graph, targets, candidates);
  const check = new DualCheck(problem);
  const hopeless = check.failing(new Uint8Array(candidates.length).fill(1));
  const wanted = Array.from(targets.keys()).filter((target) => !hopeless.has(target));
  const start = heuristicPlan(check, wanted);
  const search = new PlanSearch(check, wanted, start.built, start.cost);
  const isComplete = search.run(budget);
  const lines = candidates.filter((_, at) => search.best[at] === 1);
  const cost = search.bestCost;
  return {
    lines: lines.map(({ id }) => id),
    cost,
    length_m: lines.reduce((sum, line) => sum + line.length_m, 0),
    exact: isComplete,
    lower_bound: isComplete ? cost : Math.min(cost, Math.max(start.lower_bound, search.rootBound)),
    factor: isComplete ? 1 : start.factor,
    impossible: targets.filter((_, target) => hopeless.has(target)).map(({ code }) => code),
  };
}

class PlanSearch {
  best: Uint8Array;
  bestCost: number;
  /** Lower bound before the first branch. */
  rootBound = 0;
  #check: DualCheck;
  #problem: DualProblem;
  #wanted: readonly number[];
  #cheapestFirst: number[];
  #built: Uint8Array;
  #excluded: Uint8Array;
  #left = 0;

  constructor(check: DualCheck, wanted: readonly number[], built: Uint8Array, cost: number) {
    this.#check = check;
    this.#problem = check.problem;
    this.#wanted = wanted;
    const { candidates } = check.problem;
    this.#cheapestFirst = Array.from(candidates.keys()).sort(
      (a, b) => candidates[a]!.cost - candidates[b]!.cost || a - b,
    );
    this.best = built;
    this.bestCost = cost;
    this.#built = new Uint8Array(built.length);
    this.#excluded = new Uint8Array(built.length);
  }

  /** True when the branches ran out: `best` is the cheapest. */
  run(budget: number): boolean {
    this.#left = budget;
    this.#branch(0, true);
    return this.#left >= 0;
  }

  #branch(cost: number, isRoot: boolean): void {
    if (--this.#left < 0) return;
    const violations = this.#check.violations(this.#built, this.#wanted, SIDES_PER_BRANCH);
    if (violations.length === 0) {
      if (cost >= this.bestCost) return;
      this.best = this.#built.slice();
      this.bestCost = cost;
      return;
    }
    const ways = this.#openWays(violations);
    const bound = dualAscent(this.#problem, ways);
    if (isRoot) this.rootBound = bound;
    if (cost + bound >= this.bestCost * (1 - 1e-12)) return;
    const tried = ways[0]!;
    for (const at of tried) {
      this.#built[at] = 1;
      this.#branch(cost + this.#problem.candidates[at]!.cost, false);
      this.#built[at] = 0;
      this.#excluded[at] = 1;
      if (this.#left < 0) break;
    }
    for (const at of tried) this.#excluded[at] = 0;
  }

  /** For each violated side the candidates still open to it, cheapest first; the side with the fewest comes first. */
  #openWays(violations: readonly Violation[]): number[][] {
    const open = this.#cheapestFirst.filter((at) => this.#excluded[at] === 0);
    return violations.map((violation) => waysOut(this.#problem, violation, open)).sort((a, b) => a.length - b.length);
  }
}

/** Each side claims what its cheapest way still costs; what is claimed is paid for all sides it serves. Infinite without a way. */
function dualAscent({ candidates }: DualProblem, sides: readonly (readonly number[])[]): number {
  const left = candidates.map(({ cost }) => cost);
  let claimed = 0;
  for (const ways of sides) {
    const least = Math.min(...ways.map((at) => left[at]!));
    if (least === 0) continue;
    claimed += least;
    if (claimed === Number.POSITIVE_INFINITY) return claimed;
    for (const at of ways) left[at]! -= least;
  }
  return claimed;
}
