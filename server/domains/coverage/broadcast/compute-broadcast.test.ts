import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TerrainRaster } from '../rules/levels/terrain-raster.ts';
import { projectorFor } from '../rules/projection.ts';
import type { BroadcastAreaRow, BroadcastInput, BroadcastResult, BroadcastTransmitter } from './broadcast-types.ts';
import { BROADCAST_PARAMETERS, computeBroadcast } from './compute-broadcast.ts';

const projector = projectorFor(BROADCAST_PARAMETERS.grid_srid);
/** Middle of the made-up province, m. */
const [E, N] = [560_000, 2_360_000];

/** A commune of a rectangle in metres round the middle. */
function commune(
  code: string,
  west: number,
  south: number,
  east: number,
  north: number,
  more: { type?: string; population?: number | null } = {},
) {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  const ring = corners.map(([e, n]) => projector.inverse(E + e, N + n));
  const { type = 'Xã', population = 1000 } = more;
  return { commune_id: Number(code), code, type, population, centre: null, polygons: [[ring]] };
}

const [lon, lat] = projector.inverse(E, N);
/** 1 kW from 150 m at 100 MHz: the curve itself, without any stretching. */
const onCurve: BroadcastTransmitter = {
  transmitter_id: 1,
  service: 'fm',
  frequency_mhz: 100,
  erp_w: 1000,
  height_m: 150,
  lon,
  lat,
  digital: false,
  threshold_dbuv_m: null,
};
const wide = [commune('1', -30_000, -30_000, 30_000, 30_000, { population: 360_000 })];

const compute = (change: Partial<BroadcastInput>): BroadcastResult =>
  computeBroadcast({
    communes: wide,
    transmitters: [onCurve],
    terrain: null,
    population: null,
    parameters: BROADCAST_PARAMETERS,
    ...change,
  });

function rowOf({ areas }: BroadcastResult, transmitter_id: number | null, service = 'fm'): BroadcastAreaRow {
  const row = areas.find((area) => area.transmitter_id === transmitter_id && area.service === service);
  if (!row) throw new Error('no such area');
  return row;
}
const figures = ({ people_covered, pct_pop, area_covered_km2, pct_area }: BroadcastAreaRow) => ({
  people_covered,
  pct_pop,
  area_covered_km2,
  pct_area,
});

describe('the tabulated curve', () => {
  it.each([
    [5, 82.31],
    [10, 73.64],
    [20, 62.29],
  ])('to %d km with the threshold of its value there', (km, threshold_dbuv_m) => {
    const row = rowOf(compute({ transmitters: [{ ...onCurve, threshold_dbuv_m }] }), 1);
    // Squares of 100 m against the circle: the edge is 2πr long, a tenth of a square's width of it may fall either way.
    expect(Math.abs((row.area_covered_km2 ?? 0) - Math.PI * km ** 2)).toBeLessThan(0.1 * 2 * Math.PI * km * 0.1);
    expect(row.flags).toEqual(['no_terrain', 'threshold_given']);
    expect(row.threshold_dbuv_m).toBe(threshold_dbuv_m);
  });

  it('at 600 MHz too', () => {
    const row = rowOf(
      compute({ transmitters: [{ ...onCurve, service: 'tv', frequency_mhz: 600, threshold_dbuv_m: 60.25 }] }),
      1,
      'tv',
    );
    expect(row.area_covered_km2).toBeGreaterThan(Math.PI * 20 ** 2 - 2);
    expect(row.area_covered_km2).toBeLessThan(Math.PI * 20 ** 2 + 2);
  });
});

