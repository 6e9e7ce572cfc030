import { expect, it } from 'vitest';
import type { CoverageCell } from './coverage-types.ts';
import { packCells, packedCount, packedLatitude, unpackCell } from './packed-cells.ts';

const full: Omit<CoverageCell, 'cell_id' | 'accuracy_m'> = {
  operator_id: 3,
  technology: '5G',
  lon: 105.402,
  lat: 21.322,
  environment: 'open',
  band_mhz: 3500,
  azimuth_deg: 0,
  antenna_height_m: 42.5,
  gain_dbi: -2,
  power_w: 40,
  eirp_dbm: 30.2,
  beamwidth_deg: 65,
  tilt_deg: -1,
  position_trusted: true,
};
const empty = {
  ...full,
  environment: null,
  band_mhz: null,
  azimuth_deg: null,
  antenna_height_m: Number.NaN,
  gain_dbi: null,
  power_w: null,
  eirp_dbm: null,
  beamwidth_deg: null,
  tilt_deg: null,
  position_trusted: false,
};

it('packed cells come out as they went in, missing and impossible values too', () => {
  const packed = packCells([full, empty].map((cell, i) => ({ ...cell, cell_id: i, accuracy_m: null })));
  expect(packedCount(packed)).toBe(2);
  expect([unpackCell(packed, 0), unpackCell(packed, 1)]).toEqual([full, empty]);
  expect(packedLatitude(packed, 1)).toBe(21.322);
});
