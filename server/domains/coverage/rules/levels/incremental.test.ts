import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../platform/seeded-random.ts';
import type { CoverageCell } from '../coverage-types.ts';
import { updateLevels } from './incremental.ts';
import { computeLevels } from './level-grid.ts';
import type { LevelInput } from './level-types.ts';
import {
  cellAt,
  digests,
  hills,
  hillsWithHoles,
  levelInput,
  randomCell,
  smallFrame,
  terrainBy,
} from './testing/small-network.ts';

const frame = smallFrame(30, 30);
const signaturesOf = ({ cells }: LevelInput): Map<number, string> =>
  new Map(cells.map(({ cell_id, signature }) => [cell_id, signature]));

/** One change of an inventory: a cell added, removed, moved, or given another value. */
function change(cells: readonly CoverageCell[], nextId: number, random: () => number): CoverageCell[] {
  const at = Math.floor(random() * cells.length);
  const kind = cells.length === 0 ? 0 : Math.floor(random() * 5);
  const other = randomCell(nextId, frame, random);
  if (kind === 0) return [...cells, other];
  if (kind === 1) return cells.filter((_, i) => i !== at);
  return cells.map((cell, i) => {
    if (i !== at) return cell;
    if (kind === 2) return { ...cell, lon: other.lon, lat: other.lat };
    if (kind === 3) return { ...cell, antenna_height_m: other.antenna_height_m, eirp_dbm: other.eirp_dbm };
    return { ...other, cell_id: cell.cell_id };
  });
}

describe('levels after changes', () => {
  it.each([
    ['without terrain', null],
    ['over hills', terrainBy(frame, hills(1))],
    ['over hills with holes', terrainBy(frame, hillsWithHoles(2))],
  ])('are byte for byte those of a full run after any sequence, %s', (_name, terrain) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const random = seededRandom(seed);
        let cells: CoverageCell[] = [];
        for (let i = 0; i < 8; i++) cells.push(randomCell(i + 1, frame, random));
        let input = levelInput(frame, cells, terrain);
        let grids = computeLevels(input);
        for (let step = 0; step < 6; step++) {
          for (let i = 0; i <= step % 3; i++) cells = change(cells, 100 + 10 * step + i, random);
          const next = levelInput(frame, cells, terrain);
          grids = updateLevels({ grids, signatures: signaturesOf(input) }, next).grids;
          expect(digests(grids)).toEqual(digests(computeLevels(next)));
          input = next;
        }
      }),
      { numRuns: 25 },
    );
  });

  it('leave the earlier grids as they were', () => {
    const before = levelInput(frame, [cellAt(1, 500, 500), cellAt(2, 2_000, 2_000)], null);
    const grids = computeLevels(before);
    const copy = digests(grids);
    updateLevels({ grids, signatures: signaturesOf(before) }, levelInput(frame, [cellAt(2, 2_500, 2_000)], null));
    expect(digests(grids)).toEqual(copy);
  });

  it('tell how many cells changed and how many squares', () => {
    const before = levelInput(frame, [cellAt(1, 500, 500), cellAt(2, 2_000, 2_000)], null);
    const grids = computeLevels(before);
    const earlier = { grids, signatures: signaturesOf(before) };
    expect(updateLevels(earlier, before)).toMatchObject({ changed: 0, touched: 0 });
    expect(updateLevels(earlier, levelInput(frame, [cellAt(2, 2_000, 2_000)], null))).toMatchObject({ changed: 1 });
    const everyone = updateLevels(earlier, levelInput(frame, [], null));
    expect(everyone).toMatchObject({ changed: 2, touched: 900 });
    expect(everyone.grids.layers).toEqual([]);
  });
});
