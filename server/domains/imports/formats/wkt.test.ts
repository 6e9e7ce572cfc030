import { describe, expect, it } from 'vitest';
import { readWkt } from './wkt.ts';

describe('well-known text', () => {
  it('gives longitude before latitude, as it is written', () => {
    expect(readWkt('POINT (105.402 21.322)')).toEqual({ type: 'Point', coordinates: [105.402, 21.322] });
    expect(readWkt('srid=4326;LineString(105.4 21.3,-1e-1 21.4)')).toEqual({
      type: 'LineString',
      coordinates: [
        [105.4, 21.3],
        [-0.1, 21.4],
      ],
    });
    expect(readWkt(' POINT Z (1 2 3) ')).toEqual({ type: 'Point', coordinates: [1, 2, 3] });
  });

  it.each([
    '',
    'POINT EMPTY',
    'POINT ()',
    'POINT (1)',
    'POINT (1 2, 3 4)',
    'POINT (a b)',
    'SRID=3405;POINT (1 2)',
    'POLYGON ((0 0, 1 0, 1 1, 0 0))',
    'POINT (1 2',
    'MULTIPOINT ((1 2))',
  ])('%j is none', (text) => expect(readWkt(text)).toBeNull());
});
