/**
 * Units that have one way left once the end of a span is led elsewhere, and had two: no single failure cut them off before (`dual`
 * of `district-status.ts`). Nobody is cut off, so the repair is proposed; who pays for it is named with it.
 */
import { classifyTargets } from './district-status.ts';
import { buildNetworkGraph, type NetworkGraph } from './network-graph.ts';
import { targetsForNodeIds } from './targets.ts';
import {
  END_COLUMN,
  inService,
  type TopologyFinding,
  type TopologyNode,
  type TopologyProposal,
  type TopologyRows,
} from './topology-rows.ts';
import { changingDays, leadsElsewhere, spansOn } from './ways-lost.ts';

/** Each repair is a network of its own to go through: so many spans in all, which takes a second or so. */
const MOST_SPANS = 500_000;

type Leading = Parameters<typeof withRepair>[1];
type DaySpans = ReturnType<typeof spansOn>;

interface Unit {
  code: string;
  name: string;
  node_ids: number[];
}

/**
 * The findings, each that leaves units with one way of two with their codes; null where there are too many findings to tell.
 *
 * @param mostSpans of the networks gone through, one for each repair and day
 */
export function nameSingleWays(
  findings: readonly TopologyFinding[],
  rows: TopologyRows,
  mostSpans = MOST_SPANS,
): TopologyFinding[] {
  if (!findings.some(({ proposal }) => leadsElsewhere(proposal))) return [...findings];
  const { nodes } = inService(rows);
  const units = unitsOf(rows);
  const days = changingDays(rows).map((day) => {
    const spans = spansOn(rows, day);
    return {
      spans,
      ids: new Set(spans.map(({ id }) => id)),
      dual: dualOf(buildNetworkGraph(nodes, spans).graph, units),
    };
  });
  let left = mostSpans;
  return findings.map((finding) => {
    const { proposal } = finding;
    if (!leadsElsewhere(proposal)) return finding;
    const concerned = days.filter(({ dual, ids }) => dual.length > 0 && ids.has(proposal.span_id));
    left -= concerned.reduce((sum, { spans }) => sum + spans.length, 0);
    if (left < 0) return { ...finding, single: null };
    const single = new Set(concerned.flatMap(({ spans, dual }) => noLongerDual(nodes, spans, dual, proposal)));
    return single.size === 0 ? finding : { ...finding, single: [...single] };
  });
}

/** Units by their code, with the nodes that serve them, or were made one with one that did. */
function unitsOf({ nodes, former }: TopologyRows): Unit[] {
  const units = new Map<string, Unit>();
  const note = (id: number, code: string | null): void => {
    if (code === null) return;
    const unit = units.get(code) ?? { code, name: code, node_ids: [] };
    units.set(code, { ...unit, node_ids: [...unit.node_ids, id] });
  };
  for (const { id, serves_unit_code } of nodes) note(id, serves_unit_code);
  for (const { node_id, serves_unit_code } of former) note(node_id, serves_unit_code);
  return [...units.values()];
}

function dualOf(graph: NetworkGraph, units: readonly Unit[]): Unit[] {
  const statuses = classifyTargets(graph, targetsForNodeIds(graph, units));
  return units.filter((_, at) => statuses[at] === 'dual');
}

function noLongerDual(
  nodes: readonly TopologyNode[],
  spans: DaySpans,
  dual: readonly Unit[],
  proposal: Leading,
): string[] {
  const { graph } = buildNetworkGraph(nodes, withRepair(spans, proposal));
  const still = new Set(dualOf(graph, dual));
  return dual.filter((unit) => !still.has(unit)).map(({ code }) => code);
}

/** The spans with the end led where the repair leads it; to a joint of its own it leads nowhere. */
function withRepair(
  spans: DaySpans,
  proposal: Extract<TopologyProposal, { action: 'reattach_end' | 'add_node' }>,
): DaySpans {
  return spans.flatMap((span) => {
    if (span.id !== proposal.span_id) return [span];
    return proposal.action === 'add_node' ? [] : [{ ...span, [END_COLUMN[proposal.end]]: proposal.node_id }];
  });
}
