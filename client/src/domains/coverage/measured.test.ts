import { describe, expect, it } from 'vitest';
import { measuredClass, measuredClasses, measuredFeatures } from './measured.ts';

describe('measured levels', () => {
  it.each([
    [-120, 0],
    [-105.1, 0],
    [-105, 1],
    [-95.1, 1],
    [-95, 2],
    [-85.1, 2],
    [-85, 3],
    [-40, 3],
  ])('of %s dBm against −95 dBm are of class %s', (level, expected) => {
    expect(measuredClass(level, -95)).toBe(expected);
  });

  const points = [
    { id: 7, lon: 105.1, lat: 21.4, level_dbm: -99 },
    { id: 8, lon: 105.2, lat: 21.5, level_dbm: -60 },
    { id: 9, lon: 105.3, lat: 21.6, level_dbm: -97 },
  ];

  it('are counted by class, strongest first, the outer classes open', () => {
    expect(measuredClasses(points, -95).map(({ from_dbm, to_dbm, count }) => [from_dbm, to_dbm, count])).toEqual([
      [-85, null, 1],
      [-95, -85, 0],
      [-105, -95, 2],
      [null, -105, 0],
    ]);
  });

  it('stand on the map at lon, lat', () => {
    const { features } = measuredFeatures(points, -95);
    expect(features.map(({ id, geometry, properties }) => [id, geometry.coordinates, properties.cls])).toEqual([
      [7, [105.1, 21.4], 1],
      [8, [105.2, 21.5], 3],
      [9, [105.3, 21.6], 1],
    ]);
  });
});
