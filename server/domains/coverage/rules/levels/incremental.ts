/**
 * Levels after a change from the levels before it.
 *
 * A square's best server is the maximum of (byte, lower id) over the cells, which gives two rules: where a removed or
 * changed cell was not the server nothing is lost by its going, and a new or changed cell needs only be compared with
 * what is there. So the squares it served are computed afresh, and it is scattered over the rest.
 */
import { type BestGrid, put } from './best-grid.ts';
import { emptyGrids, scatterInput, targetOf } from './level-grid.ts';
import type {
  LayerKey,
  LevelGrids,
  LevelInput,
  LevelLayer,
  LevelOptions,
  LevelSpread,
  OperatorTechnology,
} from './level-types.ts';
import { compareLayers, networkOf, type Ranking, rankCells } from './network.ts';
import type { RadioCell } from './radio-cells.ts';
import { boxOf, reaches, wantedRows } from './rings.ts';
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
  /** Operator × technologies with a cell that is new, other or gone: layers and spreads of all others are as they were. */
  affected: OperatorTechnology[];
}

/** A grid with the cells its servers are ranks of. */
interface RankedGrid extends BestGrid {
  cell_ids: number[];
}

/** Old grids by the name of their layer or operator × technology, and which cells are gone from them. */
interface Before {
  grids: LevelGrids;
  gone: ReadonlySet<number>;
  /** Operator × technologies with a cell that is gone or new, by name. */
  affected: ReadonlyMap<string, OperatorTechnology>;
}

const levelsOf = ({ cell_ids, levels, servers }: LevelLayer): RankedGrid => ({ cell_ids, values: levels, servers });
const lowOf = ({ cell_ids, low, low_servers }: LevelSpread): RankedGrid => ({
  cell_ids,
  values: low,
  servers: low_servers,
});
const highOf = ({ cell_ids, high, high_servers }: LevelSpread): RankedGrid => ({
  cell_ids,
  values: high,
  servers: high_servers,
});

const comboOf = ({ operator_id, technology }: OperatorTechnology): string => `${technology}|${operator_id}`;

const oldLayer = (grids: LevelGrids, layer: LayerKey): LevelLayer | undefined =>
  grids.layers.find((one) => one.band_mhz === layer.band_mhz && comboOf(one) === comboOf(layer));

/** New rank by old rank for the cells that stay as they were; −1 for the others. */
function keptRanks(before: readonly number[], after: readonly number[], gone: ReadonlySet<number>): Int32Array {
  const ranks = new Map(after.map((id, rank) => [id, rank]));
  return Int32Array.from(before, (id) => (gone.has(id) ? -1 : (ranks.get(id) ?? -1)));
}

/** Whether all cells that have a rank in both lists have the same one: the shorter is the beginning of the longer. */
function keepRanks(before: readonly number[], after: readonly number[]): boolean {
  const shorter = Math.min(before.length, after.length);
  for (let rank = 0; rank < shorter; rank++) if (before[rank] !== after[rank]) return false;
  return true;
}

/** Copies a grid with its servers renumbered; squares whose server is gone stay empty and are marked in `lost`. */
function takeOver(old: RankedGrid, grid: RankedGrid, gone: Before['gone'], lost: Uint8Array): void {
  const { values, servers } = grid;
  const ranks = keptRanks(old.cell_ids, grid.cell_ids, gone);
  values.set(old.values);
  servers.set(old.servers);
  const isKept = keepRanks(old.cell_ids, grid.cell_ids);
  if (isKept && !ranks.includes(-1)) return;
  for (let square = 0; square < servers.length; square++) {
    const server = servers[square] as number;
    if (server === 0) continue;
    const rank = ranks[server - 1] as number;
    if (rank === server - 1) continue;
    servers[square] = rank + 1;
    if (rank >= 0) continue;
    values[square] = 0;
    lost[square] = 1;
  }
}

