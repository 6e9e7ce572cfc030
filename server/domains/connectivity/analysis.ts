import type { Availability, DistrictConnectivity, DistrictConnectivityList } from '../../contract/index.ts';
import type { Translated } from '../../platform/language.ts';
import { type Network, type NetworkContext, type NetworkQuestion, networkAt } from './network.ts';
import { type DistrictCentreRow, selectDistrictCentres } from './queries.ts';
import { availabilitiesOf, resilienceOf } from './resilience.ts';
import type { FailureModel } from './rules/availability.ts';
import { isolatingSpanIds } from './rules/shared-risk.ts';
import { type Target, targetsForNodeIds } from './rules/targets.ts';

/** A district centre with the nodes of the network that serve it. */
export type DistrictTarget = DistrictCentreRow & Target;

/** A centre is served by the nodes of this network that name its district; where none does, by those near it. */
function districtTargets({ graph }: Network, centres: readonly DistrictCentreRow[]): DistrictTarget[] {
  const near = targetsForNodeIds(
    graph,
    centres.map((centre) => ({ ...centre, node_ids: centre.near_node_ids })),
  );
  return targetsForNodeIds(graph, centres).map((target, at) => ({
    ...target,
    nodes: target.nodes.length > 0 ? target.nodes : (near[at]?.nodes ?? []),
  }));
}

/** The network of a day and what it says about the district centres. */
export interface ConnectivityAnalysis {
  network: Network;
  centres: DistrictTarget[];
  districts: Omit<DistrictConnectivity, 'availability'>[];
  totals: DistrictConnectivityList['totals'];
  /** Spans whose cut, alone or with their route group, isolates at least one district centre. */
  singleCutSpans: Set<number>;
  districtNote: Translated | null;
}

function noteOf(centres: readonly DistrictCentreRow[]): Translated | null {
  const ended = centres.find((centre) => !centre.in_force);
  if (!ended) return null;
  return {
    vi: `Cấp huyện đã bãi bỏ từ ngày ${ended.valid_to}; ở đây là các huyện cuối cùng.`,
    en: `Districts were abolished on ${ended.valid_to}; the last ones are shown.`,
  };
}

async function analyse(context: NetworkContext, question: NetworkQuestion): Promise<ConnectivityAnalysis> {
  const [network, rows] = await Promise.all([
    networkAt(context, question),
    selectDistrictCentres(context.db, question.at),
  ]);
  const centres = districtTargets(network, rows);
  const resilience = resilienceOf(network, centres);
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
    singleCutSpans: isolatingSpanIds(network.graph, centres),
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
  return context.cache.get(context.revision.current, key, () => availabilitiesOf(network, centres, model));
}
