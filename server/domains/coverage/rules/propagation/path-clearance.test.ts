import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earthBulge, fresnelRadius, pathClearance } from './path-clearance.ts';
import type { PathProfile } from './terrain-profile.ts';

const profile = (heights: readonly number[], length_m = 10_000): PathProfile => ({
  distances_m: Float64Array.from(heights, (_, i) => (i * length_m) / (heights.length - 1)),
  heights_m: Float64Array.from(heights),
});
const link = { tx_height_m: 50, rx_height_m: 50, frequency_mhz: 1000 };

describe('zones and curvature', () => {
  it('the first Fresnel zone midway on 10 km at 1 GHz is 27.4 m wide', () => {
    expect(fresnelRadius(1000, 5000, 5000)).toBeCloseTo(27.38, 2);
  });

  it('the Earth bulges 1.47 m midway on 10 km at k = 4/3', () => {
    expect(earthBulge(5000, 5000, 8_500_000)).toBeCloseTo(1.47, 2);
  });
});

describe('path clearance', () => {
  it('finds the tightest point and its share of the zone', () => {
    const { line_of_sight, worst, incomplete } = pathClearance(profile([0, 0, 0, 30, 0, 0, 0]), link);
    expect({ line_of_sight, incomplete, index: worst?.index, distance: worst?.distance_m }).toEqual({
      line_of_sight: true,
      incomplete: false,
      index: 3,
      distance: 5000,
    });
    expect(worst?.clearance_m).toBeCloseTo(50 - 30 - 1.4706, 3);
    expect(worst?.ratio).toBeCloseTo(18.5294 / 27.3763, 3);
  });

  it('ground exactly on the ray obstructs', () => {
    const grazing = { ...link, effective_radius_m: Number.POSITIVE_INFINITY };
    expect(pathClearance(profile([0, 50, 0]), grazing).line_of_sight).toBe(false);
    expect(pathClearance(profile([0, 49.99, 0]), grazing).line_of_sight).toBe(true);
  });

  it('missing ground is not free ground: unknown, unless something known obstructs', () => {
    const gap = Number.NaN;
    expect(pathClearance(profile([0, gap, 0, 0, 0]), link)).toMatchObject({ line_of_sight: null, incomplete: true });
    expect(pathClearance(profile([0, gap, 90, 0, 0]), link)).toMatchObject({ line_of_sight: false, incomplete: true });
    expect(pathClearance(profile([gap, 0, 0]), link)).toMatchObject({ line_of_sight: null, worst: null });
  });

  it('has no worst point without ground between the ends', () => {
    expect(pathClearance(profile([0, 0]), link)).toEqual({ line_of_sight: true, worst: null, incomplete: false });
  });

  it('is the same seen from the other end', () => {
    const heights = fc.array(fc.double({ min: 0, max: 120, noNaN: true }), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(heights, (ground) => {
        const there = pathClearance(profile(ground), { ...link, rx_height_m: 10 });
        const back = pathClearance(profile(ground.toReversed()), { ...link, tx_height_m: 10 });
        expect(back.worst?.ratio).toBeCloseTo(there.worst?.ratio ?? Number.NaN, 6);
        expect(back.line_of_sight).toBe(there.line_of_sight);
      }),
    );
  });
});
