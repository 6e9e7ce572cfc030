import { describe, expect, it } from 'vitest';
import { BANDS_MHZ } from '../../../contract/bands.ts';
import { DEFAULT_PARAMETERS, rangeCap } from './coverage-parameters.ts';
import { type CellRadio, linkBudget, referenceEirp } from './link-budget.ts';

const reported: CellRadio = {
  technology: '2G',
  environment: 'rural',
  band_mhz: 900,
  azimuth_deg: 120,
  antenna_height_m: 42,
  gain_dbi: 15,
  power_w: null,
  eirp_dbm: 55,
  beamwidth_deg: 65,
  tilt_deg: 0,
};
const settled = (change: Partial<CellRadio> = {}) => {
  const result = linkBudget({ ...reported, ...change }, DEFAULT_PARAMETERS);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.budget;
};

describe('allowed loss', () => {
  it.each([
    ['2G', 139.7],
    ['3G', 141.7],
    ['4G', 129.9],
    ['5G', 129.9],
  ] as const)('is default EIRP − threshold − 10.3 dB for %s: %d dB', (technology, loss) => {
    expect(settled({ technology, eirp_dbm: null }).allowed_loss_db).toBeCloseTo(loss, 9);
  });

  it('takes the reported EIRP over power and default', () => {
    expect(settled({ eirp_dbm: 50, power_w: 20 }).eirp_dbm).toBe(50);
    expect(settled({ eirp_dbm: 50, power_w: 20 }).flags).toEqual([]);
  });
});

describe('EIRP from total power', () => {
  // The usual carriers of each technology must land on the default EIRP of their reference signal.
  it.each([
    ['2G', 20, 15, 55],
    ['3G', 20, 17, 47],
    ['4G', 40, 15, 30.2],
  ] as const)('%s with %d W and %d dBi is %d dBm of reference signal', (technology, power_w, gain_dbi, eirp) => {
    const cell = { ...reported, technology, eirp_dbm: null, power_w, gain_dbi };
    expect(referenceEirp(cell, DEFAULT_PARAMETERS).eirp_dbm).toBeCloseTo(eirp, 1);
    expect(settled(cell).flags).toEqual(['eirp_from_power']);
  });

  it('is 31 dB below the EIRP of the whole LTE carrier', () => {
    const cell = { ...reported, technology: '4G' as const, eirp_dbm: null, power_w: 40, gain_dbi: 15 };
    const total_dbm = 10 * Math.log10(40_000) + 15;
    expect(total_dbm - referenceEirp(cell, DEFAULT_PARAMETERS).eirp_dbm).toBeCloseTo(31, 0);
  });
});

describe('missing values', () => {
  it('take a default and say so', () => {
    const budget = settled({
      environment: null,
      band_mhz: null,
      antenna_height_m: null,
      gain_dbi: null,
      eirp_dbm: null,
      beamwidth_deg: null,
    });
    expect(budget).toMatchObject({ band_mhz: 900, antenna_height_m: 30, beamwidth_deg: 65, eirp_dbm: 55 });
    expect(budget.flags.toSorted()).toEqual(
      ['antenna_height_default', 'band_default', 'beamwidth_default', 'eirp_default', 'environment_default'].toSorted(),
    );
  });

  it('make a level uncertain by the root of the sum of their squares', () => {
    const { uncertainty_db } = DEFAULT_PARAMETERS;
    expect(settled().uncertainty_db).toBe(0);
    expect(settled({ eirp_dbm: null }).uncertainty_db).toBe(uncertainty_db.eirp_default);
    // 6 dB for the power and 4 dB for the height: √52.
    expect(settled({ eirp_dbm: null, antenna_height_m: null }).uncertainty_db).toBeCloseTo(7.2111, 4);
  });

  it('a tilt not reported points at the horizon, and is told', () => {
    expect(settled({ tilt_deg: null })).toMatchObject({ tilt_deg: 0, flags: ['tilt_default'], uncertainty_db: 2 });
    expect(settled({ tilt_deg: 4 })).toMatchObject({ tilt_deg: 4, flags: [] });
  });

  it('an omnidirectional cell needs no beamwidth', () => {
    expect(settled({ azimuth_deg: null, beamwidth_deg: null })).toMatchObject({ beamwidth_deg: 360, flags: [] });
  });
});

describe('impossible values', () => {
  it.each([
    ['antenna_height_m', 0],
    ['antenna_height_m', 4200],
    ['antenna_height_m', -30],
    ['antenna_height_m', Number.NaN],
    ['antenna_height_m', Number.POSITIVE_INFINITY],
    ['band_mhz', 0],
    ['band_mhz', Number.NaN],
    ['azimuth_deg', -1],
    ['azimuth_deg', 361],
    ['power_w', 0],
    ['eirp_dbm', 500],
    ['gain_dbi', 90],
    ['beamwidth_deg', 0],
  ] as const)('%s = %d is refused with its field, value and a reason', (field, value) => {
    const result = linkBudget({ ...reported, [field]: value }, DEFAULT_PARAMETERS);
    expect(result).toMatchObject({
      ok: false,
      problems: [{ field, value, reason: expect.stringContaining('must be') }],
    });
  });

  it('a band that the technology is not made for is refused, the ends of its range are not', () => {
    const problemsAt = (technology: CellRadio['technology'], band_mhz: number) => {
      const result = linkBudget({ ...reported, technology, band_mhz }, DEFAULT_PARAMETERS);
      return result.ok ? [] : result.problems;
    };
    expect(problemsAt('5G', 50)).toEqual([
      { field: 'band_mhz', value: 50, reason: 'of 5G must be from 410 to 71000 MHz' },
    ]);
    expect(problemsAt('2G', 2_100)).toHaveLength(1);
    for (const [technology, ends] of Object.entries(BANDS_MHZ)) {
      for (const end of ends) expect(problemsAt(technology as CellRadio['technology'], end)).toEqual([]);
    }
  });

  it('are all named at once', () => {
    const result = linkBudget({ ...reported, antenna_height_m: 0, band_mhz: -1 }, DEFAULT_PARAMETERS);
    expect(result.ok ? [] : result.problems.map(({ field }) => field)).toEqual(['band_mhz', 'antenna_height_m']);
  });
});

describe('range cap', () => {
  it('is 15 km up to 1000 MHz and 8 km above', () => {
    const caps = DEFAULT_PARAMETERS.range_caps;
    expect([450, 1000, 1001, 3500].map((band) => rangeCap(band, caps))).toEqual([15_000, 15_000, 8_000, 8_000]);
  });
});