describe('the union of a service', () => {
  it('of two identical transmitters is one', () => {
    const one = compute({});
    const two = compute({ transmitters: [onCurve, { ...onCurve, transmitter_id: 2 }] });
    expect(figures(rowOf(two, null))).toEqual(figures(rowOf(one, null)));
    expect(figures(rowOf(two, 2))).toEqual(figures(rowOf(one, 1)));
    expect(rowOf(two, null).polygons).toEqual(rowOf(one, 1).polygons);
    expect(two.communes).toEqual(one.communes);
  });

  it('of none is 0 %, which is known', () => {
    const result = compute({ transmitters: [] });
    for (const service of ['fm', 'am', 'tv']) {
      const row = rowOf(result, null, service);
      expect(row).toMatchObject({ people_covered: 0, pct_pop: 0, area_covered_km2: 0, pct_area: 0, reason: null });
      expect(row).toMatchObject({ population: 360_000, area_km2: 3600, polygons: [] });
    }
  });

  it('counts a square once and stays within 100 %, for communes, people and area', () => {
    const anywhere = fc.record({
      e: fc.integer({ min: -30_000, max: 30_000 }),
      n: fc.integer({ min: -30_000, max: 30_000 }),
      erp_w: fc.constantFrom(1, 100, 10_000, 1_000_000),
    });
    const communes = [
      commune('1', -20_000, -10_000, 0, 10_000, { population: 7001 }),
      commune('2', 0, -10_000, 20_000, 10_000, { type: 'Phường', population: 13 }),
      commune('3', 0, 10_000, 9_000, 11_000, { population: null }),
    ];
    fc.assert(
      fc.property(fc.array(anywhere, { maxLength: 4 }), (places) => {
        const transmitters = places.map(({ e, n, erp_w }, i) => {
          const at = projector.inverse(E + e, N + n);
          return { ...onCurve, transmitter_id: i + 1, lon: at[0], lat: at[1], erp_w };
        });
        const result = compute({ communes, transmitters });
        const union = rowOf(result, null);
        const own = result.areas.filter((area) => area.service === 'fm' && area.transmitter_id !== null);
        const most = Math.max(0, ...own.map((area) => area.area_covered_km2 ?? 0));
        const sum = own.reduce((total, area) => total + (area.area_covered_km2 ?? 0), 0);
        expect(union.area_covered_km2).toBeGreaterThanOrEqual(most);
        expect(union.area_covered_km2).toBeLessThanOrEqual(Math.min(sum, union.area_km2) + 1e-9);
        expect(union.population).toBe(7014);
        const ofFm = result.communes.filter((row) => row.service === 'fm');
        expect(ofFm.reduce((total, row) => total + (row.people_covered ?? 0), 0)).toBe(union.people_covered);
        expect(ofFm.find((row) => row.commune_id === 3)).toMatchObject({ population: null, people_covered: null });
        for (const row of [...result.areas, ...result.communes]) {
          for (const pct of [row.pct_pop, row.pct_area]) if (pct !== null) expect(pct >= 0 && pct <= 100).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the threshold', () => {
  it('of FM is that of towns on the squares of wards and townships', () => {
    const communes = [
      commune('1', -30_000, -30_000, 0, 30_000),
      commune('2', 0, -30_000, 30_000, 30_000, { type: 'Phường' }),
    ];
    const { communes: rows, areas } = compute({ communes });
    const km2 = (id: number) =>
      rows.find((row) => row.service === 'fm' && row.commune_id === id)?.area_covered_km2 ?? 0;
    // The curve is at 66 dBµV/m before 20 km and at 54 beyond: half discs of different size, that of the town smaller.
    expect(km2(2)).toBeLessThan(Math.PI * 20 ** 2 * 0.5);
    expect(km2(1)).toBeGreaterThan(Math.PI * 20 ** 2 * 0.5);
    expect(areas[0]).toMatchObject({
      threshold_dbuv_m: 54,
      threshold_urban_dbuv_m: 66,
      threshold_source: 'bs412_stereo',
    });
    expect(areas[0]?.flags).toContain('threshold_by_surroundings');
  });

  it('of analogue television is by band and not confirmed', () => {
    const row = rowOf(compute({ transmitters: [{ ...onCurve, service: 'tv', frequency_mhz: 207.25 }] }), 1, 'tv');
    expect(row).toMatchObject({
      threshold_dbuv_m: 55,
      threshold_urban_dbuv_m: null,
      threshold_source: 'bt417_analogue',
    });
    expect(row.flags).toContain('threshold_unconfirmed');
  });

  it.each([
    [{ service: 'am', frequency_mhz: 0.684 }, 'am_not_modelled'],
    [{ service: 'tv', frequency_mhz: 674, digital: true }, 'no_threshold'],
    [{ service: 'tv', frequency_mhz: 300 }, 'no_threshold'],
    [{ service: 'tv', frequency_mhz: 12, threshold_dbuv_m: 60 }, 'frequency_outside_model'],
  ] as const)('missing for %o: not computed, and why', (change, reason) => {
    const result = compute({ transmitters: [{ ...onCurve, ...change }] });
    for (const id of [1, null]) {
      expect(rowOf(result, id, change.service)).toMatchObject({
        reason,
        people_covered: null,
        pct_pop: null,
        area_covered_km2: null,
      });
    }
    expect(result.communes.some((row) => row.service === change.service)).toBe(false);
  });

  it('missing for one of two leaves the other, and says so', () => {
    const analogue = { ...onCurve, service: 'tv', frequency_mhz: 207.25 } as const;
    const digital = { ...analogue, transmitter_id: 2, frequency_mhz: 674, digital: true };
    const result = compute({ transmitters: [analogue, digital] });
    expect(figures(rowOf(result, null, 'tv'))).toEqual(figures(rowOf(result, 1, 'tv')));
    expect(rowOf(result, null, 'tv').flags).toContain('some_not_computed');
  });
});

/** Ground of one formula over the province and 16 km round it. */
function ground(height: (east: number, north: number) => number): TerrainRaster {
  const [step_m, half] = [200, 46_000];
  const side = (2 * half) / step_m + 1;
  const heights_m = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) heights_m[row * side + col] = height(col * step_m - half, row * step_m - half);
  }
  return { srid: 9208, origin_e_m: E - half, origin_n_m: N - half, step_m, cols: side, rows: side, heights_m };
}

describe('terrain', () => {
  it('that is level gives what none gives', () => {
    const level = rowOf(compute({ terrain: ground(() => 25) }), 1);
    const none = rowOf(compute({}), 1);
    expect(level.polygons).toEqual(none.polygons);
    expect(level.pct_terrain).toBe(100);
    expect(level.flags).not.toContain('no_terrain');
  });

  it('that rises before the receivers takes them out, and a transmitter on a hill reaches farther', () => {
    const ridge = rowOf(compute({ terrain: ground((east) => (east > 4_000 && east < 5_000 ? 600 : 25)) }), 1);
    const hill = rowOf(compute({ terrain: ground((e, n) => (Math.hypot(e, n) < 1_000 ? 325 : 25)) }), 1);
    const none = rowOf(compute({}), 1);
    expect(ridge.area_covered_km2).toBeLessThan(0.95 * (none.area_covered_km2 ?? 0));
    expect(hill.area_covered_km2).toBeGreaterThan(1.2 * (none.area_covered_km2 ?? 0));
  });

  it('that is not known in one half is said to be so, and counts as none there', () => {
    const half = rowOf(compute({ terrain: ground((east) => (east > 500 ? Number.NaN : 25)) }), 1);
    expect(half.flags).toContain('part_without_terrain');
    expect(half.pct_terrain).toBeGreaterThan(40);
    expect(half.pct_terrain).toBeLessThan(60);
    expect(half.area_covered_km2).toBe(rowOf(compute({}), 1).area_covered_km2);
  });
});
