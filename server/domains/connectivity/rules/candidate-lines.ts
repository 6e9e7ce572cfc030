/**
 * Where new cable could go: straight lines between places, or stretches of given lines (roads, railways). Places are the
 * network's nodes and whatever else is to be joined, by id; points that arise on the way (junctions) get ids below 0.
 */

import { geodesicM, type LonLat, lineLengthM } from '../../../platform/geo/geodesic.ts';
import { PointIndex } from '../../../platform/geo/point-index.ts';
import type { Deployment } from './availability.ts';
import { buildCost, type CostModel, DEFAULT_COST_MODEL } from './build-cost.ts';
import { type LineHit, SegmentIndex } from './segment-index.ts';

export interface Place {
  id: number;
  lon: number;
  lat: number;
}

export interface CandidateLine {
  id: number;
  /** Ids of the places it joins. */
  a: number;
  b: number;
  length_m: number;
  cost: number;
  /** An existing route group it would share the fate of (a cable in the same duct); null for a route of its own. */
  route_group: string | null;
  coordinates: readonly LonLat[];
}

export interface CandidateOptions {
  deployment: Deployment;
  cost?: CostModel;
}

export interface StraightOptions extends CandidateOptions {
  /** Longest straight line, metres. */
  max_hop_m: number;
  /** Lines from each place to so many of its nearest; more is slower and seldom cheaper. */
  nearest?: number;
}

const DEFAULT_NEAREST = 12;

/** Straight lines between places within a hop, each pair once, the ids from 1 in order of the places. */
export function straightCandidates(places: readonly Place[], options: StraightOptions): CandidateLine[] {
  const { max_hop_m, nearest = DEFAULT_NEAREST, deployment, cost = DEFAULT_COST_MODEL } = options;
  const at = ({ lon, lat }: Place): LonLat => [lon, lat];
  const index = new PointIndex(places.map(at));
  const seen = new Set<string>();
  return places
    .flatMap((from, position) => {
      const others = index.within(at(from), max_hop_m).filter((near) => near.index !== position);
      return others.slice(0, nearest).flatMap((near) => {
        const to = places[near.index]!;
        const key = `${Math.min(from.id, to.id)} ${Math.max(from.id, to.id)}`;
        if (seen.has(key)) return [];
        seen.add(key);
        return [{ a: from.id, b: to.id, length_m: near.distance_m * cost.detour, coordinates: [at(from), at(to)] }];
      });
    })
    .map((line, position) => ({
      id: position + 1,
      ...line,
      cost: buildCost(line.length_m, deployment, cost),
      route_group: null,
    }));
}

export interface AlongOptions extends CandidateOptions {
  /** A place this near to a line may join it, by a straight stretch to the nearest point, metres. */
  snap_m: number;
}

/** Two positions of lines are the same junction when they agree to this, degrees (0.1 m). */
const SAME_DEGREES = 1e-6;

/**
 * The given lines divided where they meet at a common position and where places join them, and the stretches from the places
 * to them. Lines that merely cross on the map do not meet: a bridge is no junction.
 */
export function candidatesAlong(
  lines: readonly (readonly LonLat[])[],
  places: readonly Place[],
  { snap_m, deployment, cost = DEFAULT_COST_MODEL }: AlongOptions,
): CandidateLine[] {
  const index = new SegmentIndex(lines);
  const joins = places.flatMap((place) => {
    const [hit] = index.within([place.lon, place.lat], snap_m);
    return hit === undefined ? [] : [{ place, hit }];
  });
  const divided = lines.map((line, at) =>
    withPoints(
      line,
      joins.flatMap(({ hit }) => (hit.line === at ? [hit] : [])),
    ),
  );
  const junctions = new Junctions(
    divided,
    joins.map(({ hit }) => hit.point),
  );
  const stretches = divided.flatMap((line) => junctions.stretchesOf(line));
  for (const { place, hit } of joins) {
    const from: LonLat = [place.lon, place.lat];
    stretches.push({ a: place.id, b: junctions.idAt(hit.point), coordinates: [from, hit.point] });
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

/** The line with the points at which places join it as positions of its own. */
function withPoints(line: readonly LonLat[], hits: readonly LineHit[]): LonLat[] {
  return line.flatMap((position, segment) => {
    const points = hits.filter((hit) => hit.segment === segment).map((hit) => hit.point);
    points.sort((a, b) => geodesicM(position, a) - geodesicM(position, b));
    return [position, ...points];
  });
}

class Junctions {
  #ids = new Map<string, number>();

  constructor(lines: readonly (readonly LonLat[])[], joined: readonly LonLat[]) {
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
