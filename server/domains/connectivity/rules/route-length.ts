/**
 * Length of route: how much duct, trench or pole line there is, however many cables lie in it. Spans without a route group are
 * routes of their own. Of the spans of a group, the longest counts whole, of every further one only what lies away from those
 * counted before: several cables beside each other count once, sections behind each other add up, and an express cable that
 * passes a node where others end does not count again.
 */
import { along, geodesicM, type LonLat } from '../../../platform/geo/geodesic.ts';
import { SegmentIndex } from './segment-index.ts';

export interface RoutedSpan {
  start_node_id: number | null;
  end_node_id: number | null;
  length_m: number;
  route_group: string | null;
  /** Null where nobody drew it: then spans of a group between the same two nodes lie beside each other. */
  coordinates: readonly LonLat[] | null;
}

/** Cables of one group drawn this near lie in one duct, metres: both may be off by the width of a road. */
export const SAME_ROUTE_M = 25;

/** Step at which a drawn line is compared, metres. */
const STEP_M = 50;

/** Metres of route that each span adds, in the order given; the sum is the length of route. */
export function routeShares(spans: readonly RoutedSpan[], same_route_m = SAME_ROUTE_M): number[] {
  const shares = spans.map(({ length_m }) => length_m);
  const groups = new Map<string, number[]>();
  spans.forEach(({ route_group }, at) => {
    const group = route_group?.trim();
    if (group) groups.set(group, [...(groups.get(group) ?? []), at]);
  });
  for (const members of groups.values()) {
    if (members.length > 1) shareGroup(spans, members, shares, same_route_m);
  }
  return shares;
}

function shareGroup(
  spans: readonly RoutedSpan[],
  members: readonly number[],
  shares: number[],
  same_route_m: number,
): void {
  const longestFirst = [...members].sort((a, b) => spans[b]!.length_m - spans[a]!.length_m || a - b);
  const counted: (readonly LonLat[])[] = [];
  const pairs = new Set<string>();
  for (const at of longestFirst) {
    const { coordinates, length_m, start_node_id, end_node_id } = spans[at]!;
    const pair = [start_node_id, end_node_id]
      .map(String)
      .sort((a, b) => a.localeCompare(b))
      .join(' ');
    if (coordinates !== null && coordinates.length > 1) {
      shares[at] = length_m * shareAway(coordinates, counted, same_route_m);
      counted.push(coordinates);
    } else if (pairs.has(pair)) shares[at] = 0;
    pairs.add(pair);
  }
}

/** The part of a line (0…1) that lies farther than the tolerance from all others, by samples in the middle of each step. */
function shareAway(line: readonly LonLat[], others: readonly (readonly LonLat[])[], same_route_m: number): number {
  if (others.length === 0) return 1;
  const index = new SegmentIndex(others);
  let total = 0;
  let away = 0;
  for (let at = 0; at + 1 < line.length; at++) {
    const lengthM = geodesicM(line[at]!, line[at + 1]!);
    const steps = Math.max(1, Math.ceil(lengthM / STEP_M));
    total += lengthM;
    for (let step = 0; step < steps; step++) {
      const point = along(line[at]!, line[at + 1]!, (step + 0.5) / steps);
      if (index.within(point, same_route_m).length === 0) away += lengthM / steps;
    }
  }
  return total === 0 ? 0 : away / total;
}
