/** The figures of a fibre network: how much there is, how it is laid, and whom it reaches. */

import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { PointIndex } from '../../../platform/geo/point-index.ts';
import type { Deployment } from './availability.ts';
import { graphStructure } from './bridges.ts';
import { ductTwins } from './duct-twins.ts';
import type { NetworkGraph } from './network-graph.ts';
import { type RoutedSpan, routeShares } from './route-length.ts';
import { SegmentIndex } from './segment-index.ts';
import { type CoreDistances, coreDistances, nearestNode } from './shortest-paths.ts';
import type { Target } from './targets.ts';

export interface FigureSpan extends RoutedSpan {
  deployment: Deployment | null;
}

export interface LengthFigure {
  spans: number;
  /** Length of route, cables in one duct counted once. */
  route_km: number;
  /** Length of cable, every span counted. */
  cable_km: number;
}

export interface NetworkLengths extends LengthFigure {
  by_deployment: Record<Deployment | 'unknown', LengthFigure>;
  /** Duct and buried, of the route whose deployment is known, in percent; null where none is. */
  underground_pct: number | null;
}

/** Lengths of all spans given; the caller chooses day, status and operator. */
export function networkLengths(spans: readonly FigureSpan[]): NetworkLengths {
  const shares = routeShares(spans);
  const by_deployment = { duct: nothing(), buried: nothing(), aerial: nothing(), unknown: nothing() };
  const all = nothing();
  spans.forEach(({ deployment, length_m }, at) => {
    for (const figure of [all, by_deployment[deployment ?? 'unknown']]) {
      figure.spans++;
      figure.route_km += shares[at]! / 1000;
      figure.cable_km += length_m / 1000;
    }
  });
  const underground = by_deployment.duct.route_km + by_deployment.buried.route_km;
  const known = underground + by_deployment.aerial.route_km;
  return { ...all, by_deployment, underground_pct: known === 0 ? null : (100 * underground) / known };
}

function nothing(): LengthFigure {
  return { spans: 0, route_km: 0, cable_km: 0 };
}

/** Numerator and denominator of a figure about places; every percentage is made of these. */
export interface ReachFigure {
  total: number;
  /** Connected to a core. */
  on_fibre: number;
  /** Of those, with a node on a ring: in a block where no single span, nor a duct of parallel ones, separates it from another node. */
  on_ring: number;
}

/**
 * For district centres, communes, sites: how many are on fibre, and on a ring. A ring is a matter of shape, as in
 * `topology-class.ts`: parallel cables of one duct are one edge, but a ring of three nodes or more is one whatever ducts its
 * spans share. Whether it survives a cut is said by `dual`.
 */
export function reachFigure(
  graph: NetworkGraph,
  targets: readonly Target[],
  distances: CoreDistances = coreDistances(graph),
): ReachFigure {
  const { block } = graphStructure(graph, ductTwins(graph));
  const size = new Int32Array(graph.nodeCount);
  for (const of of block) size[of]!++;
  const connected = targets.filter(({ nodes }) => nearestNode(nodes, distances) !== -1);
  const isOnRing = ({ nodes }: Target) =>
    nodes.some((node) => size[block[node]!]! > 1 && distances.distanceM[node] !== Number.POSITIVE_INFINITY);
  return { total: targets.length, on_fibre: connected.length, on_ring: connected.filter(isOnRing).length };
}

export interface NearestFibre {
  /** To the nearest point of any cable, metres; null where there is none. */
  cable_m: number | null;
  cable_id: number | null;
  /** To the nearest node, where a cable can be opened, metres; null where there is none. */
  node_m: number | null;
  node_id: number | null;
}

/** Answers how far fibre is from any point; make it once per network, ask it for every site and commune centre. */
export class FibreDistance {
  #nodes: readonly { id: number }[];
  #spans: readonly { id: number }[];
  #nodeIndex: PointIndex;
  #lineIndex: SegmentIndex;

  constructor(
    nodes: readonly { id: number; lon: number | null; lat: number | null }[],
    spans: readonly { id: number; coordinates: readonly LonLat[] | null }[],
  ) {
    const placed = nodes.flatMap(({ id, lon, lat }) =>
      lon === null || lat === null ? [] : [{ id, at: [lon, lat] as const }],
    );
    const drawn = spans.flatMap(({ id, coordinates }) => (coordinates === null ? [] : [{ id, coordinates }]));
    this.#nodes = placed;
    this.#spans = drawn;
    this.#nodeIndex = new PointIndex(placed.map(({ at }) => at));
    this.#lineIndex = new SegmentIndex(drawn.map(({ coordinates }) => coordinates));
  }

  from(point: LonLat): NearestFibre {
    const node = this.#nodeIndex.nearest(point);
    const cable = this.#lineIndex.nearest(point);
    return {
      cable_m: cable?.distance_m ?? null,
      cable_id: cable === null ? null : this.#spans[cable.line]!.id,
      node_m: node?.distance_m ?? null,
      node_id: node === null ? null : this.#nodes[node.index]!.id,
    };
  }
}
