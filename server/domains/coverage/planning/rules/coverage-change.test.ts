import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COVERED_FROM, type LevelLayer } from '../../rules/levels/level-types.ts';
import { type CoverLayer, countCover, coverAfter, type LevelsOf } from './coverage-change.ts';

/** A strip of squares on which a cell's level falls by its distance: enough to have unions, best servers and ties. */
const SQUARES = 40;
interface Cell {
  cell_id: number;
  band_mhz: number;
  at: number;
  power: number;
}

const levelOf = (cell: Cell, square: number): number => Math.max(0, cell.power - 12 * Math.abs(cell.at - square));

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
const levelsOf: LevelsOf<Cell> = layersOf;
const inside = Uint8Array.from({ length: SQUARES }, (_, square) => (square % 7 === 0 ? 0 : 1));

function coverOf(cells: readonly Cell[]) {
  const layers = layersOf(cells, inside).map(
    (layer): CoverLayer<Cell> => ({ layer, cells: cells.filter((cell) => cell.band_mhz === layer.band_mhz) }),
  );
  return countCover(layers, SQUARES);
}
const maskOf = (cells: readonly Cell[]): number[] => Array.from(coverOf(cells).count, (layers) => (layers > 0 ? 1 : 0));

const cells = (first: number): fc.Arbitrary<Cell[]> =>
  fc
    .array(
      fc.record({
        band_mhz: fc.constantFrom(900, 1800),
        at: fc.integer({ min: 0, max: SQUARES - 1 }),
        power: fc.integer({ min: COVERED_FROM - 10, max: 220 }),
      }),
      { maxLength: 8 },
    )
    .map((all) => all.map((cell, index) => ({ ...cell, cell_id: first + index })));

describe('the mask after a change', () => {
  it('is that of computing everything again', () => {
    fc.assert(
      fc.property(
        cells(1),
        cells(100),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (before, added, leave) => {
          const removed_ids = new Set(before.filter((_, i) => leave[i]).map(({ cell_id }) => cell_id));
          const after = coverAfter(coverOf(before), { removed_ids, added }, inside, levelsOf);
          const left = before.filter(({ cell_id }) => !removed_ids.has(cell_id));
          expect(Array.from(after)).toEqual(maskOf([...left, ...added]));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of nothing is the mask before, without computing anything', () => {
    const before: Cell[] = [{ cell_id: 1, band_mhz: 900, at: 20, power: 170 }];
    const never: LevelsOf<Cell> = () => {
      throw new Error('asked for levels');
    };
    const after = coverAfter(coverOf(before), { removed_ids: new Set(), added: [] }, inside, never);
    expect(Array.from(after)).toEqual(maskOf(before));
  });

  it('asks again only for squares that nobody else covers', () => {
    const strong = { band_mhz: 900, power: 250 };
    const before: Cell[] = [
      { cell_id: 1, at: 10, ...strong },
      { cell_id: 2, at: 12, ...strong, band_mhz: 1800 },
      { cell_id: 3, at: 39, ...strong, power: 130 },
    ];
    const asked: number[] = [];
    const counting: LevelsOf<Cell> = (some, wanted) => {
      asked.push(wanted.reduce((sum, set) => sum + set, 0));
      return layersOf(some, wanted);
    };
    coverAfter(coverOf(before), { removed_ids: new Set([1]), added: [] }, inside, counting);
    // Cell 1 covers squares 0 to 20, cell 2 squares 2 to 22; square 0 is in no commune.
    expect(asked).toEqual([1]);
  });
});
