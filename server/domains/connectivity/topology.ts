import { createHash } from 'node:crypto';
import { type TopologyFindingItem, todayInVietnam } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import type { Language } from '../../platform/language.ts';
import type { NetworkContext } from './network.ts';
import { findTopologyFaults } from './rules/topology-findings.ts';
import { applyProposals } from './rules/topology-proposals.ts';
import {
  type TopologyFinding,
  type TopologyNode,
  type TopologyProposal,
  type TopologySpan,
  type TopologyTolerances,
  tolerancesFor,
} from './rules/topology-rows.ts';
import { writeChanges } from './topology-changes.ts';
import { selectTopologyRows, type TopologyData } from './topology-queries.ts';
import { sentenceOf } from './topology-words.ts';

/** A finding with a name that holds as long as its rows, its measure, its repair and what that costs are the same. */
export interface KeyedFinding extends TopologyFinding {
  key: string;
}

function keyed(finding: TopologyFinding): KeyedFinding {
  const { kind, table, ids, detail_m, proposal } = finding;
  const costs = [finding.apart, finding.cut_off, finding.cut_off_alone, finding.single].flatMap((each) => each ?? []);
  const measure = detail_m === null ? null : Math.round(detail_m * 10);
  const text = JSON.stringify([kind, table, ids, measure, proposal, ...costs]);
  return { ...finding, key: createHash('sha256').update(text).digest('hex').slice(0, 24) };
}

interface Topology {
  tolerances: TopologyTolerances;
  rows: TopologyData;
  findings: KeyedFinding[];
}

/** @param tolerance_m the snapping tolerance; whoever accepts has to look with that of the list, which the findings depend on */
async function lookOver(db: Queryable, at: string, tolerance_m: number): Promise<Topology> {
  const tolerances = tolerancesFor(tolerance_m);
  const rows = await selectTopologyRows(db, at);
  return { tolerances, rows, findings: findTopologyFaults(rows, tolerances).map(keyed) };
}

/** What is wrong with the drawing of the network today, each with a repair to accept or not; made once per dataset revision, day and tolerance. */
export function topologyNow({ db, revision, cache }: NetworkContext, tolerance_m: number): Promise<Topology> {
  const today = todayInVietnam();
  return cache.get(revision.current, `topology ${today} ${tolerance_m}`, () => lookOver(db, today, tolerance_m));
}

/** Findings as people read them, with codes and a place to look at. */
export function describeFindings({ rows, findings }: Topology, language: Language): TopologyFindingItem[] {
  const networks = new Map(rows.networks.map((row) => [row.id, row]));
  const nodes = new Map(rows.nodes.map((row) => [row.id, row]));
  const spans = new Map(rows.spans.map((row) => [row.id, row]));
  const tables = { fibre_network: networks, fibre_node: nodes, fibre_span: spans };
  return findings.map((finding) => {
    const { key, kind, table, ids, detail_m, proposal } = finding;
    const found = ids.flatMap((id) => tables[table].get(id) ?? []);
    const [first] = found;
    const networkId = first && 'network_id' in first ? first.network_id : first?.id;
    const codes = found.map(({ code }) => code);
    return {
      key,
      kind,
      table,
      ids,
      codes,
      network: networks.get(networkId ?? -1)?.code ?? null,
      detail_m: detail_m === null ? null : Math.round(detail_m * 10) / 10,
      ...placeOf(first, nodes),
      proposal,
      sentence: sentenceOf(finding, codes, language),
    };
  });
}

function placeOf(
  row: object | undefined,
  nodes: ReadonlyMap<number, TopologyNode>,
): { lon: number | null; lat: number | null } {
  if (row && 'lon' in row) {
    const { lon, lat } = row as TopologyNode;
    return { lon, lat };
  }
  if (!row || !('coordinates' in row)) return { lon: null, lat: null };
  const { coordinates, start_node_id } = row as TopologySpan;
  const middle = coordinates?.[Math.floor(coordinates.length / 2)];
  const start = nodes.get(start_node_id ?? -1);
  return { lon: middle?.[0] ?? start?.lon ?? null, lat: middle?.[1] ?? start?.lat ?? null };
}

/**
 * Carries out the accepted repairs in the caller's transaction. A finding that is not there any more, or for which the data
 * alone do not say what is right (also: not together with the others), is passed over. What two findings propose is done, and counted, once.
 */
export async function repairTopology(
  tx: Queryable,
  { keys, tolerance_m }: { keys: readonly string[]; tolerance_m: number },
  about: { actor: string; why: string | undefined },
): Promise<{ applied: number; passed_over: string[] }> {
  const { tolerances, rows, findings } = await lookOver(tx, todayInVietnam(), tolerance_m);
  const known = new Map(findings.map((finding) => [finding.key, finding]));
  const accepted = [...new Set(keys)].flatMap((key) => known.get(key)?.proposal ?? []);
  const after = applyProposals(rows, accepted, tolerances);
  if (accepted.length > 0) await writeChanges(tx, rows, after, about);
  const refused = new Set<TopologyProposal | null | undefined>([null, undefined, ...after.refused]);
  return {
    applied: accepted.length - after.refused.length - after.idle.length,
    passed_over: keys.filter((key) => refused.has(known.get(key)?.proposal)),
  };
}
