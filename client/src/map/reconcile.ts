import type {
  GeoJSONSource,
  LayerSpecification,
  Map as MapLibreMap,
  SourceSpecification,
  StyleSpecification,
  VectorTileSource,
} from 'maplibre-gl';

type Values = Record<string, unknown>;

/** The names whose values differ, a name that is gone counting as `undefined`. */
export function changedNames(before: Values = {}, after: Values = {}): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function updateSource(map: MapLibreMap, id: string, before: SourceSpecification, after: SourceSpecification): void {
  if (after.type === 'vector' && before.type === 'vector') {
    // Replacing only the addresses keeps the old tiles on the screen until the new ones are there.
    if (JSON.stringify(before.tiles) !== JSON.stringify(after.tiles)) {
      map.getSource<VectorTileSource>(id)?.setTiles(after.tiles ?? []);
    }
  } else if (after.type === 'geojson' && before.type === 'geojson' && before.data !== after.data) {
    map.getSource<GeoJSONSource>(id)?.setData(after.data);
  }
}

function updateLayer(map: MapLibreMap, before: LayerSpecification, after: LayerSpecification): void {
  if (before === after) return;
  for (const name of changedNames(before.paint as Values, after.paint as Values)) {
    map.setPaintProperty(after.id, name as never, ((after.paint ?? {}) as Values)[name] as never);
  }
  for (const name of changedNames(before.layout as Values, after.layout as Values)) {
    map.setLayoutProperty(after.id, name as never, ((after.layout ?? {}) as Values)[name] as never);
  }
  if (!('filter' in after) && !('filter' in before)) return;
  const [filterBefore, filterAfter] = [before, after].map((layer) => ('filter' in layer ? layer.filter : undefined));
  if (JSON.stringify(filterBefore) !== JSON.stringify(filterAfter)) map.setFilter(after.id, filterAfter ?? null);
}

/**
 * Brings the map from one style to the next. Both have the same sources and layers in the same order (`buildStyle`
 * sees to that): only their contents are compared.
 */
export function reconcile(map: MapLibreMap, before: StyleSpecification, after: StyleSpecification): void {
  for (const [id, source] of Object.entries(after.sources)) {
    const known = before.sources[id];
    if (known) updateSource(map, id, known, source);
  }
  const known = new Map(before.layers.map((layer) => [layer.id, layer]));
  for (const layer of after.layers) {
    const old = known.get(layer.id);
    if (old) updateLayer(map, old, layer);
  }
}
