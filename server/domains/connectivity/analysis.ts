import type { Availability, DistrictConnectivity, DistrictConnectivityList } from '../../contract/index.ts';
import type { Translated } from '../../platform/language.ts';
import { type Network, type NetworkContext, type NetworkQuestion, networkAt } from './network.ts';
import { type CentreRow, selectDistrictCentres } from './queries.ts';
import { availabilitiesOf, resilienceOf } from './resilience.ts';
import type { FailureModel } from './rules/availability.ts';
import { isolatingSpanIds } from './rules/shared-risk.ts';
import { targetsForNodeIds } from './rules/targets.ts';

/** The network of a day and what it says about the district centres. */
export interface ConnectivityAnalysis {
  network: Network;
  centres: CentreRow[];
  districts: Omit<DistrictConnectivity, 'availability'>[];
  totals: DistrictConnectivityList['totals'];
  /** Spans whose cut, alone or with their route group, isolates at least one district centre. */
  singleCutSpans: Set<number>;
  districtNote: Translated | null;
}

function noteOf(centres: readonly CentreRow[]): Translated | null {
  const ended = centres.find((centre) => !centre.in_force);
  if (!ended) return null;
  return {
    vi: `Cấp huyện đã bãi bỏ từ ngày ${ended.valid_to}; ở đây là các huyện cuối cùng.`,
    en: `Districts were abolished on ${ended.valid_to}; the last ones are shown.`,
  };
}

async function analyse(context: NetworkContext, question: NetworkQuestion): Promise<ConnectivityAnalysis> {
  const [network, centres] = await Promise.all([
    networkAt(context, question),
    selectDistrictCentres(context.db, question.at),
  ]);
  const targets = targetsForNodeIds(network.graph, centres);
  const resilience = resilienceOf(network, targets);
  const districts = centres.map(({ id, code, name, centre_name, lon, lat }, position) => ({
    id,
    code,
    name,
    centre_name,
    lon,
    lat,
    ...resilience[position]!,
  }));
  const count = (status: DistrictConnectivity['status']): number =>
    districts.filter((district) => district.status === status).length;
  return {
    network,
    centres,
    districts,
    totals: {
      total: districts.length,
      on_fibre: districts.length - count('none'),
      dual: count('dual'),
      single: count('single'),
      none: count('none'),
    },
    singleCutSpans: isolatingSpanIds(network.graph, targets),
    districtNote: noteOf(centres),
  };
}

/** The analysis of a day, made once per dataset revision; of everybody's network when no view is asked for. */
export function connectivityAt(
  context: NetworkContext,
  at: string,
  question: NetworkQuestion = { at, view: 'together', operator: undefined },
): Promise<ConnectivityAnalysis> {
  const { view, operator } = question;
  return context.cache.get(context.revision.current, `connectivity ${at} ${view} ${operator ?? ''}`, () =>
    analyse(context, question),
  );
}

/** Availability of the district centres of an analysis, in its order; remembered like the analysis. */
export function districtAvailabilities(
  context: NetworkContext,
  question: NetworkQuestion,
  { network, centres }: ConnectivityAnalysis,
  model: FailureModel,
): Promise<Availability[]> {
  const key = `availability ${question.at} ${question.view} ${question.operator ?? ''} ${JSON.stringify(model)}`;
  return context.cache.get(context.revision.current, key, () =>
    availabilitiesOf(network, targetsForNodeIds(network.graph, centres), model),
  );
}
