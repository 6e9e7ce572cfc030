/** Straight lines between places: all pairs within a hop are weighed, those that a cheapest plan can need are kept. */
import { PointIndex } from '../../../platform/geo/point-index.ts';
import { buildCost, DEFAULT_COST_MODEL } from './build-cost.ts';
import { type CandidateLine, type CandidateOptions, type Place, positionOf } from './candidate-lines.ts';

export interface StraightOptions extends CandidateOptions {
  /** Longest straight line, metres. */
  max_hop_m: number;
  /** Places of one class are the same for the plan: no line between them helps, and of those to another class the shortest do. */
  classOf: (place: Place) => number;
  /** How many lines between two classes a plan can need. */
  each: 1 | 2;
}

export interface StraightLines {
  lines: CandidateLine[];
  /** Pairs of places within a hop that were weighed. */
  weighed: number;
}

/** Straight lines between places within a hop, of those between two classes the shortest; ids from 1 in order of the places. */
export function straightCandidates(places: readonly Place[], options: StraightOptions): StraightLines {
  const { max_hop_m, classOf, each, deployment, cost = DEFAULT_COST_MODEL } = options;
  const classes = places.map(classOf);
  const index = new PointIndex(places.map(positionOf));
  const kept = new Map<string, PairOfPlaces[]>();
  const commonest = mostFrequent(classes);
  let weighed = 0;
  places.forEach((from, a) => {
    // Every line that counts has an end outside the commonest class, which may be most of a country's network.
    if (classes[a] === commonest) return;
    for (const { index: b, distance_m } of index.within(positionOf(from), max_hop_m)) {
      if (classes[b] === classes[a] || (classes[b] !== commonest && b < a)) continue;
      weighed++;
      keepShortest(kept, [classes[a]!, classes[b]!], { a: Math.min(a, b), b: Math.max(a, b), distance_m }, each);
    }
  });
  const lines = [...kept.values()]
    .flat()
    .sort((x, y) => x.a - y.a || x.b - y.b)
    .map(({ a, b, distance_m }, at): CandidateLine => {
      const [from, to] = [places[a]!, places[b]!];
      const length_m = distance_m * cost.detour;
      const coordinates = [positionOf(from), positionOf(to)];
      return {
        id: at + 1,
        a: from.id,
        b: to.id,
        length_m,
        cost: buildCost(length_m, deployment, cost),
        route_group: null,
        coordinates,
      };
    });
  return { lines, weighed };
}

/** Two places by their positions in the list, and how far apart they are. */
interface PairOfPlaces {
  a: number;
  b: number;
  distance_m: number;
}

function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<[number, number] | undefined>(
    (most, one) => (most && most[1] >= one[1] ? most : one),
    undefined,
  )?.[0];
}

/** Puts a pair among the shortest of its classes, at most `each` of them, the shortest first. */
function keepShortest(
  kept: Map<string, PairOfPlaces[]>,
  classes: [number, number],
  pair: PairOfPlaces,
  each: number,
): void {
  const key = classes.sort((x, y) => x - y).join(' ');
  const shortest = kept.get(key);
  if (!shortest) {
    kept.set(key, [pair]);
    return;
  }
  const last = shortest.at(-1)!;
  if (shortest.length >= each && pair.distance_m >= last.distance_m) return;
  shortest.push(pair);
  shortest.sort((x, y) => x.distance_m - y.distance_m || x.a - y.a || x.b - y.b);
  if (shortest.length > each) shortest.pop();
}
