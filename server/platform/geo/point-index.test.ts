import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geodesicM } from './geodesic.ts';
import { PointIndex } from './point-index.ts';

const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

describe('PointIndex', () => {
  it('agrees with measuring every point', () => {
    fc.assert(
      fc.property(
        fc.array(position, { maxLength: 40 }),
        position,
        fc.double({ min: 0, max: 2e7, noNaN: true }),
        (points, at, reach) => {
          const index = new PointIndex(points);
          const distances = points.map((point) => geodesicM(point, at));
          const nearest = index.nearest(at);
          if (points.length === 0) expect(nearest).toBeNull();
          else expect(nearest!.distance_m).toBeCloseTo(Math.min(...distances), 0);
          const found = new Set(index.within(at, reach).map((near) => near.index));
          distances.forEach((distance, position) => {
            if (Math.abs(distance - reach) > 1) expect(found.has(position)).toBe(distance < reach);
          });
        },
      ),
    );
  });

  it('finds neighbours beyond the antimeridian, nearest first, and points that coincide', () => {
    const index = new PointIndex([
      [179.999, 0],
      [-179.999, 0],
      [-179.999, 0],
      [0, 0],
    ]);
    expect(index.within([180, 0], 200).map((near) => near.index)).toEqual([0, 1, 2]);
    expect(index.within([-179.999, 0], 0).map((near) => near.index)).toEqual([1, 2]);
  });
});
