import type { askedViews, NetworkViewName } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import {
  type NodeRow,
  type SpanRow,
  selectNetworkNodes,
  selectNetworkSpans,
  selectOptionalOperatorId,
} from './queries.ts';
import type { NetworkGraph, NetworkIssue } from './rules/network-graph.ts';
import { buildViewGraph, DEFAULT_SHARING_M, type NetworkView, viewRows } from './rules/network-view.ts';
import { routeShares } from './rules/route-length.ts';

/** What an analysis needs of the server; a command has it too. */
export type NetworkContext = Pick<ServerContext, 'db' | 'cache'> & {
  revision: Pick<ServerContext['revision'], 'current'>;
};

/** Whose network on which day. `operator` is a code, given exactly when the view is `operator`. */
export interface NetworkQuestion {
  at: string;
  view: NetworkViewName;
  operator: string | undefined;
}

/** The network of a view on a day: its rows and the graph of them. */
export interface Network {
  graph: NetworkGraph;
  /** Rows of the view, spans of every status. */
  nodes: NodeRow[];
  spans: SpanRow[];
  issues: NetworkIssue[];
  /** What people call a span. */
  labels: ReadonlyMap<number, string>;
  synthetic: boolean;
}

/**
 * The question as asked in a request: an operator named is its own network.
 * @throws HttpError 400 for an operator together with sharing, which is of all
 */
export function questionOf(asked: {
  at: string;
  view?: (typeof askedViews)[number] | undefined;
  operator?: string | undefined;
}): NetworkQuestion {
  if (asked.operator && asked.view === 'sharing')
    throw new HttpError(400, 'invalid-request', 'Sharing is of all operators: ask without the operator.', {
      errors: [{ pointer: '?operator', value: asked.operator, reason: 'cannot be asked with view=sharing' }],
    });
  const view = asked.operator ? 'operator' : (asked.view ?? 'together');
  return { at: asked.at, view, operator: asked.operator };
}

async function viewOf({ db }: NetworkContext, { view, operator }: NetworkQuestion): Promise<NetworkView> {
  if (view === 'together') return { kind: 'together' };
  if (view === 'sharing') return { kind: 'sharing', tolerance_m: DEFAULT_SHARING_M };
  const operator_id = await selectOptionalOperatorId(db, operator ?? '');
  if (operator_id === null) throw new HttpError(404, 'not-found', `There is no operator ${operator}.`);
  return { kind: 'operator', operator_id };
}

async function build(context: NetworkContext, question: NetworkQuestion): Promise<Network> {
  const { db } = context;
  const view = await viewOf(context, question);
  const [nodes, spans] = await Promise.all([selectNetworkNodes(db, question.at), selectNetworkSpans(db, question.at)]);
  const { graph, issues } = buildViewGraph(nodes, spans, view);
  const rows = viewRows(nodes, spans, view);
  return {
    graph,
    issues,
    nodes: rows.nodes,
    spans: rows.spans,
    labels: new Map(spans.map((span) => [span.id, span.label])),
    synthetic: spans.some((span) => span.synthetic),
  };
}

/** The network of a view on a day, built once per dataset revision. */
export function networkAt(context: NetworkContext, question: NetworkQuestion): Promise<Network> {
  const { at, view, operator } = question;
  return context.cache.get(context.revision.current, `network ${at} ${view} ${operator ?? ''}`, () =>
    build(context, question),
  );
}

/** A risk by the names of its spans, each once. */
export const labelOf = (network: Network, span_ids: readonly number[]): string =>
  [...new Set(span_ids.map((span) => network.labels.get(span) ?? String(span)))].join(' + ');

/** Metres of route that each span of the graph stands for, by its id: cables in one duct count its length once. */
export function routeSharesOf({ graph, spans }: Network): Map<number, number> {
  const ids = new Set(graph.spans.map(({ id }) => id));
  const cut = spans.filter(({ id }) => ids.has(id));
  const shares = routeShares(cut);
  return new Map(cut.map(({ id }, at) => [id, shares[at]!]));
}
