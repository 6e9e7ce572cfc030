import type { CoveragePaint } from './coverage-choice.ts';
import type { Tab } from './url-state.ts';

/** What the user can show and hide, top of the map first. */
export const layerGroupIds = [
  'labels',
  'sites',
  'connectivity',
  'nodes',
  'bridges',
  'spans',
  'districts',
  'communes',
  'planning',
  'measurements',
  'gaps',
  'coverage_area',
  'choropleth',
] as const;
export type LayerGroupId = (typeof layerGroupIds)[number];

export function isLayerGroup(text: string): text is LayerGroupId {
  return (layerGroupIds as readonly string[]).includes(text);
}

/** The map follows the question asked: each tab has the layers that answer it. */
const groupsOfTab: Record<Tab, readonly LayerGroupId[]> = {
  overview: ['labels', 'sites', 'connectivity', 'districts', 'communes', 'choropleth'],
  sites: ['labels', 'sites', 'districts', 'communes'],
  coverage: ['labels', 'measurements', 'districts', 'communes', 'choropleth'],
  gaps: ['labels', 'sites', 'districts', 'communes', 'gaps', 'coverage_area'],
  planning: ['labels', 'sites', 'districts', 'communes', 'planning', 'coverage_area'],
  connectivity: ['labels', 'connectivity', 'nodes', 'bridges', 'spans', 'districts'],
  layers: ['labels', 'sites', 'connectivity', 'spans', 'districts', 'communes', 'choropleth'],
};

/** The layer groups shown: those chosen, or those of the open tab, of coverage with bands where these are chosen. */
export function visibleGroups(state: {
  layers: readonly LayerGroupId[] | null;
  tab: Tab;
  coverage: { paint: CoveragePaint };
}): readonly LayerGroupId[] {
  if (state.layers) return state.layers;
  const ofTab = groupsOfTab[state.tab];
  if (state.tab !== 'coverage' || state.coverage.paint === 'rule') return ofTab;
  return ofTab.map((group) => (group === 'choropleth' ? 'coverage_area' : group));
}
