import type { NetworkFigures } from '../../contract/index.ts';
import { connectivityAt } from './analysis.ts';
import { type Network, type NetworkContext, type NetworkQuestion, networkAt } from './network.ts';
import { placesAnswer } from './places.ts';
import { selectSpanOperators } from './queries.ts';
import { graphStructure } from './rules/bridges.ts';
import { ductTwins } from './rules/duct-twins.ts';
import { networkLengths, reachFigure } from './rules/fibre-figures.ts';
import { riskBlocks } from './rules/risk-blocks.ts';
import { topologySummary } from './rules/topology-class.ts';

type Figures = Omit<NetworkFigures, 'failure_model' | 'at' | 'dataset_revision' | 'synthetic' | 'view' | 'operator'>;

const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);

function shapeOf({ graph }: Network): NetworkFigures['shape'] {
  const structure = graphStructure(graph, ductTwins(graph));
  return {
    ...topologySummary(graph),
    bridges: count(structure.isBridge),
    articulation_points: count(structure.isArticulation),
    blocks: riskBlocks(graph, structure).blockCount,
  };
}

type Length = Figures['operators'][number]['lengths'];
const toMetre = (km: number): number => Math.round(km * 1000) / 1000;
const rounded = ({ spans, route_km, cable_km }: Length): Length => ({
  spans,
  route_km: toMetre(route_km),
  cable_km: toMetre(cable_km),
});

function lengthsOf({ spans }: Network): NetworkFigures['lengths'] {
  const {
    by_deployment: by,
    underground_pct,
    ...all
  } = networkLengths(spans.filter((span) => span.status === 'operational'));
  return {
    ...rounded(all),
    by_deployment: {
      duct: rounded(by.duct),
      buried: rounded(by.buried),
      aerial: rounded(by.aerial),
      unknown: rounded(by.unknown),
    },
    underground_pct,
  };
}

const reach = ({ total, on_fibre, on_ring }: NetworkFigures['communes']) => ({ total, on_fibre, on_ring });

/** Shape and length of each operator's own network. */
async function byOperator(context: NetworkContext, at: string): Promise<Figures['operators']> {
  const operators = await selectSpanOperators(context.db, at);
  return Promise.all(
    operators.map(async ({ code }) => {
      const network = await networkAt(context, { at, view: 'operator', operator: code });
      const { spans, route_km, cable_km } = lengthsOf(network);
      return { operator: code, shape: shapeOf(network), lengths: { spans, route_km, cable_km } };
    }),
  );
}

/** How much fibre there is, how it is laid, whom it reaches and in what shape; made once per dataset revision. */
export function figuresAt(context: NetworkContext, question: NetworkQuestion): Promise<Figures> {
  const key = `network figures ${question.at} ${question.view} ${question.operator ?? ''}`;
  return context.cache.get(context.revision.current, key, async () => {
    const { network, centres } = await connectivityAt(context, question.at, question);
    const [communes, sites, operators] = await Promise.all([
      placesAnswer(context, 'commune', question),
      placesAnswer(context, 'site', question),
      byOperator(context, question.at),
    ]);
    return {
      lengths: lengthsOf(network),
      districts: reachFigure(network.graph, centres),
      communes: reach(communes.totals),
      sites: reach(sites.totals),
      shape: shapeOf(network),
      operators,
      issues: network.issues.map(({ table, id, field, reason }) => ({ table, id, field, reason })),
    };
  });
}
