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
    void map.getSource<GeoJSONSource>(id)?.setData(after.data);
  }
}

/** Paint or layout of a layer by property name. */
function valuesOf(layer: LayerSpecification, part: 'paint' | 'layout'): Values {
  return { ...layer[part] };
}

function updateLayer(map: MapLibreMap, before: LayerSpecification, after: LayerSpecification): void {
  for (const part of ['paint', 'layout'] as const) {
    const [old, now] = [valuesOf(before, part), valuesOf(after, part)];
    for (const name of changedNames(old, now)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names come from a style that was validated
      const [property, value] = [name as never, now[name] as never];
      if (part === 'paint') map.setPaintProperty(after.id, property, value);
      else map.setLayoutProperty(after.id, property, value);
    }
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
