import { area, distance, kinks, polygon } from '@turf/turf';
import type { Position } from 'geojson';

/** A line along clicks, lon and lat in degrees. A closed one goes on from its last point to its first. */
export interface MeasuredPath {
  readonly points: readonly Position[];
  readonly closed: boolean;
}

export const emptyPath: MeasuredPath = { points: [], closed: false };

/** A ring needs three corners. */
const leastCorners = 3;

/** Where a click is on the screen, as the map tells: at the first point, at the last, or neither. */
export interface ClickPlace {
  atFirst: boolean;
  atLast: boolean;
}

/** Whether a click on the first point closes the path. */
export function canClose({ points, closed }: MeasuredPath): boolean {
  return !closed && points.length >= leastCorners;
}

/**
 * The path after a click: one point more; closed by a click on its first point; the same for a second click on the
 * last point (a double click); a new path once the old one is closed.
 */
export function withClick(path: MeasuredPath, point: Position, { atFirst, atLast }: ClickPlace): MeasuredPath {
  if (path.closed || path.points.length === 0) return { points: [point], closed: false };
  if (atFirst && canClose(path)) return { ...path, closed: true };
  if (atLast || (atFirst && path.points.length === 1)) return path;
  return { points: [...path.points, point], closed: false };
}

/** The path one step back: open again, or without its last point. */
export function withoutLast(path: MeasuredPath): MeasuredPath {
  return path.closed ? { ...path, closed: false } : { points: path.points.slice(0, -1), closed: false };
}

/** The points in drawing order, a closed path with its first point again at the end. */
export function lineOf({ points, closed }: MeasuredPath): Position[] {
  const [first] = points;
  return closed && first ? [...points, first] : [...points];
}

/**
 * Length in metres of each piece between two points, along great circles of turf's sphere (mean radius 6,371,008.8 m).
 * In Vietnam that is within 0.5 % of the ellipsoid.
 */
export function pieceLengths(path: MeasuredPath): number[] {
  const line = lineOf(path);
  return line.slice(1).map((to, index) => distance(line[index] ?? to, to, { units: 'meters' }));
}

/** Length of the path in metres; the perimeter of a closed one. */
export function pathLength(path: MeasuredPath): number {
  return pieceLengths(path).reduce((sum, piece) => sum + piece, 0);
}

/** Area in m² that a closed path goes round; null for an open path, and for one that crosses itself: it has none. */
export function enclosedArea(path: MeasuredPath): number | null {
  if (!path.closed) return null;
  const ring = polygon([lineOf(path)]);
  return kinks(ring).features.length > 0 ? null : area(ring);
}
