/**
 * Levels after a change from the levels before it.
 *
 * A square's best server is the maximum of (byte, lower id) over the cells, which gives two rules: where a removed or
 * changed cell was not the server nothing is lost by its going, and a new or changed cell needs only be compared with
 * what is there. So the squares it served are computed afresh, and it is scattered over the rest.
 */
import type { GridFrame } from '../grid.ts';
import { type BestGrid, put } from './best-grid.ts';
import { emptyGrids, scatterInput, targetOf } from './level-grid.ts';
import type { LayerKey, LevelGrids, LevelInput, LevelLayer, LevelOptions } from './level-types.ts';
import { compareLayers, networkOf, type Ranking, rankCells } from './network.ts';
import type { RadioCell } from './radio-cells.ts';
import { Scatter, type ScatterInput } from './scatter.ts';

/** Levels of an earlier run and the signature each of its cells had, by cell id. */
export interface EarlierLevels {
  grids: LevelGrids;
  signatures: ReadonlyMap<number, string>;
}

export interface LevelUpdate {
  grids: LevelGrids;
  /** Cells added, removed or with another signature. */
  changed: number;
  /** Squares whose bytes or servers differ from before, in any layer. */
  touched: number;
}

interface OldGrid extends BestGrid {
  cell_ids: number[];
}

/** Old grids by the name of their layer or operator × technology, and which cells are gone from them. */
interface Before {
  grids: LevelGrids;
  gone: ReadonlySet<number>;
  /** Operator × technologies with a cell that is gone or new. */
  affected: ReadonlySet<string>;
}

const comboOf = ({ operator_id, technology }: { operator_id: number; technology: string }): string =>
  `${technology}|${operator_id}`;

const oldLayer = (grids: LevelGrids, layer: LayerKey): LevelLayer | undefined =>
  grids.layers.find((one) => one.band_mhz === layer.band_mhz && comboOf(one) === comboOf(layer));

/** New rank by old rank for the cells that stay as they were; −1 for the others. */
function keptRanks(before: readonly number[], after: readonly number[], gone: ReadonlySet<number>): Int32Array {
  const ranks = new Map(after.map((id, rank) => [id, rank]));
  return Int32Array.from(before, (id) => (gone.has(id) ? -1 : (ranks.get(id) ?? -1)));
}

/** Copies a grid with its servers renumbered; squares whose server is gone stay empty and are marked in `lost`. */
function takeOver(old: OldGrid, grid: BestGrid, ranks: Int32Array, lost: Uint8Array): void {
  for (let square = 0; square < old.values.length; square++) {
    const server = old.servers[square] as number;
    if (server === 0) continue;
    const rank = ranks[server - 1] as number;
    if (rank >= 0) {
      grid.values[square] = old.values[square] as number;
      grid.servers[square] = rank + 1;
    } else {
      lost[square] = 1;
    }
  }
}

/** The best over the layers of an operator × technology: what its spread was while none of its cells was uncertain. */
function certainSpread(grids: LevelGrids, combo: string): OldGrid {
  const own = grids.layers.filter((layer) => comboOf(layer) === combo);
  const cell_ids = own.flatMap((layer) => layer.cell_ids).sort((a, b) => a - b);
  const ranks = new Map(cell_ids.map((id, rank) => [id, rank]));
  const size = grids.frame.cols * grids.frame.rows;
  const best = { values: new Uint8Array(size), servers: new Uint16Array(size) };
  for (const layer of own) {
    const rankOf = layer.cell_ids.map((id) => ranks.get(id) ?? 0);
    for (let square = 0; square < size; square++) {
      const server = layer.servers[square] as number;
      if (server > 0) put(best, square, layer.levels[square] as number, rankOf[server - 1] as number);
    }
  }
  return { cell_ids, ...best };
}

/** Grids for the ranked cells as far as the old ones give them; marks the squares that lost their server. */
function takeOverAll({ grids, gone }: Before, input: LevelInput, ranking: Ranking, lost: Uint8Array): LevelGrids {
  const after = emptyGrids(input, ranking, (bytes) => new ArrayBuffer(bytes));
  for (const layer of after.layers) {
    const old = oldLayer(grids, layer);
    if (!old) continue;
    const ranks = keptRanks(old.cell_ids, layer.cell_ids, gone);
    const { cell_ids, levels, servers } = old;
    takeOver({ cell_ids, values: levels, servers }, { values: layer.levels, servers: layer.servers }, ranks, lost);
  }
  for (const spread of after.spreads) {
    const combo = comboOf(spread);
    const old = grids.spreads.find((one) => comboOf(one) === combo);
    const certain = old ? null : certainSpread(grids, combo);
    const ranks = keptRanks((old ?? certain)?.cell_ids ?? [], spread.cell_ids, gone);
    const low = old ? { cell_ids: old.cell_ids, values: old.low, servers: old.low_servers } : certain;
    const high = old ? { cell_ids: old.cell_ids, values: old.high, servers: old.high_servers } : certain;
    if (low) takeOver(low, { values: spread.low, servers: spread.low_servers }, ranks, lost);
    if (high) takeOver(high, { values: spread.high, servers: spread.high_servers }, ranks, lost);
  }
  return after;
}

/** The grids that nothing happened to, shared with the earlier run, and the new ones, in order. */
function merge(before: Before, updated: LevelGrids): LevelGrids {
  const stays = (one: { operator_id: number; technology: string }): boolean => !before.affected.has(comboOf(one));
  return {
    frame: updated.frame,
    layers: [...before.grids.layers.filter(stays), ...updated.layers].sort(compareLayers),
    spreads: [...before.grids.spreads.filter(stays), ...updated.spreads].sort((a, b) =>
      compareLayers({ ...a, band_mhz: 0 }, { ...b, band_mhz: 0 }),
    ),
  };
}

