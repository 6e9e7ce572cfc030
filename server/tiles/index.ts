/** Vector tiles of every layer, from rows in memory. `app.ts` makes one service and one handler and feeds them a source. */
export type { FilterParameter, LayerDefinition } from './layer.ts';
export type { LayerId } from './registry.ts';
export { createTileHandler, type TileHandler, type TileHandlerOptions } from './tile-handler.ts';
export { type TileAddress, TileService, type TileServiceOptions } from './tile-service.ts';
export {
  type Bounds,
  type LayerChanges,
  type ParseTileFilter,
  type SelectedIds,
  type TileFilter,
  type TileRow,
  type TileSource,
} from './tile-source.ts';
