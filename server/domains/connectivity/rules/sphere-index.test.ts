import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { along, greatCircleM, type LonLat, lineLengthM, nearestOnSegment } from './great-circle.ts';
import { SphereIndex } from './sphere-index.ts';

const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

describe('great circle', () => {
  it('measures a degree of meridian as 111.195 km, and of the 60th parallel just under half of it', () => {
    expect(greatCircleM([105, 21], [105, 22])).toBeCloseTo(111_195.08, 1);
    expect(greatCircleM([105, 60], [106, 60]) / 1000).toBeCloseTo(55.597, 3);
  });

  it('goes the short way across the antimeridian', () => {
    expect(
      lineLengthM([
        [179.5, 0],
        [-179.5, 0],
      ]),
    ).toBeCloseTo(111_195.08, 1);
    expect(along([179, 10], [-179, 20], 0.5)).toEqual([180, 15]);
    expect(nearestOnSegment([-179.9, 0.5], [179.5, 0], [-179.5, 0]).distance_m).toBeCloseTo(55_597.5, 0);
  });

  it('finds the foot inside a segment and its ends outside', () => {
    const [start, end]: [LonLat, LonLat] = [
      [105, 21],
      [105.02, 21],
    ];
    const inside = nearestOnSegment([105.005, 21.001], start, end);
    expect(inside.fraction).toBeCloseTo(0.25, 6);
    expect(inside.distance_m).toBeCloseTo(111.195, 2);
    expect(nearestOnSegment([104, 21], start, end).fraction).toBe(0);
    expect(nearestOnSegment([106, 21], start, end).fraction).toBe(1);
    expect(nearestOnSegment([105, 21.001], start, start).distance_m).toBeCloseTo(111.195, 2);
  });
});

describe('SphereIndex', () => {
  it('agrees with measuring every point', () => {
    fc.assert(
      fc.property(
        fc.array(position, { maxLength: 40 }),
        position,
        fc.double({ min: 0, max: 2e7, noNaN: true }),
        (points, at, reach) => {
          const index = new SphereIndex(points);
          const distances = points.map((point) => greatCircleM(point, at));
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
    const index = new SphereIndex([
      [179.999, 0],
      [-179.999, 0],
      [-179.999, 0],
      [0, 0],
    ]);
    expect(index.within([180, 0], 200).map((near) => near.index)).toEqual([0, 1, 2]);
    expect(index.within([-179.999, 0], 0).map((near) => near.index)).toEqual([1, 2]);
  });
});
