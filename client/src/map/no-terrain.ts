/** Ground without heights: lines across, where the marks of unknown communes and gaps are aslant. */
import type { LayerSpecification } from 'maplibre-gl';

export const noTerrainPattern = 'no-terrain-lines';

/** The mark over the colours of a group, from the tile layer that is named as its source. */
export const noTerrainLayer = (id: string, source: 'no_terrain' | 'broadcast_no_terrain'): LayerSpecification => ({
  id,
  type: 'fill',
  source,
  'source-layer': source,
  paint: { 'fill-pattern': noTerrainPattern },
});