/** The best over the layers of an operator × technology: what its spread was while none of its cells was uncertain. */
function certainSpread(grids: LevelGrids, combo: string): RankedGrid {
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

/** Squares that lost a server, by operator × technology. */
type Lost = ReadonlyMap<string, Uint8Array>;

/** Whether a layer has the cells it had, each as it was: then nothing can win a square of it. */
const isUntouched = (old: LevelLayer, layer: LevelLayer, gone: Before['gone']): boolean =>
  old.cell_ids.length === layer.cell_ids.length &&
  keepRanks(old.cell_ids, layer.cell_ids) &&
  !old.cell_ids.some((id) => gone.has(id));

/**
 * Grids for the ranked cells as far as the old ones give them; marks the squares that lost a server. A layer nothing
 * happened to is the old one itself.
 */
function takeOverAll({ grids, gone }: Before, input: LevelInput, ranking: Ranking, lost: Lost): LevelGrids {
  const after = emptyGrids(input, ranking, (bytes) => new ArrayBuffer(bytes));
  const marksOf = (one: OperatorTechnology) => lost.get(comboOf(one)) as Uint8Array;
  const layers = after.layers.map((layer) => {
    const old = oldLayer(grids, layer);
    if (!old) return layer;
    if (isUntouched(old, layer, gone)) return old;
    takeOver(levelsOf(old), levelsOf(layer), gone, marksOf(layer));
    return layer;
  });
  for (const spread of after.spreads) {
    const combo = comboOf(spread);
    const old = grids.spreads.find((one) => comboOf(one) === combo);
    const certain = old ? null : certainSpread(grids, combo);
    takeOver(certain ?? lowOf(old as LevelSpread), lowOf(spread), gone, marksOf(spread));
    takeOver(certain ?? highOf(old as LevelSpread), highOf(spread), gone, marksOf(spread));
  }
  return { ...after, layers };
}

/** The grids that nothing happened to, shared with the earlier run, and the new ones, in order. */
function merge(before: Before, updated: LevelGrids): LevelGrids {
  const stays = (one: OperatorTechnology): boolean => !before.affected.has(comboOf(one));
  return {
    frame: updated.frame,
    layers: [...before.grids.layers.filter(stays), ...updated.layers].sort(compareLayers),
    spreads: [...before.grids.spreads.filter(stays), ...updated.spreads].sort((a, b) =>
      compareLayers({ ...a, band_mhz: 0 }, { ...b, band_mhz: 0 }),
    ),
  };
}

const sameBytes = (a: Uint8Array | Uint16Array, b: Uint8Array | Uint16Array): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(new Uint8Array(b.buffer, b.byteOffset, b.byteLength));

/** Marks the squares where a layer differs from what it was. */
function markTouched(layer: LevelLayer, old: LevelLayer, cols: number, touched: Uint8Array): void {
  if (layer === old) return;
  const isKept = keepRanks(old.cell_ids, layer.cell_ids);
  for (let first = 0; first < touched.length; first += cols) {
    const end = first + cols;
    const isSame =
      isKept &&
      sameBytes(layer.levels.subarray(first, end), old.levels.subarray(first, end)) &&
      sameBytes(layer.servers.subarray(first, end), old.servers.subarray(first, end));
    if (isSame) continue;
    for (let square = first; square < end; square++) {
      const server = layer.servers[square] as number;
      const was = old.servers[square] as number;
      const sameServer =
        server === 0 || was === 0 ? server === was : layer.cell_ids[server - 1] === old.cell_ids[was - 1];
      if (!sameServer || layer.levels[square] !== old.levels[square]) touched[square] = 1;
    }
  }
}

function countTouched(before: LevelGrids, after: LevelGrids): number {
  const { cols, rows } = after.frame;
  const touched = new Uint8Array(cols * rows);
  const none = (layer: LevelLayer): LevelLayer => ({
    ...layer,
    levels: new Uint8Array(touched.length),
    servers: new Uint16Array(touched.length),
  });
  for (const layer of after.layers) markTouched(layer, oldLayer(before, layer) ?? none(layer), cols, touched);
  for (const old of before.layers) if (!oldLayer(after, old)) markTouched(none(old), old, cols, touched);
  let count = 0;
  for (let square = 0; square < touched.length; square++) count += touched[square] as number;
  return count;
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

/** Operator × technologies that a cell leaves or enters, by name. */
function affectedCombos(
  grids: LevelGrids,
  gone: ReadonlySet<number>,
  fresh: readonly RadioCell[],
): Map<string, OperatorTechnology> {
  const left = grids.layers.filter((layer) => gone.size > 0 && layer.cell_ids.some((id) => gone.has(id)));
  return new Map(
    [...fresh, ...left].map(({ operator_id, technology }) => {
      const combo = { operator_id, technology };
      return [comboOf(combo), combo];
    }),
  );
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
  if (changed === 0) return { grids: earlier.grids, changed, touched: 0, affected: [] };
  const before = { grids: earlier.grids, gone, affected: affectedCombos(earlier.grids, gone, fresh) };
  const own = input.cells.filter((cell) => before.affected.has(comboOf(cell)));
  const ranking = rankCells(own);
  const lost = new Map(Array.from(before.affected.keys(), (combo) => [combo, new Uint8Array(input.wanted.length)]));
  const updated = takeOverAll(before, input, ranking, lost);
  const { frame, wanted, terrain, parameters } = input;
  const base: ScatterInput = { frame, wanted, terrain, parameters, ...(ground ?? levelGround(input)) };
  const target = targetOf(updated);
  const pause = (): void => signal?.throwIfAborted();
  // First what is new: where it serves again what it served before, hardly another path needs walking.
  new Scatter(base, target).run(networkOf(fresh, ranking, parameters), 0, frame.rows, pause);
  for (const [combo, marks] of lost) {
    const rows = wantedRows(frame, marks, 0, frame.rows);
    if (rows.first === rows.end) continue;
    const box = boxOf(rows, frame);
    const near = own.filter((cell) => comboOf(cell) === combo && reaches(cell, cell.range_cap_m, box));
    const scatter = new Scatter({ ...base, wanted: marks }, target);
    scatter.run(networkOf(near, ranking, parameters), rows.first, rows.end, pause);
  }
  const grids = merge(before, updated);
  return { grids, changed, touched: countTouched(earlier.grids, grids), affected: [...before.affected.values()] };
}
