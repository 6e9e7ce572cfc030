/** Stretches of given lines (roads, railways) to lay cable along, and the ways from places to them. */
import { along, geodesicM, type LonLat, lineLengthM } from '../../../platform/geo/geodesic.ts';
import { buildCost, DEFAULT_COST_MODEL } from './build-cost.ts';
import { type CandidateLine, type CandidateOptions, type Place, positionOf } from './candidate-lines.ts';
import { type LineHit, SegmentIndex } from './segment-index.ts';

export interface AlongOptions extends CandidateOptions {
  /** A place this near to a line may join it, by a straight stretch to the nearest point, metres. */
  snap_m: number;
  /** 2: a place may join its line by two entries with courses and points of their own, so that no one cut takes both. */
  entries: 1 | 2;
}

/** Two positions of lines are the same junction when they agree to this, degrees (0.1 m). */
const SAME_DEGREES = 1e-6;
/** A place no farther from a line stands on it: the line passes through its building. */
const ON_LINE_M = 1;
/** Further entries reach the line as far along it as the place is from it, and at least so far, metres. */
const LEAST_APART_M = 30;

/** Where a place meets a line. */
type Entry = Pick<LineHit, 'line' | 'segment' | 'point'>;

/**
 * The given lines divided where they meet at a common position and where places join them, and the stretches from the places
 * to them. Lines that merely cross on the map do not meet: a bridge is no junction.
 */
export function candidatesAlong(
  lines: readonly (readonly LonLat[])[],
  places: readonly Place[],
  { snap_m, entries, deployment, cost = DEFAULT_COST_MODEL }: AlongOptions,
): CandidateLine[] {
  const index = new SegmentIndex(lines);
  const joins = places.flatMap((place) => {
    const [hit] = index.within(positionOf(place), snap_m);
    if (hit === undefined) return [];
    const onLine = hit.distance_m <= ON_LINE_M;
    const beside = onLine || entries === 1 ? [] : entriesBeside(lines[hit.line]!, hit);
    return [{ place, onLine, at: [hit, ...beside] as readonly Entry[] }];
  });
  const divided = lines.map((line, at) =>
    withPoints(
      line,
      joins.flatMap((join) => join.at.filter((entry) => entry.line === at)),
    ),
  );
  const standing = new Map<string, number>();
  for (const { place, onLine, at } of joins) {
    const key = keyOf(at[0]!.point);
    if (onLine && !standing.has(key)) standing.set(key, place.id);
  }
  const junctions = new Junctions(
    divided,
    joins.flatMap(({ at }) => at.map(({ point }) => point)),
    standing,
  );
  const stretches = divided.flatMap((line) => junctions.stretchesOf(line));
  for (const { place, onLine, at } of joins) {
    if (junctions.idAt(at[0]!.point) === place.id) continue;
    // Beside another place on the line: a patch in the same building, as often as entries are asked for.
    const points = onLine ? Array.from({ length: entries }, () => at[0]!.point) : at.map(({ point }) => point);
    for (const point of points)
      stretches.push({ a: place.id, b: junctions.idAt(point), coordinates: [positionOf(place), point] });
  }
  return stretches.map(({ a, b, coordinates }, position) => {
    const length_m = lineLengthM(coordinates);
    return {
      id: position + 1,
      a,
      b,
      length_m,
      cost: buildCost(length_m, deployment, cost),
      route_group: null,
      coordinates,
    };
  });
}

/** Points of the line on both sides of a hit, as far along it as the place is away; none beyond its ends. */
function entriesBeside(line: readonly LonLat[], { line: at, segment, point, distance_m }: LineHit): Entry[] {
  const apartM = Math.max(LEAST_APART_M, distance_m);
  const before = walk([point, ...line.slice(0, segment + 1).reverse()], apartM);
  const after = walk([point, ...line.slice(segment + 1)], apartM);
  return [
    ...(before ? [{ line: at, segment: segment - before.segment, point: before.point }] : []),
    ...(after ? [{ line: at, segment: segment + after.segment, point: after.point }] : []),
  ];
}

/** The point so many metres along a line, and the segment it lies on; null beyond its end. */
function walk(line: readonly LonLat[], metres: number): { segment: number; point: LonLat } | null {
  let left = metres;
  for (let segment = 0; segment + 1 < line.length; segment++) {
    const length = geodesicM(line[segment]!, line[segment + 1]!);
    if (length >= left && length > 0)
      return { segment, point: along(line[segment]!, line[segment + 1]!, left / length) };
    left -= length;
  }
  return null;
}

/** The line with the points at which places join it as positions of its own. */
function withPoints(line: readonly LonLat[], hits: readonly Entry[]): LonLat[] {
  return line.flatMap((position, segment) => {
    const points = hits.filter((hit) => hit.segment === segment).map((hit) => hit.point);
    points.sort((a, b) => geodesicM(position, a) - geodesicM(position, b));
    return [position, ...points];
  });
}

class Junctions {
  #ids = new Map<string, number>();

  /** @param standing ids of the places that stand on a line, by the key of their position */
  constructor(lines: readonly (readonly LonLat[])[], joined: readonly LonLat[], standing: ReadonlyMap<string, number>) {
    for (const [key, id] of standing) this.#ids.set(key, id);
    const visits = new Map<string, number>();
    for (const line of lines) {
      for (const position of line) visits.set(keyOf(position), (visits.get(keyOf(position)) ?? 0) + 1);
    }
    const ends = lines.flatMap((line) => [line[0], line.at(-1)]).filter((end) => end !== undefined);
    const keys = [
      ...[...visits].filter(([, count]) => count > 1).map(([key]) => key),
      ...[...ends, ...joined].map(keyOf),
    ];
    for (const key of keys) if (!this.#ids.has(key)) this.#ids.set(key, -this.#ids.size - 1);
  }

  idAt(position: LonLat): number {
    return this.#ids.get(keyOf(position))!;
  }

  /** The line cut at its junctions; pieces of no extent are left out. */
  stretchesOf(line: readonly LonLat[]): { a: number; b: number; coordinates: LonLat[] }[] {
    const stretches: { a: number; b: number; coordinates: LonLat[] }[] = [];
    let piece: LonLat[] = [];
    for (const position of line) {
      piece.push(position);
      if (piece.length < 2 || !this.#ids.has(keyOf(position))) continue;
      const [a, b] = [this.idAt(piece[0]!), this.idAt(position)];
      if (a !== b || piece.length > 2) stretches.push({ a, b, coordinates: piece });
      piece = [position];
    }
    return stretches;
  }
}

function keyOf([lon, lat]: LonLat): string {
  return `${Math.round(lon / SAME_DEGREES)} ${Math.round(lat / SAME_DEGREES)}`;
}
