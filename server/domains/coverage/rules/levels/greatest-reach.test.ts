import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../../platform/seeded-random.ts';
import { DEFAULT_PARAMETERS } from '../coverage-parameters.ts';
import { greatestReach } from './greatest-reach.ts';
import { COVERED_FROM } from './level-types.ts';
import { pathLevel } from './path-level.ts';
import type { RadioCell } from './radio-cells.ts';
import { cellAt, randomCell, settle, smallFrame, terrainBy } from './testing/small-network.ts';

const frame = smallFrame(500, 500);
/** A height over which antennas gain as much as they may: a mountain in a wide plain. */
const mountain = terrainBy(frame, (x, y) => (Math.hypot(x - 25_000, y - 25_000) < 1_000 ? 400 : 20), 100);
const waves = terrainBy(frame, (x, y) => 150 + 120 * Math.sin(x / 3_000) * Math.cos(y / 4_000), 100);
const terrains = [null, mountain, waves];

it('beyond it nothing is covered, in whatever direction', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.constantFrom(...terrains),
      fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seed, terrain, angle, share) => {
        const random = seededRandom(seed);
        const { lon, lat } = cellAt(1, 24_500 + 1_000 * random(), 24_500 + 1_000 * random());
        for (const cell of settle([{ ...randomCell(1, frame, random), lon, lat }])) {
          const reach = greatestReach(cell, terrain, DEFAULT_PARAMETERS);
          expect(reach).toBeLessThanOrEqual(cell.range_cap_m);
          const distance = reach + share * (cell.range_cap_m - reach) + 1e-3;
          const at = [cell.east_m + distance * Math.sin(angle), cell.north_m + distance * Math.cos(angle)] as const;
          expect(pathLevel(cell, ...at, terrain, DEFAULT_PARAMETERS).value).toBeLessThan(COVERED_FROM);
        }
      },
    ),
    { numRuns: 400 },
  );
});

it('is far less than the range cap where the ground gives no height, and more on a mountain', () => {
  const facts = { technology: '4G', band_mhz: 1800, eirp_dbm: 27, antenna_height_m: 30 } as const;
  const [cell] = settle([cellAt(1, 25_000, 25_000, facts)]) as [RadioCell];
  const flat = greatestReach(cell, null, DEFAULT_PARAMETERS);
  expect(flat).toBeGreaterThanOrEqual(cell.range_max_m);
  expect(flat).toBeLessThan(cell.range_cap_m / 2);
  expect(greatestReach(cell, mountain, DEFAULT_PARAMETERS)).toBeGreaterThan(flat);
});

it('is 0 for a cell too weak to cover anything', () => {
  const [cell] = settle([cellAt(1, 25_000, 25_000)]) as [RadioCell];
  const weak = { ...cell, eirp_dbm: -90 };
  expect(greatestReach(weak, mountain, DEFAULT_PARAMETERS)).toBe(0);
});
