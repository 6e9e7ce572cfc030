import type { CoverageChoice } from './coverage-choice.ts';
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
  'broadcast',
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
  broadcast: ['labels', 'districts', 'communes', 'broadcast'],
  connectivity: ['labels', 'connectivity', 'nodes', 'bridges', 'spans', 'districts'],
  layers: ['labels', 'sites', 'connectivity', 'spans', 'districts', 'communes', 'choropleth'],
};

/**
 * The layer groups shown: those chosen, or those of the open tab; of coverage with bands where these are chosen, and
 * with measured points where these are looked at.
 */
export function visibleGroups(state: {
  layers: readonly LayerGroupId[] | null;
  tab: Tab;
  coverage: Pick<CoverageChoice, 'paint' | 'section' | 'evidence'>;
}): readonly LayerGroupId[] {
  if (state.layers) return state.layers;
  const ofTab = groupsOfTab[state.tab];
  if (state.tab !== 'coverage') return ofTab;
  const { paint, section, evidence } = state.coverage;
  const isMeasured = section === 'disagreements' || evidence !== null;
  return ofTab
    .filter((group) => group !== 'measurements' || isMeasured)
    .map((group) => (group === 'choropleth' && paint === 'bands' ? 'coverage_area' : group));
}
