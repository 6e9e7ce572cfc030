import type { Map as MapLibreMap } from 'maplibre-gl';
import type { FeatureStateTable } from '../domain.ts';

/**
 * Puts the states of the domains on the features of the tiles. Several domains may speak of the same features: their
 * states are laid over each other. A source layer is written again only when one of its tables is another object.
 */
export function createFeatureStateWriter(map: MapLibreMap): (tables: readonly FeatureStateTable[]) => void {
  const written = new Map<string, readonly FeatureStateTable[]>();

  function isWritten(key: string, tables: readonly FeatureStateTable[]): boolean {
    const before = written.get(key);
    return before?.length === tables.length && before.every((table, index) => table.states === tables[index]?.states);
  }

  return (tables) => {
    const bySource = new Map<string, FeatureStateTable[]>();
    for (const table of tables) {
      const key = `${table.source}/${table.sourceLayer}`;
      bySource.set(key, [...(bySource.get(key) ?? []), table]);
    }
    for (const [key, group] of bySource) {
      const first = group[0];
      if (!first || isWritten(key, group)) continue;
      const target = { source: first.source, sourceLayer: first.sourceLayer };
      map.removeFeatureState(target);
      for (const { states } of group) {
        for (const [id, state] of states) map.setFeatureState({ ...target, id }, state);
      }
      written.set(key, group);
    }
  };
}
