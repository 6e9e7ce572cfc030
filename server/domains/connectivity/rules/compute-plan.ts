/**
 * The cheapest new spans for a goal, from plain rows: candidate lines are made, then one of the two planners is asked.
 * Made to run in a worker thread.
 */

import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { planDual } from './augmentation.ts';
import type { Deployment } from './availability.ts';
import { DEFAULT_COST_MODEL } from './build-cost.ts';
import type { CandidateLine, Place } from './candidate-lines.ts';
import { classifyTargets } from './district-status.ts';
import { planExtension } from './fibre-extension.ts';
import { candidatesAlong } from './lines-along.ts';
import type { NetworkGraph } from './network-graph.ts';
import { buildViewGraph, type NetworkView, type ViewNode, type ViewSpan } from './network-view.ts';
import { placeClasses } from './place-classes.ts';
import { coreDistances, nearestNode } from './shortest-paths.ts';
import { straightCandidates } from './straight-lines.ts';
import { type Target, targetsForNodeIds } from './targets.ts';

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
  nodes: readonly (ViewNode & { name: string; network: string })[];
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
  /** Code of the network of a node; null for a place or a junction. */
  start_network: string | null;
  end_code: string | null;
  end_name: string | null;
  end_network: string | null;
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
  network?: string;
}

/** Lines to choose from, how many were weighed, and what a straight line's ends are for the plan. */
function candidatesFor(
  input: PlanInput,
  places: readonly Place[],
  classOf: (place: Place) => number,
  each: 1 | 2,
): { lines: CandidateLine[]; weighed: number } {
  const { lines, deployment, max_hop_m, cost_per_m } = input;
  const cost = { ...DEFAULT_COST_MODEL, cost_per_m: { ...DEFAULT_COST_MODEL.cost_per_m, [deployment]: cost_per_m } };
  if (lines === null) return straightCandidates(places, { max_hop_m, classOf, each, deployment, cost });
  const stretches = candidatesAlong(lines, places, { snap_m: max_hop_m, entries: each, deployment, cost });
  return { lines: stretches, weighed: stretches.length };
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
    start_network: ends.get(a)?.network ?? null,
    end_code: ends.get(b)?.code ?? null,
    end_name: ends.get(b)?.name || null,
    end_network: ends.get(b)?.network ?? null,
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
  const targets = targetsForNodeIds(graph, input.wanted);
  const ends = new Map([...input.nodes, ...input.wanted].map((end): [number, NamedEnd] => [end.id, end]));
  return input.goal === 'dual' ? dualPlan(input, graph, targets, ends) : extensionPlan(input, graph, targets, ends);
}

type PlacedTarget = WantedPlace & Target;

/** New lines may be spliced in at every node; a target that no node serves is a place of its own. */
function dualPlan(
  input: PlanInput,
  graph: NetworkGraph,
  targets: readonly PlacedTarget[],
  ends: ReadonlyMap<number, NamedEnd>,
): PlanOutput {
  const alone = targets.filter(({ nodes }) => nodes.length === 0).filter(located);
  const classes = placeClasses(graph, targets);
  const classOf = ({ id }: Place): number => {
    const node = graph.nodeIndexById.get(id);
    return node === undefined ? graph.nodeCount + alone.findIndex((place) => place.id === id) : classes[node]!;
  };
  const candidates = candidatesFor(input, [...graph.nodes.filter(located), ...alone], classOf, 2);
  const planned = targets.map((target) => ({ ...target, place_id: target.id }));
  const { lines, ...plan } = planDual(graph, planned, candidates.lines);
  const wanted = classifyTargets(graph, targets).filter((status) => status !== 'dual').length;
  return { ...plan, lines: describeLines(lines, candidates.lines, ends), wanted, candidates: candidates.weighed };
}

/** All that is connected is one place: each unserved one needs a way to it, or to another that has one. */
function extensionPlan(
  input: PlanInput,
  graph: NetworkGraph,
  targets: readonly PlacedTarget[],
  ends: ReadonlyMap<number, NamedEnd>,
): PlanOutput {
  const distances = coreDistances(graph);
  const connected = graph.nodes.filter((_, node) => Number.isFinite(distances.distanceM[node] ?? Number.NaN));
  const unserved = targets.filter(({ nodes }) => nearestNode(nodes, distances) === -1);
  const placeable = unserved.filter(located);
  const number = new Map(placeable.map(({ id }, at) => [id, at + 1]));
  const classOf = ({ id }: Place): number => number.get(id) ?? 0;
  const candidates = candidatesFor(input, [...connected.filter(located), ...placeable], classOf, 1);
  const plan = planExtension(
    connected.map(({ id }) => id),
    placeable.map(({ id }) => id),
    candidates.lines,
  );
  const missing = new Set(plan.unreachable);
  return {
    lines: describeLines(plan.lines, candidates.lines, ends),
    cost: plan.cost,
    length_m: plan.length_m,
    exact: plan.lower_bound >= plan.cost,
    lower_bound: plan.lower_bound,
    factor: plan.factor,
    wanted: unserved.length,
    impossible: unserved.filter((place) => !located(place) || missing.has(place.id)).map(({ code }) => code),
    candidates: candidates.weighed,
  };
}
