import { describe, expect, it } from 'vitest';
import { graphStructure } from './bridges.ts';
import { simulateCut } from './cut.ts';
import { classifyTargets, describeTargets } from './district-status.ts';
import { rankSingleCuts } from './shared-risk.ts';
import { coreDistances } from './shortest-paths.ts';
import { syntheticGraph } from './testing/synthetic-nation.ts';

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
});
