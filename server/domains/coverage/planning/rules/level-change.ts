/**
 * The best level on every square after cells of some layers left and others came: as far as figures go, exactly what
 * computing everything again would say, because the level of a cell at a square depends on nothing but the two. Only
 * squares that lose their best server are computed again, and only where the rest could matter.
 */
import { COVERED_EDGE, EDGE_WINDOW } from '../../rules/fine-area.ts';
import type { LevelLayer } from '../../rules/levels/level-types.ts';

/** Values up to this one count alike: too far below the edge of coverage to move it. */
export const TOO_LITTLE = Math.floor(COVERED_EDGE - EDGE_WINDOW);
/** Values from this one on count alike: too far above the edge to move it. */
export const ENOUGH = Math.ceil(COVERED_EDGE + EDGE_WINDOW);

/** Stored values of levels on some squares. */
export interface SquareLevels {
  squares: ArrayLike<number>;
  values: ArrayLike<number>;
}
/** Floor of a square whose level is not asked for. */
export const NOT_WANTED = 255;
/**
 * The best level of cells where it is above a floor, per square; squares without such a level may be left out. Given by
 * the level engine.
 */
export type LevelsOf<Cell> = (cells: readonly Cell[], floor: Uint8Array) => SquareLevels;

/** A layer and the cells of it that are on air. */
export interface LayerCells<Cell> {
  layer: Pick<LevelLayer, 'levels' | 'servers' | 'cell_ids'>;
  cells: readonly Cell[];
}

/** Layers of one operator × technology, or of a technology, and the best of them on each square. */
export interface BestLevels<Cell> {
  layers: readonly LayerCells<Cell>[];
  levels: Uint8Array;
}

/** The best of several layers on each square. */
export function bestOf<Cell>(layers: readonly LayerCells<Cell>[], squares: number): BestLevels<Cell> {
  const best = new Uint8Array(squares);
  for (const { layer } of layers) {
    const { levels } = layer;
    for (let square = 0; square < squares; square++) {
      if ((levels[square] as number) > (best[square] as number)) best[square] = levels[square] as number;
    }
  }
  return { layers, levels: best };
}

/** Cells that leave, and cells that come. */
export interface CellChange<Cell> {
  removed_ids: ReadonlySet<number>;
  added: readonly Cell[];
}

/** A layer that loses servers: per server number (1 + index) 1 = it leaves. */
interface Loss<Cell> {
  of: LayerCells<Cell>;
  leaving: Uint8Array;
}

function lossOf<Cell>(of: LayerCells<Cell>, removed: ReadonlySet<number>): Loss<Cell> | null {
  const leaving = new Uint8Array(of.layer.cell_ids.length + 1);
  let any = false;
  of.layer.cell_ids.forEach((id, index) => {
    if (!removed.has(id)) return;
    leaving[index + 1] = 1;
    any = true;
  });
  return any ? { of, leaving } : null;
}

const loses = <Cell>({ of: { layer }, leaving }: Loss<Cell>, square: number): boolean =>
  leaving[layer.servers[square] as number] === 1;

/** Takes leaving servers out of `after`: what remains there is the best of the layers that keep theirs. */
function withoutLosses<Cell>(after: Uint8Array, layers: readonly LayerCells<Cell>[], losses: readonly Loss<Cell>[]) {
  const lossByLayer = new Map(losses.map((loss) => [loss.of, loss]));
  const stays = (of: LayerCells<Cell>, square: number): number => {
    const loss = lossByLayer.get(of);
    return loss && loses(loss, square) ? 0 : (of.layer.levels[square] as number);
  };
  for (const loss of losses) {
    const { levels } = loss.of.layer;
    for (let square = 0; square < after.length; square++) {
      if ((levels[square] as number) <= TOO_LITTLE || !loses(loss, square)) continue;
      let best = 0;
      for (const of of layers) best = Math.max(best, stays(of, square));
      after[square] = best;
    }
  }
}

function raise(after: Uint8Array, { squares, values }: SquareLevels): void {
  for (let i = 0; i < squares.length; i++) {
    const square = squares[i] as number;
    if ((values[i] as number) > (after[square] as number)) after[square] = values[i] as number;
  }
}

/**
 * The best levels after a change. Values from ENOUGH on, and up to TOO_LITTLE, may differ from a full computation among
 * themselves: figures cannot tell them apart.
 * @param inside per square: 1 = it belongs to a commune
 */
export function levelsAfter<Cell extends { cell_id: number }>(
  before: BestLevels<Cell>,
  change: CellChange<Cell>,
  inside: Uint8Array,
  levelsOf: LevelsOf<Cell>,
): Uint8Array {
  const { removed_ids, added } = change;
  const after = before.levels.slice();
  const losses = before.layers.flatMap((of): Loss<Cell>[] => {
    const loss = lossOf(of, removed_ids);
    return loss ? [loss] : [];
  });
  withoutLosses(after, before.layers, losses);
  if (added.length > 0) {
    const floor = inside.map((set, square) => {
      const now = after[square] as number;
      return set === 0 || now >= ENOUGH ? NOT_WANTED : Math.max(now, TOO_LITTLE);
    });
    raise(after, levelsOf(added, floor));
  }
  for (const loss of losses) {
    const { levels } = loss.of.layer;
    const floor = new Uint8Array(after.length).fill(NOT_WANTED);
    let any = false;
    for (let square = 0; square < after.length; square++) {
      const [was, now] = [levels[square] as number, after[square] as number];
      // What stays in the layer cannot be stronger than what left it.
      if (was <= TOO_LITTLE || was <= now || now >= ENOUGH || !loses(loss, square)) continue;
      floor[square] = Math.max(now, TOO_LITTLE);
      any = true;
    }
    const left = loss.of.cells.filter(({ cell_id }) => !removed_ids.has(cell_id));
    if (any && left.length > 0) raise(after, levelsOf(left, floor));
  }
  return after;
}
