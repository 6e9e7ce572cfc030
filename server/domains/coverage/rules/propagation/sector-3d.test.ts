import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  depressionAngle,
  horizontalPattern,
  MACRO_PANEL_VERTICAL,
  type SectorAntenna,
  sectorGain,
  verticalPattern,
} from './sector-3d.ts';

const antenna: SectorAntenna = {
  azimuth_deg: 90,
  beamwidth_deg: 65,
  tilt_deg: 6,
  front_to_back_db: 30,
  ...MACRO_PANEL_VERTICAL,
};

describe('vertical pattern', () => {
  it('is −3 dB half a beamwidth off the tilt, above and below', () => {
    expect(verticalPattern(6, antenna.tilt_deg, antenna.vertical_beamwidth_deg, antenna.side_lobe_db)).toBeCloseTo(
      0,
      9,
    );
    expect(verticalPattern(11, antenna.tilt_deg, antenna.vertical_beamwidth_deg, antenna.side_lobe_db)).toBeCloseTo(
      -3,
      9,
    );
    expect(verticalPattern(1, antenna.tilt_deg, antenna.vertical_beamwidth_deg, antenna.side_lobe_db)).toBeCloseTo(
      -3,
      9,
    );
  });

  it('6° of tilt cost 4.32 dB at the horizon, and no more than the side lobes at the zenith', () => {
    expect(verticalPattern(0, antenna.tilt_deg, antenna.vertical_beamwidth_deg, antenna.side_lobe_db)).toBeCloseTo(
      -4.32,
      9,
    );
    expect(verticalPattern(-90, antenna.tilt_deg, antenna.vertical_beamwidth_deg, antenna.side_lobe_db)).toBe(-20);
  });
});

describe('combined pattern', () => {
  it('is 0 in the main beam, and the sum of both planes beside it', () => {
    expect(sectorGain(90, 6, antenna)).toBeCloseTo(0, 9);
    expect(sectorGain(90 + 32.5, 11, antenna)).toBeCloseTo(-6, 9);
  });

  it('never attenuates more than A_m, where the two planes together would', () => {
    expect(sectorGain(270, 90, antenna)).toBe(-30);
    expect(sectorGain(270, 6, antenna)).toBe(-30);
  });

  it('an omnidirectional antenna has the vertical pattern only', () => {
    for (const bearing of [0, 137, 359]) {
      expect(sectorGain(bearing, 0, { ...antenna, azimuth_deg: null })).toBeCloseTo(-4.32, 9);
    }
  });

  it('equals the horizontal pattern of the computation without terrain where the beam points', () => {
    fc.assert(
      fc.property(fc.double({ min: -720, max: 720, noNaN: true }), (bearing) => {
        expect(sectorGain(bearing, 6, antenna)).toBeCloseTo(horizontalPattern(bearing - 90, 65, 30), 9);
      }),
    );
  });

  it('is symmetric about azimuth and tilt, whatever the turn', () => {
    const angle = fc.double({ min: 0, max: 180, noNaN: true });
    fc.assert(
      fc.property(angle, angle, (side, down) => {
        const gain = sectorGain(90 + side, 6 + down, antenna);
        expect(sectorGain(90 - side + 360, 6 - down, antenna)).toBeCloseTo(gain, 9);
        expect(gain).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('depression angle', () => {
  it('is 45° one height away and negative towards a hill', () => {
    expect(depressionAngle(101.5, 1.5, 100)).toBeCloseTo(45, 2);
    expect(depressionAngle(30, 130, 1000)).toBeCloseTo(-5.71, 1);
  });

  it('adds the fall of the Earth: 0.067° at 20 km between equal heights', () => {
    expect(depressionAngle(50, 50, 20_000)).toBeCloseTo(0.0674, 4);
  });
});
