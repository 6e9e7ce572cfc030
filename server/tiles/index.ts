/** Vector tiles of every layer, from rows in memory. `app.ts` makes one service and one handler and feeds them a source. */
export type { FilterParameter, LayerDefinition } from './layer.ts';
export { type LayerId, selectOptionalLayer, tileLayers } from './registry.ts';
export { createTileHandler, MVT_TYPE, type TileHandler, type TileHandlerOptions } from './tile-handler.ts';
export { type TileAddress, TileService, type TileServiceOptions } from './tile-service.ts';
export {
  type Bounds,
  type LayerChanges,
  NOTHING_LOADED,
  type ParseTileFilter,
  type SelectedIds,
  type TileFilter,
  type TileRow,
  type TileSource,
} from './tile-source.ts';
