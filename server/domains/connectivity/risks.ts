import type { RiskRanking } from '../../contract/index.ts';
import { connectivityAt } from './analysis.ts';
import { labelOf, type Network, type NetworkContext, type NetworkQuestion, routeSharesOf } from './network.ts';
import { type PlaceTarget, placesAt } from './places.ts';
import { simulateCut } from './rules/cut.ts';
import { type Risk, rankSingleCuts } from './rules/shared-risk.ts';
import { coreDistances } from './rules/shortest-paths.ts';
import type { Target } from './rules/targets.ts';
import { worstPair } from './rules/worst-pair.ts';

type Ranking = Pick<RiskRanking, 'singles' | 'numberMatched' | 'pair'>;
/** A place that counts with its people, or a district centre that counts with nothing but itself. */
type Weighed = Target & { people: number };

/** A centre without people still counts a little, so that what loses only it is listed after what loses people. */
const weightOf = ({ people }: Weighed): number => people + 1e-3;

const named = (network: Network, { span_ids, route_group }: Risk) => ({
  span_ids: [...span_ids],
  route_group,
  label: labelOf(network, span_ids),
});

/** To the metre, like every other length of the answer. */
const lengthKm = (shares: ReadonlyMap<number, number>, span_ids: readonly number[]): number =>
  Math.round(span_ids.reduce((sum, id) => sum + (shares.get(id) ?? 0), 0)) / 1000;

/** What a set of spans takes, counted afresh by a search without them. */
function losses(
  { graph }: Network,
  districts: readonly Target[],
  communes: readonly PlaceTarget[],
  before: ReturnType<typeof coreDistances>,
  spans: readonly number[],
) {
  const lost = simulateCut(graph, communes, { spans }, before).lost;
  return {
    district_centres: simulateCut(graph, districts, { spans }, before).lost.map(({ code }) => code),
    communes: lost.length,
    people: lost.reduce((sum, { population }) => sum + (population ?? 0), 0),
  };
}

async function rank(context: NetworkContext, question: NetworkQuestion): Promise<Ranking> {
  const { network, centres } = await connectivityAt(context, question.at, question);
  const { graph } = network;
  const communes = await placesAt(context, 'commune', question.at, network);
  const targets: Weighed[] = [
    ...communes.map((commune) => ({ ...commune, people: commune.population ?? 0 })),
    ...centres.map((district) => ({ ...district, people: 0 })),
  ];
  const before = coreDistances(graph);
  const shares = routeSharesOf(network);
  const cuts = rankSingleCuts(graph, targets, weightOf, Number.POSITIVE_INFINITY);
  const singles = cuts.slice(0, MOST_RISKS).map(({ risk }, at) => ({
    ...named(network, risk),
    rank: at + 1,
    ...losses(network, centres, communes, before, risk.span_ids),
    length_km: lengthKm(shares, risk.span_ids),
  }));
  const pair = worstPair(graph, targets, weightOf);
  const lossesOfPair = ({ risks, exact, bound_weight }: NonNullable<typeof pair>) => {
    const spans = risks.flatMap((risk) => [...risk.span_ids]);
    const lost = losses(network, centres, communes, before, spans);
    // A weight is people and a little more, so that no pair loses more people than its whole part.
    return { ...lost, exact, bound_people: exact ? lost.people : Math.floor(bound_weight) };
  };
  return {
    singles,
    numberMatched: cuts.length,
    pair: pair && { risks: pair.risks.map((risk) => named(network, risk)), ...lossesOfPair(pair) },
  };
}

/** The most that is ever listed. */
export const MOST_RISKS = 1_000;

/** Single cuts by the people they isolate, and the worst pair; made once per dataset revision. */
export function risksAt(context: NetworkContext, question: NetworkQuestion): Promise<Ranking> {
  const key = `risks ${question.at} ${question.view} ${question.operator ?? ''}`;
  return context.cache.get(context.revision.current, key, () => rank(context, question));
}
