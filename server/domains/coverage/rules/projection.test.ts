import { describe, expect, it } from 'vitest';
import { gridBearingOfNorth, polygonArea, projectMultiPolygon, projectorFor } from './projection.ts';

const projector = projectorFor(9208);

describe('projection to EPSG:9208', () => {
  it.each([
    [105.402, 21.322, 567_440.3135, 2_358_740.1389],
    [104.95, 21.15, 520_575.1624, 2_339_571.4123],
  ])('takes lon %d, lat %d to E %d, N %d and back', (lon, lat, east, north) => {
    const [e, n] = projector.forward(lon, lat);
    expect(e).toBeCloseTo(east, 3);
    expect(n).toBeCloseTo(north, 3);
    const [backLon, backLat] = projector.inverse(east, north);
    expect(backLon).toBeCloseTo(lon, 7);
    expect(backLat).toBeCloseTo(lat, 7);
  });

  it('keeps the axis order in rings: east from lon, north from lat', () => {
    const [[ring]] = projectMultiPolygon([[[[105.402, 21.322]]]], projector) as [[Float64Array]];
    expect([...ring].map(Math.round)).toEqual([567_440, 2_358_740]);
  });

  it('refuses a point without lat', () => {
    expect(() => projectMultiPolygon([[[[105.4]]]], projector)).toThrow(/lon and lat/);
  });
});

describe('bearing of true north', () => {
  it('is zero on the central meridian and −(λ−λ0) sin φ off it, grid north being east of true north in the east', () => {
    expect(gridBearingOfNorth(104.75, 21.3, projector)).toBeCloseTo(0, 2);
    expect(gridBearingOfNorth(105.75, 21.3, projector)).toBeCloseTo(-Math.sin((21.3 * Math.PI) / 180), 2);
  });
});

describe('area', () => {
  it('of a square with a hole', () => {
    const outer = Float64Array.from([0, 0, 10, 0, 10, 10, 0, 10]);
    const hole = Float64Array.from([2, 2, 4, 2, 4, 4, 2, 4]);
    expect(polygonArea([outer, hole])).toBe(96);
  });
});
