import { describe, expect, it } from 'vitest';
import { graphStructure } from './bridges.ts';
import { simulateCut } from './cut.ts';
import { countDisjointPaths } from './disjoint-counts.ts';
import { classifyTargets, describeTargets } from './district-status.ts';
import { riskBlocks } from './risk-blocks.ts';
import { rankSingleCuts } from './shared-risk.ts';
import { coreDistances } from './shortest-paths.ts';
import { syntheticGraph } from './testing/synthetic-nation.ts';
import { topologySummary } from './topology-class.ts';
import { worstPair } from './worst-pair.ts';

describe('a synthetic nation of 50,000 spans', () => {
  const { graph, districts, communes } = syntheticGraph(67);
  const targets = [...districts, ...communes];
  const distances = coreDistances(graph);

  it('has the size it is measured at', () => {
    expect(graph.edgeCount).toBeGreaterThan(50_000);
    expect([districts.length, communes.length]).toEqual([670, 6968]);
  });

  it('is classified alike with and without paths', () => {
    const described = describeTargets(graph, districts, distances);
    expect(described.map(({ status }) => status)).toEqual(classifyTargets(graph, districts, distances));
    for (const { status, bridges, paths } of described) {
      expect(bridges.length > 0).toBe(status === 'single');
      expect(paths.length > 0).toBe(status !== 'none');
    }
  });

  it('ranks first what a fresh search finds lost, and every span that it names alone is a bridge', () => {
    const { isBridge } = graphStructure(graph);
    const ranked = rankSingleCuts(graph, targets, undefined, 20);
    expect(ranked[0]!.lost_targets).toBeGreaterThan(5);
    for (const { risk, lost_targets } of ranked) {
      expect(simulateCut(graph, targets, { spans: risk.span_ids }, distances).lost).toHaveLength(lost_targets);
      if (risk.span_ids.length > 1) continue;
      const edge = graph.edgeIndexBySpanId.get(risk.span_ids[0]!)!;
      expect(isBridge[edge]).toBe(1);
    }
  });

  it('counts two ways or more to whatever is dual, one to what a single span isolates', () => {
    const described = describeTargets(graph, districts, distances);
    const counts = countDisjointPaths(graph, districts, distances);
    const { isBridge } = graphStructure(graph);
    described.forEach(({ status, bridges }, at) => {
      const bySpan = bridges.some(({ span_ids }) =>
        span_ids.some((id) => isBridge[graph.edgeIndexBySpanId.get(id)!] === 1),
      );
      const { edge_disjoint, node_disjoint } = counts[at]!;
      if (status === 'none') expect(edge_disjoint).toBe(0);
      else if (status === 'dual' || !bySpan) expect(edge_disjoint).toBeGreaterThanOrEqual(2);
      else expect(edge_disjoint).toBe(1);
      expect(node_disjoint).toBeLessThanOrEqual(edge_disjoint!);
    });
  });

  it('has only dual districts in the blocks of the cores, and the shape of a mesh', () => {
    const { block } = riskBlocks(graph);
    const ofCores = new Set(graph.nodes.flatMap((_, node) => (graph.isCore[node] === 1 ? [block[node]] : [])));
    const statuses = classifyTargets(graph, districts, distances);
    districts.forEach(({ nodes }, at) => {
      // Cores hang on each other by single spans here, so a district shares the block of one core at most.
      if (ofCores.has(block[nodes[0]!])) expect(statuses[at]).toBe('dual');
    });
    expect(topologySummary(graph).class).toBe('mesh');
  });

  it('finds a worst pair that a fresh search confirms and that no two of the worst single cuts outdo', () => {
    const worst = worstPair(graph, targets)!;
    expect(worst.exact).toBe(true);
    const lostBy = (...span_ids: number[][]) =>
      simulateCut(graph, targets, { spans: span_ids.flat() }, distances).lost.length;
    expect(lostBy(...worst.risks.map((risk) => risk.span_ids))).toBe(worst.lost_targets);
    const [first, second] = rankSingleCuts(graph, targets, undefined, 2);
    expect(worst.lost_targets).toBeGreaterThanOrEqual(lostBy(first!.risk.span_ids, second!.risk.span_ids));
  });
});
