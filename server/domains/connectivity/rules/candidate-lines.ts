/**
 * Where new cable could go: straight lines between places (`straight-lines.ts`), or stretches of given lines (`lines-along.ts`).
 * Places are the network's nodes and whatever else is to be joined, by id; points that arise on the way (junctions) get ids
 * below 0.
 */
import type { LonLat } from '../../../platform/geo/geodesic.ts';
import type { Deployment } from './availability.ts';
import type { CostModel } from './build-cost.ts';

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

export const positionOf = ({ lon, lat }: Place): LonLat => [lon, lat];
