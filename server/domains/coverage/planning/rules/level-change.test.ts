import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COVERED_FROM, type LevelLayer } from '../../rules/levels/level-types.ts';
import {
  type BestLevels,
  bestOf,
  ENOUGH,
  type LayerCells,
  type LevelsOf,
  levelsAfter,
  NOT_WANTED,
  TOO_LITTLE,
} from './level-change.ts';

/** A strip of squares on which a cell's level falls by its distance: enough to have unions, best servers and ties. */
const SQUARES = 40;
interface Cell {
  cell_id: number;
  band_mhz: number;
  at: number;
  power: number;
}

const levelOf = (cell: Cell, square: number): number => Math.max(0, cell.power - 7 * Math.abs(cell.at - square));

function layersOf(cells: readonly Cell[], wanted: Uint8Array): LevelLayer[] {
  return [900, 1800].map((band_mhz) => {
    const own = cells.filter((cell) => cell.band_mhz === band_mhz).sort((a, b) => a.cell_id - b.cell_id);
    const levels = new Uint8Array(SQUARES);
    const servers = new Uint16Array(SQUARES);
    own.forEach((cell, index) => {
      for (let square = 0; square < SQUARES; square++) {
        if (wanted[square] === 0 || levelOf(cell, square) <= (levels[square] ?? 0)) continue;
        levels[square] = levelOf(cell, square);
        servers[square] = index + 1;
      }
    });
    const cell_ids = own.map(({ cell_id }) => cell_id);
    return { operator_id: 1, technology: '4G', band_mhz, base_dbm: -160, step_db: 0.5, cell_ids, levels, servers };
  });
}
const inside = Uint8Array.from({ length: SQUARES }, (_, square) => (square % 7 === 0 ? 0 : 1));

function bestLevels(cells: readonly Cell[]): BestLevels<Cell> {
  const layers = layersOf(cells, inside).map(
    (layer): LayerCells<Cell> => ({ layer, cells: cells.filter((cell) => cell.band_mhz === layer.band_mhz) }),
  );
  return bestOf(layers, SQUARES);
}
const levelsOf: LevelsOf<Cell> = (cells, floor) => {
  const wanted = floor.map((value) => (value === NOT_WANTED ? 0 : 1));
  const layers = layersOf(cells, wanted).map((layer): LayerCells<Cell> => ({ layer, cells }));
  const values = bestOf(layers, SQUARES).levels.map((value, square) => (value > (floor[square] ?? 0) ? value : 0));
  return { squares: [...wanted.keys()], values };
};
/** What figures can tell apart. */
const seen = (levels: Uint8Array): number[] =>
  Array.from(levels, (value) => Math.max(TOO_LITTLE, Math.min(ENOUGH, value)));

const cells = (first: number): fc.Arbitrary<Cell[]> =>
  fc
    .array(
      fc.record({
        band_mhz: fc.constantFrom(900, 1800),
        at: fc.integer({ min: 0, max: SQUARES - 1 }),
        power: fc.integer({ min: COVERED_FROM - 20, max: 220 }),
      }),
      { maxLength: 8 },
    )
    .map((all) => all.map((cell, index) => ({ ...cell, cell_id: first + index })));

describe('the levels after a change', () => {
  it('are those of computing everything again', () => {
    fc.assert(
      fc.property(
        cells(1),
        cells(100),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (before, added, leave) => {
          const removed_ids = new Set(before.filter((_, i) => leave[i]).map(({ cell_id }) => cell_id));
          const after = levelsAfter(bestLevels(before), { removed_ids, added }, inside, levelsOf);
          const left = before.filter(({ cell_id }) => !removed_ids.has(cell_id));
          expect(seen(after)).toEqual(seen(bestLevels([...left, ...added]).levels));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('of nothing are those before, without computing anything', () => {
    const before: Cell[] = [{ cell_id: 1, band_mhz: 900, at: 20, power: 170 }];
    const never: LevelsOf<Cell> = () => {
      throw new Error('asked for levels');
    };
    const after = levelsAfter(bestLevels(before), { removed_ids: new Set(), added: [] }, inside, never);
    expect(after).toEqual(bestLevels(before).levels);
  });

  it('are asked for again only where the loss matters', () => {
    const before: Cell[] = [
      { cell_id: 1, band_mhz: 900, at: 10, power: 180 },
      { cell_id: 2, band_mhz: 1800, at: 12, power: 250 },
      { cell_id: 3, band_mhz: 900, at: 39, power: 130 },
    ];
    const asked: number[] = [];
    const counting: LevelsOf<Cell> = (some, floor) => {
      asked.push(floor.filter((value) => value !== NOT_WANTED).length);
      return levelsOf(some, floor);
    };
    levelsAfter(bestLevels(before), { removed_ids: new Set([1]), added: [] }, inside, counting);
    // Wherever cell 1 reaches, cell 2 of the other band is stronger.
    expect(asked).toEqual([]);
    levelsAfter(bestLevels(before), { removed_ids: new Set([2]), added: [] }, inside, counting);
    // Cell 2 is above TOO_LITTLE from square 0 to 31 and alone in its band: nothing is left there to compute.
    expect(asked).toEqual([]);
    levelsAfter(bestLevels(before), { removed_ids: new Set([1, 2]), added: [] }, inside, counting);
    // Cell 1 matters on squares 1 to 19, but for 7 and 14, which are in no commune; cell 3 is left in its band.
    expect(asked).toEqual([17]);
  });
});
