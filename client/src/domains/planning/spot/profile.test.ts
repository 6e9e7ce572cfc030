import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawProfile, type Frame, roundSteps } from './profile.ts';

/** One pixel for 10 m across, the margins at 100 on each side. */
const frame: Frame = { width: 1_200, height: 600, left: 100, right: 100, top: 100, bottom: 100 };

/** The points of a path, in pixels. */
const pointsOf = (path: string): [number, number][] =>
  path
    .replace(/^M|Z$/g, '')
    .split('L')
    .map((pair) => {
      const [x = Number.NaN, y = Number.NaN] = pair.split(',').map(Number);
      return [x, y];
    });

/** A hill of 100 m in the middle of 10 km of flat ground at 20 m; antennas at 60 and 21.5 m above the sea. */
const hill = {
  distances_m: [0, 2_500, 5_000, 7_500, 10_000],
  ground_m: [20, 20, 120, 20, 20],
  ray_m: [60, 50, 40, 30, 21.5],
  fresnel_m: [0, 15, 17, 15, 0],
};

describe('the path profile', () => {
  it('goes from margin to margin, higher ground higher up', () => {
    const drawing = drawProfile(hill, null, frame);
    const [surface = ''] = drawing.terrain;
    const points = pointsOf(surface);
    expect(points.map(([x]) => x)).toEqual([100, 100, 350, 600, 850, 1_100, 1_100]);
    // The first and the last point are on the floor: the ground is filled down to the axis.
    expect([points[0]?.[1], points.at(-1)?.[1]]).toEqual([500, 500]);
    const [, flat = 0] = points[1] ?? [];
    const [, top = 0] = points[3] ?? [];
    expect(top).toBeLessThan(flat);
    for (const [, y] of points) expect(y).toBeGreaterThanOrEqual(100);
    for (const [, y] of points) expect(y).toBeLessThanOrEqual(500);
  });

  it('measures heights by the ticks beside them', () => {
    const { up, antennas } = drawProfile(hill, null, frame);
    const [first, last] = [up[0], up.at(-1)];
    if (!first || !last) throw new Error('no ticks');
    const perMetre = (first.at - last.at) / (last.value - first.value);
    const [mast, receiver] = antennas;
    expect(((mast?.foot ?? 0) - (mast?.top ?? 0)) / perMetre).toBeCloseTo(40, 6);
    expect(((receiver?.foot ?? 0) - (receiver?.top ?? 0)) / perMetre).toBeCloseTo(1.5, 6);
  });

  it('marks the worst clearance between ray and ground, where it is', () => {
    const { worst, up } = drawProfile(hill, { distance_m: 5_000, clearance_m: -80, ratio: -4.7 }, frame);
    const [first, last] = [up[0], up.at(-1)];
    if (!worst || !first || !last) throw new Error('nothing marked');
    const perMetre = (first.at - last.at) / (last.value - first.value);
    expect(worst.x).toBe(600);
    // The ground is 80 m above the ray.
    expect((worst.ray - worst.ground) / perMetre).toBeCloseTo(80, 6);
    const between = drawProfile(hill, { distance_m: 3_750, clearance_m: 0, ratio: 0 }, frame).worst;
    expect(between?.x).toBe(475);
    expect(between?.ray).toBe(between?.ground);
  });

  it('leaves a gap where there is no terrain, and never draws it as zero', () => {
    const drawing = drawProfile({ ...hill, ground_m: [20, null, null, 20, 25] }, null, frame);
    expect(drawing.terrain).toHaveLength(2);
    expect(drawing.gaps).toEqual([{ x: 100, width: 750 }]);
    const none = drawProfile({ ...hill, ground_m: [null, null, null, null, null] }, null, frame);
    expect(none.terrain).toEqual([]);
    expect(none.gaps).toEqual([{ x: 100, width: 1_000 }]);
    const end = drawProfile({ ...hill, ground_m: [20, 20, 20, null, null] }, null, frame);
    expect(end.gaps).toEqual([{ x: 600, width: 500 }]);
    // Ground far above the sea: the axis does not go down to it.
    const high = drawProfile(
      { ...hill, ground_m: [900, null, 950, 930, 940], ray_m: [960, 955, 950, 945, 941] },
      null,
      frame,
    );
    expect(Math.min(...high.up.map(({ value }) => value))).toBeGreaterThan(800);
  });

  it('covers the whole way once, with ground or with a gap, for any profile', () => {
    const heights = fc.array(fc.option(fc.integer({ min: 0, max: 1_500 })), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(heights, (ground_m) => {
        const flat = ground_m.map(() => 100);
        const drawing = drawProfile(
          { distances_m: ground_m.map((_, index) => index * 100), ground_m, ray_m: flat, fresnel_m: flat.map(() => 5) },
          null,
          frame,
        );
        const covered = drawing.terrain.reduce((sum, path) => {
          const points = pointsOf(path);
          return sum + (points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0);
        }, 0);
        const missing = drawing.gaps.reduce((sum, gap) => sum + gap.width, 0);
        // Paths are written to a tenth of a pixel.
        expect(Math.abs(covered + missing - 1_000)).toBeLessThan(ground_m.length * 0.2);
        expect(drawing.ray + drawing.fresnel + drawing.terrain.join('')).not.toMatch(/NaN|Infinity/);
      }),
    );
  });

  it('draws a path of no length', () => {
    const drawing = drawProfile({ distances_m: [0], ground_m: [20], ray_m: [50], fresnel_m: [0] }, null, frame);
    expect(drawing.across).toEqual([{ at: 100, value: 0 }]);
    expect(drawing.ray + drawing.terrain.join('')).not.toMatch(/NaN/);
  });
});

describe('round steps of an axis', () => {
  it.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
    [0, 0.9, 4, [0, 0.5]],
    [-3, 132, 5, [0, 50, 100]],
    [0, 0.35, 4, [0, 0.1, 0.2, 0.3]],
    [7, 7, 5, [7]],
  ])('from %s to %s', (low, high, count, steps) => {
    expect(roundSteps(low, high, count)).toEqual(steps);
  });
});
