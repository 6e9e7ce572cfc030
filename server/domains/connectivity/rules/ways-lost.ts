/**
 * Who loses the way to a core when the end of a span is led elsewhere: no other repair takes a span away from where it led. Asked
 * of today and of every later day on which the network is known to change; days gone by stay as they were.
 */
import { buildNetworkGraph, edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { byRank } from './node-findings.ts';
import { visitLostNodes } from './shared-risk.ts';
import { coreDistances } from './shortest-paths.ts';
import {
  inService,
  type TopologyFinding,
  type TopologyNode,
  type TopologyProposal,
  type TopologyRows,
  type TopologySpan,
} from './topology-rows.ts';

type Leading = Extract<TopologyProposal, { action: 'reattach_end' | 'add_node' }>;

/** Whether a repair leads the end of a span elsewhere. */
export function leadsElsewhere(proposal: TopologyProposal | null): proposal is Leading {
  return proposal?.action === 'reattach_end' || proposal?.action === 'add_node';
}

/**
 * The findings, each that would cut nodes off left to a person and with who they are. A line that ends far from its node says
 * that one of the two is wrong, not which: what hangs on the answer is not taken away by a guess.
 */
export function withholdCuts(findings: readonly TopologyFinding[], rows: TopologyRows): TopologyFinding[] {
  const led = spansLed(findings);
  if (led.size === 0) return [...findings];
  const days = changingDays(rows).map((day) => behindSpans(graphOn(rows, day), led));
  return findings.map((finding) => {
    const { proposal } = finding;
    if (!leadsElsewhere(proposal)) return finding;
    const lost = new Set(days.flatMap((day) => lostBy(proposal, day)));
    return lost.size === 0 ? finding : { ...finding, proposal: null, cut_off: namesOf(lost, rows) };
  });
}

/**
 * The findings, each that takes the way to a core from nodes in the network of the span's operator alone with who they are: among all
 * operators they keep one, so the repair is proposed.
 */
export function nameOwnWaysLost(findings: readonly TopologyFinding[], rows: TopologyRows): TopologyFinding[] {
  const led = spansLed(findings);
  if (led.size === 0) return [...findings];
  const operators = new Map(rows.spans.map(({ id, operator_id }) => [id, operator_id]));
  const views = new Map<number, Day[]>();
  const viewOf = (operator: number): Day[] => {
    const own = { ...rows, spans: rows.spans.filter(({ operator_id }) => operator_id === operator) };
    const days = views.get(operator) ?? changingDays(own).map((day) => behindSpans(graphOn(own, day), led));
    views.set(operator, days);
    return days;
  };
  return findings.map((finding) => {
    const { proposal } = finding;
    const operator = leadsElsewhere(proposal) ? operators.get(proposal.span_id) : null;
    if (!leadsElsewhere(proposal) || operator === null || operator === undefined) return finding;
    const lost = new Set(viewOf(operator).flatMap((day) => lostBy(proposal, day)));
    return lost.size === 0 ? finding : { ...finding, cut_off_alone: namesOf(lost, rows) };
  });
}

function spansLed(findings: readonly TopologyFinding[]): Set<number> {
  return new Set(findings.flatMap(({ proposal }) => (leadsElsewhere(proposal) ? [proposal.span_id] : [])));
}

/** Whether a node that reaches a core does so no more after repairs, on any day from today on. */
export function cutsOff(before: TopologyRows, after: TopologyRows): boolean {
  return changingDays(before).some((day) => {
    const [then, now] = [graphOn(before, day), graphOn(after, day)];
    const [reached, stillReached] = [reachOf(then), reachOf(now)];
    return then.nodes.some(({ id }, node) => reached[node] && !stillReached[now.nodeIndexById.get(id) ?? -1]);
  });
}

/** What takes part in the network: laid, and in service or to be. */
const laid = ({ out_of_service, planned }: TopologySpan): boolean => !out_of_service && !planned;

/** Today, and the days to come on which a span begins or ends. */
export function changingDays({ at, spans }: TopologyRows): string[] {
  const later = spans.filter(laid).flatMap(({ valid_from, valid_to }) => [valid_from, valid_to ?? at]);
  return [...new Set([at, ...later.filter((day) => day > at)])];
}

/** The spans that carry the network on a day. */
export function spansOn(rows: TopologyRows, day: string): (TopologySpan & { status: 'operational' })[] {
  return inService(rows)
    .spans.filter((span) => laid(span) && span.valid_from <= day && (span.valid_to === null || day < span.valid_to))
    .map((span) => ({ ...span, status: 'operational' }));
}

/** The network as recorded on a day, each span a risk of its own. */
function graphOn(rows: TopologyRows, day: string): NetworkGraph {
  const alone = spansOn(rows, day).map((span) => ({ ...span, route_group: null }));
  return buildNetworkGraph(inService(rows).nodes, alone).graph;
}

/** Which nodes reach a core. */
const reachOf = (graph: NetworkGraph): boolean[] => Array.from(coreDistances(graph).distanceM, Number.isFinite);

interface Day {
  graph: NetworkGraph;
  reached: readonly boolean[];
  /** The nodes that reach a core over this span only, by its id. */
  behind: ReadonlyMap<number, ReadonlySet<number>>;
}

function behindSpans(graph: NetworkGraph, wanted: ReadonlySet<number>): Day {
  const behind = new Map<number, Set<number>>();
  visitLostNodes(graph, graph.nodes.keys(), (risk, lost) => {
    const { id } = graph.spans[edgesOfRisk(graph, risk)[0]!]!;
    if (wanted.has(id)) behind.set(id, new Set(lost));
  });
  return { graph, reached: reachOf(graph), behind };
}

/** Ids of the nodes that the repair cuts off: all behind the span, unless it goes on joining them to what reaches a core. */
function lostBy(proposal: Leading, { graph, reached, behind }: Day): number[] {
  const { span_id, end } = proposal;
  const lost = behind.get(span_id);
  if (lost === undefined) return [];
  const edge = graph.edgeIndexBySpanId.get(span_id)!;
  const stays = (end === 'start' ? graph.edgeTo : graph.edgeFrom)[edge]!;
  const led = proposal.action === 'reattach_end' ? graph.nodeIndexById.get(proposal.node_id) : undefined;
  const joins = led !== undefined && reached[led] && lost.has(led) !== lost.has(stays);
  return joins ? [] : [...lost].map((node) => graph.nodes[node]!.id);
}

/** Codes of nodes, those that mean most first, with the units that each serves. */
function namesOf(ids: ReadonlySet<number>, { nodes, former }: TopologyRows): string[] {
  const served = new Map<number, Set<string>>();
  const note = (id: number, unit: string | null): void => {
    if (unit !== null) served.set(id, (served.get(id) ?? new Set()).add(unit));
  };
  for (const { id, serves_unit_code } of nodes) note(id, serves_unit_code);
  for (const { node_id, serves_unit_code } of former) note(node_id, serves_unit_code);
  const name = ({ id, code }: TopologyNode): string => {
    const units = served.get(id);
    return units ? `${code} (${[...units].join(', ')})` : code;
  };
  return byRank(nodes.filter(({ id }) => ids.has(id))).map(name);
}
