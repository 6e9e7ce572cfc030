import { beside, startNode } from './support/child.ts';
import { atMost, type Metric, told } from './support/metric.ts';

const TARGET_S = 10;
const MEMORY_TARGET_MB = 2_000;

/** 120,000 masts, 500,000 cells and 11,000 communes without terrain: from cells in memory to covered squares by commune. */
export async function coverageNation(): Promise<Metric[]> {
  const child = startNode(beside('./support/nation-child', import.meta.url), {
    readyWhen: /nation (\{.*\})/,
  });
  const measured = JSON.parse(await child.ready) as Record<
    'seconds' | 'processor' | 'megabytes' | 'covered_km2',
    number
  >;
  await child.stop();
  return [
    atMost('coverage_nation', measured.seconds, 's', TARGET_S),
    told('coverage_nation_processor', measured.processor, 's'),
    atMost('coverage_nation_memory', measured.megabytes, 'MB', MEMORY_TARGET_MB),
    told('coverage_nation_4g_any', measured.covered_km2, 'km²'),
  ];
}
