import type { DistrictConnectivity, DistrictConnectivityList } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import type { Queryable } from '../../platform/db/db.ts';
import type { Translated } from '../../platform/language.ts';
import {
  type CentreRow,
  type SpanRow,
  selectDistrictCentres,
  selectNetworkNodes,
  selectNetworkSpans,
} from './queries.ts';
import { describeTargets } from './rules/district-status.ts';
import { buildNetworkGraph, type NetworkGraph } from './rules/network-graph.ts';
import { isolatingSpanIds } from './rules/shared-risk.ts';
import { targetsForNodeIds } from './rules/targets.ts';

/** The network of a day and what it says about the district centres. */
export interface ConnectivityAnalysis {
  graph: NetworkGraph;
  centres: CentreRow[];
  districts: DistrictConnectivity[];
  totals: DistrictConnectivityList['totals'];
  /** Spans whose cut, alone or with their route group, isolates at least one district centre. */
  singleCutSpans: Set<number>;
  districtNote: Translated | null;
  synthetic: boolean;
}

async function analyse(db: Queryable, at: string): Promise<ConnectivityAnalysis> {
  const [nodes, spans, centres] = await Promise.all([
    selectNetworkNodes(db),
    selectNetworkSpans(db, at),
    selectDistrictCentres(db, at),
  ]);
  const { graph } = buildNetworkGraph(nodes, spans);
  const targets = targetsForNodeIds(graph, centres);
  const labels = new Map(spans.map((span: SpanRow) => [span.id, span.label]));
  const districts = describeTargets(graph, targets).map((described, position): DistrictConnectivity => {
    const centre = centres[position]!;
    const { id, code, name, centre_name, lon, lat } = centre;
    return {
      id,
      code,
      name,
      centre_name,
      lon,
      lat,
      status: described.status,
      bridges: described.bridges.map((risk) => ({
        ...risk,
        label: [...new Set(risk.span_ids.map((span) => labels.get(span) ?? String(span)))].join(' + '),
      })),
      paths: described.paths.map(({ span_ids, length_km, hops }) => ({ span_ids, length_km, hops })),
      paths_disjoint: described.paths_disjoint,
    };
  });
  const count = (status: DistrictConnectivity['status']): number =>
    districts.filter((district) => district.status === status).length;
  const totals = {
    total: districts.length,
    on_fibre: districts.length - count('none'),
    dual: count('dual'),
    single: count('single'),
    none: count('none'),
  };
  const ended = centres.find((centre) => !centre.in_force);
  return {
    graph,
    centres,
    districts,
    totals,
    singleCutSpans: isolatingSpanIds(graph, targets),
    synthetic: spans.some((span) => span.synthetic),
    districtNote: ended
      ? {
          vi: `Cấp huyện đã bãi bỏ từ ngày ${ended.valid_to}; ở đây là các huyện cuối cùng.`,
          en: `Districts were abolished on ${ended.valid_to}; the last ones are shown.`,
        }
      : null,
  };
}

/** The analysis of a day, made once per dataset revision. */
export function connectivityAt(
  { db, revision, cache }: Pick<ServerContext, 'db' | 'revision' | 'cache'>,
  at: string,
): Promise<ConnectivityAnalysis> {
  return cache.get(revision.current, `connectivity ${at}`, () => analyse(db, at));
}
