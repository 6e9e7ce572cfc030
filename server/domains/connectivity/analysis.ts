import type { Availability, DistrictConnectivity, DistrictConnectivityList } from '../../contract/index.ts';
import type { Translated } from '../../platform/language.ts';
import { type Network, type NetworkContext, type NetworkQuestion, networkAt } from './network.ts';
import { type DistrictCentreRow, SERVING_DISTANCE_M, selectDistrictCentres } from './queries.ts';
import { availabilitiesOf, resilienceOf } from './resilience.ts';
import type { FailureModel } from './rules/availability.ts';
import { isolatingSpanIds } from './rules/shared-risk.ts';
import { type Target, targetsForNodeIds } from './rules/targets.ts';

/** A district centre with the nodes of the network that serve it. */
export type DistrictTarget = DistrictCentreRow & Target;

/**
 * A centre is served by the nodes of this network that name its district; where none does, by those near it (`assumed`). Shared,
 * all that stands near it serves as well: no operator alone is better connected than all of them with sharing.
 */
function districtTargets(
  { graph }: Network,
  view: NetworkQuestion['view'],
  centres: readonly DistrictCentreRow[],
): { targets: DistrictTarget[]; assumed: number } {
  const near = targetsForNodeIds(
    graph,
    centres.map((centre) => ({ ...centre, node_ids: centre.near_node_ids })),
  );
  let assumed = 0;
  const targets = targetsForNodeIds(graph, centres).map((target, at) => {
    const nodes = new Set(target.nodes);
    if (nodes.size === 0 || view === 'sharing') for (const node of near[at]?.nodes ?? []) nodes.add(node);
    if (nodes.size === target.nodes.length) return target;
    assumed++;
    return { ...target, nodes: [...nodes] };
  });
  return { targets, assumed };
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

/** What a reader must know of the districts and of the nodes that serve them; null when there is nothing. */
function noteOf(
  centres: readonly DistrictCentreRow[],
  view: NetworkQuestion['view'],
  assumed: number,
): Translated | null {
  const ended = centres.find((centre) => !centre.in_force);
  const notes: Translated[] = [];
  if (ended)
    notes.push({
      vi: `Cấp huyện đã bãi bỏ từ ngày ${ended.valid_to}; ở đây là các huyện cuối cùng.`,
      en: `Districts were abolished on ${ended.valid_to}; the last ones are shown.`,
    });
  if (assumed > 0 && view === 'sharing')
    notes.push({
      vi: `Ở ${assumed} trung tâm, ngoài nút ghi tên huyện, mọi nút trong phạm vi ${SERVING_DISTANCE_M} m cũng được coi là phục vụ khi dùng chung.`,
      en: `At ${assumed} centres all nodes within ${SERVING_DISTANCE_M} m are taken to serve them when shared, besides those that name the district.`,
    });
  else if (assumed > 0)
    notes.push({
      vi: `${assumed} trung tâm không có nút nào của mạng này ghi là phục vụ: tạm coi các nút trong phạm vi ${SERVING_DISTANCE_M} m phục vụ. Khi xem mọi doanh nghiệp, nút ghi tên huyện được ưu tiên, nên kết quả có thể khác.`,
      en: `${assumed} centres are named by no node of this network: its nodes within ${SERVING_DISTANCE_M} m are taken to serve them. Among all operators, nodes that name a district go first, so the answer may differ.`,
    });
  if (notes.length === 0) return null;
  return { vi: notes.map(({ vi }) => vi).join(' '), en: notes.map(({ en }) => en).join(' ') };
}

async function analyse(context: NetworkContext, question: NetworkQuestion): Promise<ConnectivityAnalysis> {
  const [network, rows] = await Promise.all([
    networkAt(context, question),
    selectDistrictCentres(context.db, question.at),
  ]);
  const { targets: centres, assumed } = districtTargets(network, question.view, rows);
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
    districtNote: noteOf(centres, question.view, assumed),
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
