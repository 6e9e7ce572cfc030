/**
 * Steady-state unavailability of cable: U = λ · L · MTTR / 8760, in series along a path and in parallel over
 * independent paths.
 *
 * λ in failures per 1000 km and year, L in km, MTTR in hours, 8760 hours a year. The formula is the usual
 * approximation for rare failures (λ · L · MTTR far below 8760); a result over 1 is cut to 1.
 */

import type { Translated } from '../../../platform/language.ts';
import type { NetworkGraph } from './network-graph.ts';
import type { EdgePath } from './shortest-paths.ts';

export type Deployment = 'duct' | 'buried' | 'aerial';

export interface FailureModel {
  /** Failures per 1000 km and year. */
  failures_per_1000_km_year: Readonly<Record<Deployment, number>>;
  /** Mean time to repair, hours. */
  mttr_h: number;
}

/**
 * Buried: 2.13, Bellcore field data as quoted by Alcoa Fujikura, "Reliability of fiber optic cable systems" (2001).
 * Duct and aerial have no adopted figure: they count as buried until configured. MTTR 12 h is an assumption.
 */
export const DEFAULT_FAILURE_MODEL: FailureModel = {
  failures_per_1000_km_year: { duct: 2.13, buried: 2.13, aerial: 2.13 },
  mttr_h: 12,
};

/** Where each default comes from, for those who read the figures. */
export const FAILURE_MODEL_SOURCES: Readonly<Record<Deployment | 'mttr_h', Translated>> = {
  buried: {
    vi: 'Cáp chôn: số liệu thực tế của Bellcore trong Alcoa Fujikura, Reliability of fiber optic cable systems (2001).',
    en: 'Buried cable: Bellcore field data in Alcoa Fujikura, Reliability of fiber optic cable systems (2001).',
  },
  duct: { vi: 'Cáp trong cống: giả định bằng cáp chôn.', en: 'Cable in duct: assumed equal to buried.' },
  aerial: { vi: 'Cáp treo: giả định bằng cáp chôn.', en: 'Aerial cable: assumed equal to buried.' },
  mttr_h: { vi: 'Thời gian sửa: giả định 12 giờ.', en: 'Time to repair: assumed 12 hours.' },
};

const HOURS_PER_YEAR = 8760;
const MINUTES_PER_YEAR = HOURS_PER_YEAR * 60;

/**
 * Unavailability (0…1) of a stretch of cable; of unknown deployment it counts as buried.
 *
 * @throws RangeError on a negative or non-finite length
 */
export function cableUnavailability(
  lengthKm: number,
  deployment: Deployment | null,
  model: FailureModel = DEFAULT_FAILURE_MODEL,
): number {
  if (!(lengthKm >= 0 && Number.isFinite(lengthKm))) throw new RangeError(`cable length ${lengthKm} km`);
  const failuresPerYear = (model.failures_per_1000_km_year[deployment ?? 'buried'] * lengthKm) / 1000;
  return Math.min(1, (failuresPerYear * model.mttr_h) / HOURS_PER_YEAR);
}

/** Unavailability of independent parts that are all needed: 1 - Π(1 - U). No part: 0. */
export function seriesUnavailability(parts: readonly number[]): number {
  // Through logarithms: 1 - Π(1 - U) would lose the digits of parts near 1e-16.
  return 0 - Math.expm1(parts.reduce((sum, part) => sum + Math.log1p(-part), 0));
}

/** Unavailability of independent ways of which one is enough: Π U. No way: 1. */
export function parallelUnavailability(ways: readonly number[]): number {
  return ways.reduce((product, way) => product * way, 1);
}

/** Expected minutes out of service in a year of 8760 hours. */
export function minutesPerYear(unavailability: number): number {
  return unavailability * MINUTES_PER_YEAR;
}

/**
 * Unavailability of one path of the network, its spans in series.
 *
 * @param deploymentOf how an edge's cable is laid
 */
export function pathUnavailability(
  graph: NetworkGraph,
  path: EdgePath,
  deploymentOf: (edge: number) => Deployment | null,
  model: FailureModel = DEFAULT_FAILURE_MODEL,
): number {
  return seriesUnavailability(
    path.map((edge) => cableUnavailability(graph.edgeLengthM[edge]! / 1000, deploymentOf(edge), model)),
  );
}
