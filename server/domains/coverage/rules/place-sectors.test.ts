import { describe, expect, it } from 'vitest';
import { DEFAULT_PARAMETERS } from './coverage-parameters.ts';
import type { CoverageCell } from './coverage-types.ts';
import { placeSectors } from './place-sectors.ts';
import { projectorFor } from './projection.ts';

const cell: CoverageCell = {
  cell_id: 7,
  operator_id: 1,
  technology: '2G',
  lon: 105.402,
  lat: 21.322,
  environment: 'rural',
  band_mhz: 900,
  azimuth_deg: 90,
  antenna_height_m: 42,
  gain_dbi: null,
  power_w: null,
  eirp_dbm: 50,
  beamwidth_deg: 65,
  tilt_deg: 0,
  position_trusted: true,
  accuracy_m: null,
};
const placed = (change: Partial<CoverageCell> = {}) =>
  placeSectors([{ ...cell, ...change }], DEFAULT_PARAMETERS, projectorFor(9208));

describe('placed sectors', () => {
  it('stand at the projected site, east from lon and north from lat', () => {
    const { sectors, settled, refused } = placed();
    expect(sectors[0]?.place).toMatchObject({
      east_m: expect.closeTo(567_440.3135, 3),
      north_m: expect.closeTo(2_358_740.1389, 3),
      north_bearing_deg: expect.closeTo(-0.237, 2),
    });
    expect(sectors[0]?.doubtful).toBe(false);
    expect(settled).toEqual([
      {
        cell_id: 7,
        model: 'okumura-hata',
        band_mhz: 900,
        antenna_height_m: 42,
        eirp_dbm: 50,
        range_max_m: sectors[0]?.ranges_m[90],
        used: true,
        flags: [],
      },
    ]);
    expect(refused).toEqual([]);
  });

  it('carry every flag of their computation', () => {
    const flags = placed({ antenna_height_m: null, band_mhz: null, eirp_dbm: 70 }).settled[0]?.flags;
    expect(flags).toEqual(['band_default', 'antenna_height_default', 'range_capped']);
    expect(placed({ technology: '5G', band_mhz: 3500, antenna_height_m: 200 }).settled[0]?.flags).toContain(
      'model_extrapolated',
    );
    expect(
      placed({ technology: '5G', eirp_dbm: -20, environment: 'urban', band_mhz: 71_000 }).settled[0]?.flags,
    ).toContain('no_range');
  });
});

describe('doubtful sites', () => {
  it('with an untrusted position become a disc of range plus uncertainty', () => {
    const range = placed().settled[0]?.range_max_m ?? Number.NaN;
    const unknown = placed({ position_trusted: false });
    expect(unknown.sectors[0]).toMatchObject({ doubtful: true });
    expect(unknown.sectors[0]?.ranges_m[270]).toBeCloseTo(range + 3000, 6);
    expect(placed({ position_trusted: false, accuracy_m: 500 }).sectors[0]?.ranges_m[0]).toBeCloseTo(range + 500, 6);
    expect(unknown.settled[0]).toMatchObject({ used: false });
  });

  it('with impossible values are refused by field, value and reason, and might reach the cap', () => {
    const { sectors, settled, refused } = placed({ antenna_height_m: 4200 });
    expect(refused).toEqual([
      { cell_id: 7, field: 'antenna_height_m', value: 4200, reason: 'must be above 0 and at most 350 m' },
    ]);
    expect(sectors[0]).toMatchObject({ doubtful: true });
    expect(sectors[0]?.ranges_m[0]).toBe(15_000);
    expect(settled).toEqual([]);
  });

  it('without a usable position cannot be placed: swapped lon/lat, not a number', () => {
    for (const [lon, lat] of [
      [21.322, 105.402],
      [Number.NaN, 21],
    ] as const) {
      const { sectors, refused } = placed({ lon, lat });
      expect(sectors).toEqual([]);
      expect(refused).toEqual([
        { cell_id: 7, field: 'position', value: [lon, lat], reason: 'must be a lon and lat in degrees' },
      ]);
    }
  });
});
