/** Where a line crosses itself, or runs back along itself. Straight in lon and lat, as it is drawn. */
import { unwrapped } from '../../../platform/geo/antimeridian.ts';
import { type LonLat, lineLengthM } from '../../../platform/geo/geodesic.ts';

/** What lies nearer to a segment than this lies on it, degrees: positions are stored with 9 decimals, so rounding moves one by less. */
const ON_LINE = 2e-9;

export interface SelfCrossing {
  /** The segments that meet, `from_segment < to_segment`; segment n leads from position n to n + 1. */
  from_segment: number;
  to_segment: number;
  point: LonLat;
  /** Length of the loop between, metres. */
  loop_m: number;
}

/**
 * The first way out and back along the line, else the first crossing; null when there is neither. Neighbouring segments and a closed
 * line's ends may touch.
 */
export function selfCrossing(line: readonly LonLat[]): SelfCrossing | null {
  const flat = unwrapped(line);
  for (let turn = 1; turn + 1 < flat.length; turn++) {
    const back = foldAt(flat, turn);
    if (back !== null) return back;
  }
  for (let from = 0; from + 1 < flat.length; from++) {
    for (let to = from + 2; to + 1 < flat.length; to++) {
      const closes = from === 0 && to + 2 === flat.length && samePosition(flat[0]!, flat.at(-1)!);
      if (closes || boxesApart(flat[from]!, flat[from + 1]!, flat[to]!, flat[to + 1]!)) continue;
      const point = crossing(flat[from]!, flat[from + 1]!, flat[to]!, flat[to + 1]!);
      if (point === null) continue;
      const loop_m = lineLengthM([point, ...flat.slice(from + 1, to + 1), point]);
      return { from_segment: from, to_segment: to, point, loop_m };
    }
  }
  return null;
}

/** The whole way out and back that turns at a position, null when the line goes on there: its point is where the two ways part. */
function foldAt(line: readonly LonLat[], turn: number): SelfCrossing | null {
  let [before, after] = [turn - 1, turn + 1];
  let point = line[turn]!;
  while (before >= 0 && after < line.length && foldsBack(line[before]!, point, line[after]!)) {
    const [out, back] = [line[before]!, line[after]!];
    const longer = distance(point, out) - distance(point, back);
    point = longer < 0 ? out : back;
    if (longer <= ON_LINE) before--;
    if (longer >= -ON_LINE) after++;
  }
  if (point === line[turn]) return null;
  const [from_segment, to_segment] = [Math.max(before, 0), Math.min(after - 1, line.length - 2)];
  const loop_m = lineLengthM([point, ...line.slice(from_segment + 1, to_segment + 1), point]);
  return { from_segment, to_segment, point, loop_m };
}

/** Whether of the ways from a point to two others one lies on the other. */
function foldsBack(a: LonLat, point: LonLat, c: LonLat): boolean {
  const dot = (a[0] - point[0]) * (c[0] - point[0]) + (a[1] - point[1]) * (c[1] - point[1]);
  return dot > 0 && Math.abs(cross(point, a, point, c)) <= ON_LINE * Math.max(distance(point, a), distance(point, c));
}

/** In degrees. */
function distance(a: LonLat, b: LonLat): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** The point two segments share, null when none. Of segments that lie on each other, the first shared end. */
export function crossing(a: LonLat, b: LonLat, c: LonLat, d: LonLat): LonLat | null {
  const denominator = cross(a, b, c, d);
  if (denominator === 0)
    return [c, d].find((end) => isBetween(a, b, end)) ?? [a, b].find((end) => isBetween(c, d, end)) ?? null;
  const onFirst = cross(a, c, c, d) / denominator;
  const onSecond = cross(a, c, a, b) / denominator;
  if (onFirst < 0 || onFirst > 1 || onSecond < 0 || onSecond > 1) return null;
  return [a[0] + (b[0] - a[0]) * onFirst, a[1] + (b[1] - a[1]) * onFirst];
}

/** Cross product of a→b and c→d. */
function cross(a: LonLat, b: LonLat, c: LonLat, d: LonLat): number {
  return (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
}

function isBetween(a: LonLat, b: LonLat, point: LonLat): boolean {
  return cross(a, b, a, point) === 0 && !boxesApart(a, b, point, point);
}

function boxesApart(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  return [0, 1].some(
    (axis) =>
      Math.max(a[axis]!, b[axis]!) < Math.min(c[axis]!, d[axis]!) ||
      Math.max(c[axis]!, d[axis]!) < Math.min(a[axis]!, b[axis]!),
  );
}

function samePosition(a: LonLat, b: LonLat): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
