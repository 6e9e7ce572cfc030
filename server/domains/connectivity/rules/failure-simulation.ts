/**
 * Probability that source and sink are cut off from each other, by seeded simulation, for networks too entangled for
 * `two-terminal.ts`. Failures are rare, so plain sampling would draw sound networks only. Instead the number of failures is
 * taken apart (stratified sampling): no, one and two failures are added up exactly; only networks with more failures than that
 * are drawn, from their own distribution, and weighted by the probability of so many. The error is that of the last part alone.
 */
import { seededRandom } from '../../../platform/seeded-random.ts';
import type { TwoTerminalNetwork, UncertainEdge } from './two-terminal.ts';

export interface SimulationOptions {
  seed: number;
  /** Networks drawn. */
  samples: number;
  /** Failures added up exactly. */
  exact_failures?: 0 | 1 | 2;
}

export interface SimulatedUnavailability {
  unavailability: number;
  /** One standard deviation of `unavailability`. */
  standard_error: number;
}

/** Edges that fail as one. */
interface Unit {
  edges: UncertainEdge[];
  unavailability: number;
}

export function simulateUnavailability(
  network: TwoTerminalNetwork,
  { seed, samples, exact_failures = 2 }: SimulationOptions,
): SimulatedUnavailability {
  const settled = network.settled();
  if (settled !== null) return { unavailability: settled, standard_error: 0 };
  const units = unitsOf(network.edges());
  const wayOut = wayFinder(network, units);
  if (wayOut([]) === null) return { unavailability: 1, standard_error: 0 };
  const exact = sumOfFew(units, exact_failures, wayOut);
  const draw = new RareDraw(units, exact_failures + 1, seededRandom(seed));
  let hits = 0;
  for (let sample = 0; sample < samples; sample++) if (wayOut(draw.next()) === null) hits++;
  // One hit and one miss are added: without them a run without hits would claim to have no error.
  const share = (hits + 1) / (samples + 2);
  return {
    unavailability: exact + (draw.probability * hits) / samples,
    standard_error: draw.probability * Math.sqrt((share * (1 - share)) / samples),
  };
}

function unitsOf(edges: readonly UncertainEdge[]): Unit[] {
  const units: Unit[] = [];
  const ofGroup = new Map<number, Unit>();
  for (const edge of edges) {
    const known = ofGroup.get(edge.group);
    if (edge.group !== -1 && known) {
      known.edges.push(edge);
      continue;
    }
    const unit = { edges: [edge], unavailability: edge.unavailability };
    units.push(unit);
    if (edge.group !== -1) ofGroup.set(edge.group, unit);
  }
  return units;
}

/**
 * Probability of exactly one (or two) failures that cut off; none at all cannot, the network being connected. Only a failure
 * on a way that is still open can cut it, so a search is made per unit of one way, not per pair.
 */
function sumOfFew(units: readonly Unit[], upTo: 0 | 1 | 2, wayOut: WayOut): number {
  if (upTo === 0) return 0;
  // Nothing fails: Π(1 - u). An exchange of one factor for u / (1 - u) makes that unit fail; u is below 1 (two-terminal.ts).
  const sound = units.reduce((product, unit) => product * (1 - unit.unavailability), 1);
  const odds = units.map(({ unavailability }) => unavailability / (1 - unavailability));
  const firstWay = wayOut([])!;
  const around = new Map([...firstWay].map((unit) => [unit, wayOut([unit])]));
  const counted = new Set<number>();
  let sum = 0;
  for (const [one, way] of around) {
    if (way === null) sum += odds[one]!;
    if (upTo === 1) continue;
    // With a unit that cuts off alone every second one does; otherwise only one on the way round it can.
    for (const other of way ?? units.keys()) {
      const pair = Math.min(one, other) * units.length + Math.max(one, other);
      if (other === one || counted.has(pair) || (way !== null && wayOut([one, other]) !== null)) continue;
      counted.add(pair);
      sum += odds[one]! * odds[other]!;
    }
  }
  return sound * sum;
}

/** Draws sets of failed units given that at least `least` fail. */
class RareDraw {
  /** That so many fail at all. */
  readonly probability: number;
  #units: readonly Unit[];
  #least: number;
  #random: () => number;
  /** `#tail[need][from]`: at least `need` of the units from `from` on fail. */
  #tail: Float64Array[];

  constructor(units: readonly Unit[], least: number, random: () => number) {
    this.#units = units;
    this.#least = least;
    this.#random = random;
    this.#tail = [new Float64Array(units.length + 1).fill(1)];
    for (let need = 1; need <= least; need++) {
      const tail = new Float64Array(units.length + 1);
      for (let from = units.length - 1; from >= 0; from--) {
        const { unavailability } = units[from]!;
        tail[from] = unavailability * this.#tail[need - 1]![from + 1]! + (1 - unavailability) * tail[from + 1]!;
      }
      this.#tail.push(tail);
    }
    this.probability = this.#tail[least]![0]!;
  }

  next(): number[] {
    const failed: number[] = [];
    for (let at = 0; at < this.#units.length && this.probability > 0; at++) {
      const need = Math.max(0, this.#least - failed.length);
      const share = need === 0 ? 1 : this.#tail[need - 1]![at + 1]! / this.#tail[need]![at]!;
      if (this.#random() < this.#units[at]!.unavailability * share) failed.push(at);
    }
    return failed;
  }
}

/** The units of a way from source to sink without the failed ones, null when there is none. */
type WayOut = (failed: readonly number[]) => Set<number> | null;

/** Searches breadth first; its arrays are made once. */
function wayFinder(network: TwoTerminalNetwork, units: readonly Unit[]): WayOut {
  const numbers = new Map<number, number>();
  const numberOf = (node: number): number => {
    if (!numbers.has(node)) numbers.set(node, numbers.size);
    return numbers.get(node)!;
  };
  const [source, sink] = [numberOf(network.source), numberOf(network.sink)];
  const neighbours: { node: number; unit: number }[][] = [];
  units.forEach(({ edges }, unit) => {
    for (const { a, b } of edges) {
      const [from, to] = [numberOf(a), numberOf(b)];
      (neighbours[from] ??= []).push({ node: to, unit });
      (neighbours[to] ??= []).push({ node: from, unit });
    }
  });
  const down = new Uint8Array(units.length);
  const seen = new Int32Array(numbers.size);
  const queue = new Int32Array(numbers.size);
  const [before, via] = [new Int32Array(numbers.size), new Int32Array(numbers.size)];
  let generation = 0;
  const reachesSink = (): boolean => {
    seen[source] = ++generation;
    queue[0] = source;
    for (let head = 0, tail = 1; head < tail; head++) {
      const at = queue[head]!;
      for (const { node, unit } of neighbours[at] ?? []) {
        if (down[unit] === 1 || seen[node] === generation) continue;
        seen[node] = generation;
        before[node] = at;
        via[node] = unit;
        if (node === sink) return true;
        queue[tail++] = node;
      }
    }
    return false;
  };
  return (failed) => {
    for (const unit of failed) down[unit] = 1;
    const isReached = reachesSink();
    for (const unit of failed) down[unit] = 0;
    if (!isReached) return null;
    const way = new Set<number>();
    for (let node = sink; node !== source; node = before[node]!) way.add(via[node]!);
    return way;
  };
}
