/**
 * The cheapest new spans for a goal, from plain rows: candidate lines are made, then one of the two planners is asked.
 * Made to run in a worker thread.
 */

import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { planDual } from './augmentation.ts';
import type { Deployment } from './availability.ts';
import { DEFAULT_COST_MODEL } from './build-cost.ts';
import { type CandidateLine, candidatesAlong, type Place, straightCandidates } from './candidate-lines.ts';
import { classifyTargets } from './district-status.ts';
import { planExtension } from './fibre-extension.ts';
import { buildViewGraph, type NetworkView, type ViewNode, type ViewSpan } from './network-view.ts';
import { coreDistances, nearestNode } from './shortest-paths.ts';
import { targetsForNodeIds } from './targets.ts';

/** A place that is to be served: its own position and the nodes that serve it already. */
export interface WantedPlace {
  /** Not the id of a node, and positive: ids of nodes and junctions are names of places too. */
  id: number;
  code: string;
  name: string;
  lon: number | null;
  lat: number | null;
  node_ids: readonly number[];
}

export interface PlanInput {
  goal: 'dual' | 'extend';
  nodes: readonly (ViewNode & { name: string })[];
  spans: readonly ViewSpan[];
  view: NetworkView;
  wanted: readonly WantedPlace[];
  /** Courses to lay cable along; null: straight lines. */
  lines: readonly (readonly LonLat[])[] | null;
  deployment: Deployment;
  max_hop_m: number;
  cost_per_m: number;
}

export interface PlannedLine {
  /** Code of the node or place at the end; null at a junction. */
  start_code: string | null;
  start_name: string | null;
  end_code: string | null;
  end_name: string | null;
  length_m: number;
  cost: number;
  coordinates: readonly LonLat[];
}

export interface PlanOutput {
  lines: PlannedLine[];
  cost: number;
  length_m: number;
  exact: boolean;
  lower_bound: number;
  factor: number | null;
  /** Places that need something. */
  wanted: number;
  impossible: string[];
  candidates: number;
}

interface NamedEnd {
  code: string;
  name: string;
}

/** Kinds of nodes where a cable can be opened and equipment stands. */
const OPENED = new Set(['core', 'district', 'commune']);

function candidatesFor(input: PlanInput, places: readonly Place[]): CandidateLine[] {
  const { lines, deployment, max_hop_m, cost_per_m } = input;
  const cost = { ...DEFAULT_COST_MODEL, cost_per_m: { ...DEFAULT_COST_MODEL.cost_per_m, [deployment]: cost_per_m } };
  if (lines === null) return straightCandidates(places, { max_hop_m, deployment, cost });
  return candidatesAlong(lines, places, { snap_m: max_hop_m, deployment, cost });
}

/** Stretches that meet at a junction where nothing else does are one span: junctions have ids below 0. */
export function joinStretches(
  lines: readonly Pick<CandidateLine, 'a' | 'b' | 'length_m' | 'cost' | 'coordinates'>[],
): Pick<CandidateLine, 'a' | 'b' | 'length_m' | 'cost' | 'coordinates'>[] {
  const left = new Set(lines);
  const at = new Map<number, typeof lines>();
  for (const line of lines) for (const end of [line.a, line.b]) at.set(end, [...(at.get(end) ?? []), line]);
  const isPassed = (end: number): boolean => end < 0 && at.get(end)?.length === 2;
  const joined: Pick<CandidateLine, 'a' | 'b' | 'length_m' | 'cost' | 'coordinates'>[] = [];
  const walk = (first: (typeof lines)[number], start: number): void => {
    const span = { a: start, b: start, length_m: 0, cost: 0, coordinates: [] as LonLat[] };
    for (let line: (typeof lines)[number] | undefined = first; line; ) {
      left.delete(line);
      const course: readonly LonLat[] = line.a === span.b ? line.coordinates : [...line.coordinates].reverse();
      span.coordinates.push(...(span.coordinates.length > 0 ? course.slice(1) : course));
      span.length_m += line.length_m;
      span.cost += line.cost;
      span.b = line.a === span.b ? line.b : line.a;
      line = isPassed(span.b) ? at.get(span.b)?.find((other) => left.has(other)) : undefined;
    }
    joined.push(span);
  };
  for (const line of lines) {
    const start = [line.a, line.b].find((end) => !isPassed(end));
    if (left.has(line) && start !== undefined) walk(line, start);
  }
  // What is left are rings of passed junctions.
  for (const line of lines) if (left.has(line)) walk(line, line.a);
  return joined;
}

/** The chosen lines as spans between named places and the junctions where ways part. */
function describeLines(
  chosen: readonly number[],
  candidates: readonly CandidateLine[],
  ends: ReadonlyMap<number, NamedEnd>,
): PlannedLine[] {
  const wanted = new Set(chosen);
  return joinStretches(candidates.filter(({ id }) => wanted.has(id))).map(({ a, b, length_m, cost, coordinates }) => ({
    start_code: ends.get(a)?.code ?? null,
    start_name: ends.get(a)?.name || null,
    end_code: ends.get(b)?.code ?? null,
    end_name: ends.get(b)?.name || null,
    length_m,
    cost,
    coordinates,
  }));
}

const located = <Row extends { lon: number | null; lat: number | null }>(
  row: Row,
): row is Row & { lon: number; lat: number } => row.lon !== null && row.lat !== null;

/** Plans for all wanted places; those that cannot be helped are named, the plan is for the others. */
export function computePlan(input: PlanInput): PlanOutput {
  const { graph } = buildViewGraph(input.nodes, input.spans, input.view);
  const distances = coreDistances(graph);
  const targets = targetsForNodeIds(graph, input.wanted);
  const connected = graph.nodes.filter((_, node) => Number.isFinite(distances.distanceM[node] ?? Number.NaN));
  const ends = new Map([...input.nodes, ...input.wanted].map((end): [number, NamedEnd] => [end.id, end]));
  if (input.goal === 'dual') {
    const statuses = classifyTargets(graph, targets, distances);
    const serving = new Set(targets.flatMap(({ nodes }) => nodes));
    const places = graph.nodes.filter(({ kind }, node) => OPENED.has(kind) || serving.has(node)).filter(located);
    const candidates = candidatesFor(input, places);
    const { lines, ...plan } = planDual(graph, targets, candidates);
    const wanted = statuses.filter((status) => status !== 'dual').length;
    return { ...plan, lines: describeLines(lines, candidates, ends), wanted, candidates: candidates.length };
  }
  const unserved = targets.filter(({ nodes }) => nearestNode(nodes, distances) === -1);
  const placeable = unserved.filter(located);
  const candidates = candidatesFor(input, [...connected.filter(located), ...placeable]);
  const plan = planExtension(
    connected.map(({ id }) => id),
    placeable.map(({ id }) => id),
    candidates,
  );
  const missing = new Set(plan.unreachable);
  return {
    lines: describeLines(plan.lines, candidates, ends),
    cost: plan.cost,
    length_m: plan.length_m,
    exact: plan.lower_bound >= plan.cost,
    lower_bound: plan.lower_bound,
    factor: plan.factor,
    wanted: unserved.length,
    impossible: unserved.filter((place) => !located(place) || missing.has(place.id)).map(({ code }) => code),
    candidates: candidates.length,
  };
}
