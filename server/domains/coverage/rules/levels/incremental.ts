/**
 * Levels after a change from the levels before it.
 *
 * A square's best server is the maximum of (byte, lower id) over the cells, which gives two rules: where a removed or
 * changed cell was not the server nothing is lost by its going, and a new or changed cell needs only be compared with
 * what is there. So the squares it served are computed afresh, and it is scattered over the rest.
 */
import { emptyGrids, scatterInput, targetOf } from './level-grid.ts';
import type { LayerKey, LevelGrids, LevelInput, LevelLayer, LevelOptions, LevelSpread } from './level-types.ts';
import { networkOf, type Ranking, rankCells } from './network.ts';
import type { RadioCell } from './radio-cells.ts';
import { type BestGrid, put, Scatter, type ScatterInput } from './scatter.ts';

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

/** Layers and spreads of the new cells as far as the old ones give them; marks the squares that lost their server. */
function takeOverAll({ grids, gone, affected }: Before, input: LevelInput, ranking: Ranking, lost: Uint8Array) {
  const after: LevelGrids = { frame: input.frame, layers: [], spreads: [] };
  const alone = (one: Partial<Ranking>): LevelGrids =>
    emptyGrids(input, { ...ranking, layers: [], spreads: [], ...one }, (bytes) => new ArrayBuffer(bytes));
  for (const ranked of ranking.layers) {
    const old = oldLayer(grids, ranked);
    if (old && !affected.has(comboOf(ranked))) {
      // Nothing about it changed: the arrays are shared with the earlier run, which nobody writes to.
      after.layers.push(old);
      continue;
    }
    const [layer] = alone({ layers: [ranked] }).layers as [LevelLayer];
    after.layers.push(layer);
    if (!old) continue;
    const ranks = keptRanks(old.cell_ids, layer.cell_ids, gone);
    const { cell_ids, levels, servers } = old;
    takeOver({ cell_ids, values: levels, servers }, { values: layer.levels, servers: layer.servers }, ranks, lost);
  }
  for (const ranked of ranking.spreads) {
    const combo = comboOf(ranked);
    const old = grids.spreads.find((one) => comboOf(one) === combo);
    if (old && !affected.has(combo)) {
      after.spreads.push(old);
      continue;
    }
    const [spread] = alone({ spreads: [ranked] }).spreads as [LevelSpread];
    after.spreads.push(spread);
    const certain = old ? null : certainSpread(grids, combo);
    const ranks = keptRanks((old ?? certain)?.cell_ids ?? [], spread.cell_ids, gone);
    const low = old ? { cell_ids: old.cell_ids, values: old.low, servers: old.low_servers } : certain;
    const high = old ? { cell_ids: old.cell_ids, values: old.high, servers: old.high_servers } : certain;
    if (low) takeOver(low, { values: spread.low, servers: spread.low_servers }, ranks, lost);
    if (high) takeOver(high, { values: spread.high, servers: spread.high_servers }, ranks, lost);
  }
  return after;
}

/** Rows that hold a marked square: first and end. */
function markedRows(marks: Uint8Array, cols: number): [number, number] {
  const first = marks.indexOf(1);
  return first < 0 ? [0, 0] : [Math.floor(first / cols), Math.floor(marks.lastIndexOf(1) / cols) + 1];
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
export type LevelGround = Pick<ScatterInput, 'ground' | 'missing'>;

/** Works out the ground of an input once for many updates. */
export const levelGround = (input: LevelInput): LevelGround => {
  const { ground, missing } = scatterInput(input);
  return { ground, missing };
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
  const affected = affectedCombos(earlier.grids, gone, fresh);
  const ranking = rankCells(input.cells);
  const lost = new Uint8Array(input.wanted.length);
  const grids = takeOverAll({ grids: earlier.grids, gone, affected }, input, ranking, lost);
  const { frame, wanted, terrain, parameters } = input;
  const base: ScatterInput = { frame, wanted, terrain, parameters, ...(ground ?? levelGround(input)) };
  const target = targetOf(grids);
  const pause = (): void => signal?.throwIfAborted();
  const [first, end] = markedRows(lost, frame.cols);
  if (end > first) {
    const part = input.cells.filter((cell) => affected.has(comboOf(cell)));
    new Scatter({ ...base, wanted: lost }, target).run(networkOf(part, ranking, parameters), first, end, pause);
  }
  new Scatter(base, target).run(networkOf(fresh, ranking, parameters), 0, frame.rows, pause);
  return { grids, changed, touched: countTouched(earlier.grids, grids) };
}