/** The smallest part of the frame around the marked squares: rows, and their middle and half diagonal in metres. */
function markedPart(marks: Uint8Array, { cols, origin_e_m, origin_n_m, grid_m }: GridFrame) {
  let [west, east, south, north] = [cols, -1, -1, -1];
  for (let square = marks.indexOf(1); square >= 0; square = marks.indexOf(1, square + 1)) {
    const col = square % cols;
    north = (square - col) / cols;
    if (south < 0) south = north;
    west = Math.min(west, col);
    east = Math.max(east, col);
  }
  return {
    first: south,
    end: north + 1,
    east_m: origin_e_m + ((west + east + 1) / 2) * grid_m,
    north_m: origin_n_m + ((south + north + 1) / 2) * grid_m,
    radius_m: (Math.hypot(east - west + 1, north - south + 1) / 2) * grid_m,
  };
}

/** Marks the squares where a layer differs from what it was. */
function markTouched(layer: LevelLayer | undefined, old: LevelLayer | undefined, touched: Uint8Array): void {
  if (layer === old) return;
  for (let square = 0; square < touched.length; square++) {
    const server = layer ? (layer.servers[square] as number) : 0;
    const was = old ? (old.servers[square] as number) : 0;
    const sameServer =
      server === 0 || was === 0 ? server === was : layer?.cell_ids[server - 1] === old?.cell_ids[was - 1];
    if (!sameServer || layer?.levels[square] !== old?.levels[square]) touched[square] = 1;
  }
}

function countTouched(before: LevelGrids, after: LevelGrids): number {
  const touched = new Uint8Array(after.frame.cols * after.frame.rows);
  const empty = new Uint8Array(touched.length);
  const none = (layer: LevelLayer): LevelLayer => ({
    ...layer,
    levels: empty,
    servers: new Uint16Array(touched.length),
  });
  for (const layer of after.layers) markTouched(layer, oldLayer(before, layer) ?? none(layer), touched);
  for (const old of before.layers) if (!oldLayer(after, old)) markTouched(none(old), old, touched);
  return touched.reduce((sum, mark) => sum + mark, 0);
}

/** Ground of an input, kept by callers that update the same frame and terrain again and again. */
export type LevelGround = Pick<ScatterInput, 'ground'>;

/** Works out the ground of an input once for many updates. */
export const levelGround = (input: LevelInput): LevelGround => {
  const { ground } = scatterInput(input);
  return { ground };
};

/** Cells of `input` that are new or other than before, and ids of those before that are gone or other. */
function compare(signatures: ReadonlyMap<number, string>, cells: readonly RadioCell[]) {
  const fresh = cells.filter(({ cell_id, signature }) => signatures.get(cell_id) !== signature);
  const present = new Set(cells.map(({ cell_id }) => cell_id));
  const gone = new Set([...signatures.keys()].filter((id) => !present.has(id)));
  const changed = gone.size + fresh.length;
  for (const { cell_id } of fresh) gone.add(cell_id);
  return { fresh, gone, changed };
}

/** Operator × technologies that a cell leaves or enters. */
function affectedCombos(grids: LevelGrids, gone: ReadonlySet<number>, fresh: readonly RadioCell[]): Set<string> {
  const affected = new Set(fresh.map(comboOf));
  for (const layer of grids.layers) {
    if (gone.size > 0 && layer.cell_ids.some((id) => gone.has(id))) affected.add(comboOf(layer));
  }
  return affected;
}

/**
 * The levels of `input` from those of an earlier run with the same frame, wanted squares, parameters and terrain:
 * byte for byte what `computeLevels(input)` gives. `earlier` is not written to; what did not change is shared with it.
 * @param ground `levelGround(input)` where the caller has it already
 */
export function updateLevels(
  earlier: EarlierLevels,
  input: LevelInput,
  { signal }: LevelOptions = {},
  ground: LevelGround | null = null,
): LevelUpdate {
  const { fresh, gone, changed } = compare(earlier.signatures, input.cells);
  if (changed === 0) return { grids: earlier.grids, changed, touched: 0 };
  const before = { grids: earlier.grids, gone, affected: affectedCombos(earlier.grids, gone, fresh) };
  const own = input.cells.filter((cell) => before.affected.has(comboOf(cell)));
  const ranking = rankCells(own);
  const lost = new Uint8Array(input.wanted.length);
  const updated = takeOverAll(before, input, ranking, lost);
  const { frame, wanted, terrain, parameters } = input;
  const base: ScatterInput = { frame, wanted, terrain, parameters, ...(ground ?? levelGround(input)) };
  const target = targetOf(updated);
  const pause = (): void => signal?.throwIfAborted();
  const part = markedPart(lost, frame);
  if (part.end > part.first && part.first >= 0) {
    const near = own.filter(
      (cell) => Math.hypot(cell.east_m - part.east_m, cell.north_m - part.north_m) <= cell.range_cap_m + part.radius_m,
    );
    const network = networkOf(near, ranking, parameters);
    new Scatter({ ...base, wanted: lost }, target).run(network, part.first, part.end, pause);
  }
  new Scatter(base, target).run(networkOf(fresh, ranking, parameters), 0, frame.rows, pause);
  const grids = merge(before, updated);
  return { grids, changed, touched: countTouched(earlier.grids, grids) };
}
