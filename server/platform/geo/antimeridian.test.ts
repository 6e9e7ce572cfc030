import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAtAntimeridian, isPastAntimeridian, unwrapped, wrapped } from './antimeridian.ts';

describe('lines past ±180°', () => {
  it.each([
    [
      [
        [179.9, 21],
        [180, 21],
        [180.1, 21.5],
      ],
    ],
    [
      [
        [-179.9, 21],
        [-180.2, 21],
        [-179.8, 20],
      ],
    ],
    [
      [
        [105, 21],
        [106, 21],
      ],
    ],
  ])('are written within it and read again as they were: %j', (line) => {
    const written = wrapped(line);
    expect(isPastAntimeridian(written)).toBe(false);
    expect(unwrapped(written)).toEqual(line);
  });

  it('keep what lies within: 180 stays 180', () => {
    expect(
      wrapped([
        [179.9, 21],
        [180, 21],
        [180.1, 21],
      ]).map(([lon]) => lon),
    ).toEqual([179.9, 180, -179.9]);
  });
});

describe('lines cut at the antimeridian', () => {
  const crossing = {
    type: 'MultiLineString',
    coordinates: [
      [
        [179.9, 20],
        [180, 21],
      ],
      [
        [-180, 21],
        [-179.9, 22],
      ],
    ],
  };

  it('are two, that meet where it crosses, drawn past it or with a jump', () => {
    expect(
      cutAtAntimeridian([
        [179.9, 20],
        [180.1, 22],
      ]),
    ).toEqual(crossing);
    expect(
      cutAtAntimeridian([
        [179.9, 20],
        [-179.9, 22],
      ]),
    ).toEqual(crossing);
    expect(
      cutAtAntimeridian([
        [-179.9, 22],
        [-180.1, 20],
      ]),
    ).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [-179.9, 22],
          [-180, 21],
        ],
        [
          [180, 21],
          [179.9, 20],
        ],
      ],
    });
  });

  it('are two also where a position lies on it, and as many as it crosses', () => {
    expect(
      cutAtAntimeridian([
        [179.9, 20],
        [180, 21],
        [180.1, 22],
      ]),
    ).toEqual(crossing);
    const there = cutAtAntimeridian([
      [179.9, 20],
      [180.1, 20],
      [179.9, 20.5],
    ]);
    expect(there.coordinates).toHaveLength(3);
  });

  it('are whole where they do not cross it, also when they only touch it or lie past it', () => {
    const whole = (line: number[][], written = line) =>
      expect(cutAtAntimeridian(line)).toEqual({ type: 'LineString', coordinates: written });
    whole([
      [105, 21],
      [106, 21],
    ]);
    whole([
      [179.9, 20],
      [180, 21],
    ]);
    whole([
      [-180, 20],
      [-179, 21],
    ]);
    whole(
      [
        [180.1, 20],
        [180.2, 21],
      ],
      [
        [-179.9, 20],
        [-179.8, 21],
      ],
    );
    whole([]);
    whole([[181, 21]], [[-179, 21]]);
  });

  it('go as far east and west as the whole, within ±180°, and each begins where the one before ends', () => {
    const degrees = (most: number) =>
      fc.integer({ min: -most * 100, max: most * 100 }).map((hundredths) => hundredths / 100);
    const wayOf = (line: readonly (readonly number[])[]): number =>
      line.reduce((sum, [lon = 0], at) => sum + Math.abs(lon - (line[at - 1]?.[0] ?? lon)), 0);
    let parted = 0;
    fc.assert(
      fc.property(
        degrees(180),
        fc.array(fc.tuple(degrees(40), degrees(60)), { minLength: 2, maxLength: 8 }),
        (start, steps) => {
          let lon = start;
          const line = steps.map(([east, lat]) => [(lon += east), lat]);
          const cut = cutAtAntimeridian(line);
          const parts = cut.type === 'LineString' ? [cut.coordinates] : cut.coordinates;
          if (parts.length > 1) parted++;
          expect(isPastAntimeridian(parts.flat())).toBe(false);
          expect(parts.reduce((sum, part) => sum + wayOf(part), 0)).toBeCloseTo(wayOf(line), 6);
          parts.slice(1).forEach((part, at) => {
            const [[fromLon, fromLat] = [], [toLon, toLat] = []] = [parts[at]!.at(-1), part[0]];
            expect([Math.abs(fromLon!), toLon, toLat]).toEqual([180, -fromLon!, fromLat]);
          });
        },
      ),
      { numRuns: 500, seed: 4 },
    );
    expect(parted).toBeGreaterThan(50);
  });
});
