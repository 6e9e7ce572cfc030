import type { SourceSpecification } from 'maplibre-gl';
import type { AppContext } from '../state/app-context.ts';

/** Tiles go down to this zoom; the map scales the last ones up. */
const lastTileZoom = 14;

/**
 * A layer of our own tiles. The filter is part of the address, so that what the map shows is what the list, the counts
 * and the export have.
 */
export function tileSource(app: AppContext, layer: string, params: URLSearchParams): SourceSpecification {
  const { bounds } = app.session.meta.state.value.data ?? {};
  return {
    type: 'vector',
    tiles: [app.api.tiles(layer, params)],
    minzoom: 0,
    maxzoom: lastTileZoom,
    ...(bounds && { bounds }),
  };
}
