import {
  COVERED_FROM,
  LEVEL_CAP,
  LEVEL_STEP_DB,
  type LevelGrids,
  type LevelInput,
  type LevelLayer,
} from './levels/level-types.ts';

/** Stand-in until the level engine is there: 35 dB a decade about the range of each cell, in all directions alike. */
export function provisionalLevels({ frame, wanted, cells }: LevelInput): LevelGrids {
  const layers = new Map<string, LevelLayer>();
  for (const cell of [...cells].sort((a, b) => a.cell_id - b.cell_id)) {
    const key = `${cell.technology}|${cell.operator_id}|${cell.band_mhz}`;
    const size = frame.cols * frame.rows;
    const layer = layers.get(key) ?? {
      operator_id: cell.operator_id,
      technology: cell.technology,
      band_mhz: cell.band_mhz,
      base_dbm: cell.required_dbm - 64,
      step_db: LEVEL_STEP_DB,
      cell_ids: [],
      levels: new Uint8Array(new SharedArrayBuffer(size)),
      servers: new Uint16Array(new SharedArrayBuffer(2 * size)),
    };
    layers.set(key, layer);
    const index = layer.cell_ids.push(cell.cell_id);
    const x = (cell.east_m - frame.origin_e_m) / frame.grid_m;
    const y = (cell.north_m - frame.origin_n_m) / frame.grid_m;
    const range = Math.min(cell.range_max_m, cell.range_cap_m) / frame.grid_m;
    const reach = Math.ceil(range * 1.3);
    for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(frame.rows, y + reach); row++) {
      for (let col = Math.max(0, Math.floor(x - reach)); col < Math.min(frame.cols, x + reach); col++) {
        const at = row * frame.cols + col;
        if (wanted[at] !== 1) continue;
        const d2 = (col + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2;
        const value = Math.min(
          LEVEL_CAP,
          Math.floor(COVERED_FROM + 35 * Math.log10((range * range) / Math.max(d2, 0.01))),
        );
        if (value > (layer.levels[at] ?? 0)) {
          layer.levels[at] = value;
          layer.servers[at] = index;
        }
      }
    }
  }
  return { frame, layers: [...layers.values()], spreads: [] };
}
