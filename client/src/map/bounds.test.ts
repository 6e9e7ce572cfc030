import { describe, expect, it } from 'vitest';
import { boundsOf, boundsOfAll } from './bounds.ts';

describe('bounds', () => {
  it('hold a course across the antimeridian in one piece', () => {
    const parts = [
      [179.5, 20],
      [180, 21],
      [-180, 21],
      [-179.5, 22],
    ];
    expect(boundsOf(parts)).toEqual([179.5, 20, 180.5, 22]);
    expect(boundsOf(parts.toReversed())).toEqual([-180.5, 20, -179.5, 22]);
  });

  it('of a course are west, south, east, north of it', () => {
    expect(
      boundsOf([
        [105.4, 21.2],
        [105.1, 21.6],
        [105.2, 21.3],
      ]),
    ).toEqual([105.1, 21.2, 105.4, 21.6]);
  });

  it('of several hold them all, those that are not known left out', () => {
    expect(boundsOfAll([[105, 21, 105.5, 21.2], null, [104.8, 21.1, 105.1, 21.5], undefined])).toEqual([
      104.8, 21, 105.5, 21.5,
    ]);
  });

  it('of nothing are none', () => {
    expect(boundsOf([])).toBeNull();
    expect(boundsOfAll([null])).toBeNull();
  });
});
