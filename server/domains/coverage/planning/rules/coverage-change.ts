/**
 * Which squares are covered after cells of some layers left and others came. Exactly what computing everything again
 * would say, because the level of a cell at a square depends on nothing but the two: only squares that would lose their
 * last layer are computed again, and only where the ones that come could matter.
 */
import { COVERED_FROM, type LevelLayer } from '../../rules/levels/level-types.ts';

/**
 * Levels of cells on the wanted squares (1 = wanted) as layers; nothing needs to be computed beyond reaching
 * COVERED_FROM exactly. Given by the level engine.
 */
export type LevelsOf<Cell> = (cells: readonly Cell[], wanted: Uint8Array) => Pick<LevelLayer, 'levels'>[];

/** A layer and the cells of it that are on air. */
export interface CoverLayer<Cell> {
  layer: LevelLayer;
  cells: readonly Cell[];
}

/** How many layers cover each square: of one operator × technology, or of a technology. */
export interface Cover<Cell> {
  layers: readonly CoverLayer<Cell>[];
  count: Uint8Array;
}

/** Counts the layers over each square. At most 255 layers. */
export function countCover<Cell>(layers: readonly CoverLayer<Cell>[], squares: number): Cover<Cell> {
  const count = new Uint8Array(squares);
  for (const { layer } of layers) {
    const { levels } = layer;
    for (let square = 0; square < squares; square++) {
      if ((levels[square] as number) >= COVERED_FROM) count[square] = (count[square] as number) + 1;
    }
  }
  return { layers, count };
}

/** Cells that leave, and cells that come. */
export interface CellChange<Cell> {
  removed_ids: ReadonlySet<number>;
  added: readonly Cell[];
}

/** Per server number of a layer (1 + index): 1 = it is one of those that leave. Null when none is. */
function leavingServers({ cell_ids }: LevelLayer, removed: ReadonlySet<number>): Uint8Array | null {
  const leaving = new Uint8Array(cell_ids.length + 1);
  let any = false;
  cell_ids.forEach((id, index) => {
    if (!removed.has(id)) return;
    leaving[index + 1] = 1;
    any = true;
  });
  return any ? leaving : null;
}

/** Marks covered squares of layers. */
function markCovered(mask: Uint8Array, layers: readonly Pick<LevelLayer, 'levels'>[]): void {
  for (const { levels } of layers) {
    for (let square = 0; square < mask.length; square++) {
      if ((levels[square] as number) >= COVERED_FROM) mask[square] = 1;
    }
  }
}

interface Loss<Cell> {
  of: CoverLayer<Cell>;
  leaving: Uint8Array;
}

/** Squares that no layer covers but through a cell that leaves. */
function squaresAtRisk<Cell>({ count }: Cover<Cell>, losses: readonly Loss<Cell>[]): Uint8Array {
  const lost = new Uint8Array(count.length);
  for (const { of, leaving } of losses) {
    const { levels, servers } = of.layer;
    for (let square = 0; square < lost.length; square++) {
      if ((levels[square] as number) >= COVERED_FROM && leaving[servers[square] as number] === 1)
        lost[square] = (lost[square] as number) + 1;
    }
  }
  return lost.map((times, square) => (times > 0 && times === count[square] ? 1 : 0));
}

/**
 * The mask of covered squares after a change.
 * @param inside per square: 1 = it belongs to a commune
 */
export function coverAfter<Cell extends { cell_id: number }>(
  cover: Cover<Cell>,
  change: CellChange<Cell>,
  inside: Uint8Array,
  levelsOf: LevelsOf<Cell>,
): Uint8Array {
  const { removed_ids, added } = change;
  const losses = cover.layers.flatMap((of): Loss<Cell>[] => {
    const leaving = leavingServers(of.layer, removed_ids);
    return leaving ? [{ of, leaving }] : [];
  });
  const risk = losses.length > 0 ? squaresAtRisk(cover, losses) : new Uint8Array(cover.count.length);
  const after = cover.count.map((layers, square) => (layers > 0 && risk[square] === 0 ? 1 : 0));
  const missing = (): Uint8Array => after.map((set, square) => (set === 0 && inside[square] === 1 ? 1 : 0));
  if (added.length > 0) markCovered(after, levelsOf(added, missing()));
  for (const { of, leaving } of losses) {
    const { levels, servers } = of.layer;
    let any = false;
    const wanted = after.map((set, square) => {
      const lost = set === 0 && (levels[square] as number) >= COVERED_FROM && leaving[servers[square] as number] === 1;
      any ||= lost;
      return lost ? 1 : 0;
    });
    const left = of.cells.filter(({ cell_id }) => !removed_ids.has(cell_id));
    if (any && left.length > 0) markCovered(after, levelsOf(left, wanted));
  }
  return after;
}
