import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { candidatesAlong } from './lines-along.ts';

describe('candidatesAlong', () => {
  const road: LonLat[] = [
    [105, 21],
    [105.05, 21],
    [105.1, 21],
  ];
  const side: LonLat[] = [
    [105.05, 21],
    [105.05, 21.05],
  ];

  it('divides lines where they meet and where places join, and joins only places that are near', () => {
    const places = [
      { id: 7, lon: 105.02, lat: 21.001 },
      { id: 8, lon: 105.05, lat: 21.2 },
    ];
    const lines = candidatesAlong([road, side], places, { snap_m: 500, entries: 1, deployment: 'aerial' });
    const straight = lines.find(({ a }) => a === 7)!;
    expect(straight.length_m).toBeCloseTo(110.72, 2);
    // West end – joint – crossroads – east end, and the side road to its end.
    expect(lines).toHaveLength(5);
    expect(lines.reduce((sum, line) => sum + line.length_m, 0)).toBeCloseTo(10_397 + 5_536 + 111, -1);
    const degree = new Map<number, number>();
    for (const { a, b } of lines) for (const end of [a, b]) degree.set(end, (degree.get(end) ?? 0) + 1);
    expect([...degree.values()].sort((x, y) => x - y)).toEqual([1, 1, 1, 1, 3, 3]);
    expect([...degree.keys()].filter((id) => id > 0)).toEqual([7]);
  });

  it('does not join lines that only cross on the map', () => {
    const across: LonLat[] = [
      [105.02, 20.9],
      [105.02, 21.1],
    ];
    const ids = candidatesAlong([road, across], [], { snap_m: 0, entries: 1, deployment: 'aerial' }).map(({ a, b }) => [
      a,
      b,
    ]);
    expect(new Set(ids.flat()).size).toBe(4);
    expect(ids).toHaveLength(2);
  });

  it('run through a place that stands on the line, which then needs no way to it', () => {
    const lines = candidatesAlong([road, side], [{ id: 7, lon: 105.05, lat: 21 }], {
      snap_m: 500,
      entries: 2,
      deployment: 'aerial',
    });
    expect(lines.map(({ a, b }) => [a, b].filter((id) => id > 0))).toEqual([[7], [7], [7]]);
    expect(lines.reduce((sum, line) => sum + line.length_m, 0)).toBeCloseTo(10_397 + 5_536, -1);
  });

  it('patch a second place in the same building, once for each entry', () => {
    const both = [7, 8].map((id) => ({ id, lon: 105.02, lat: 21 }));
    for (const entries of [1, 2] as const) {
      const lines = candidatesAlong([road], both, { snap_m: 500, entries, deployment: 'aerial' });
      const patches = lines.filter(({ a, b }) => a === 8 && b === 7);
      expect(patches.map(({ length_m }) => length_m)).toEqual(Array(entries).fill(0));
    }
  });

  it('reach a place beside them by entries at points of their own, as far apart as the place is away', () => {
    // 0.001° of latitude are 110.72 m; so far along the line to both sides, each way is √2 as long.
    const beside = [{ id: 7, lon: 105.02, lat: 21.001 }];
    const entries = candidatesAlong([road], beside, { snap_m: 500, entries: 2, deployment: 'aerial' }).filter(
      ({ a }) => a === 7,
    );
    expect(entries.map(({ length_m }) => Math.round(length_m))).toEqual([111, 157, 157]);
    expect(new Set(entries.map(({ b }) => b)).size).toBe(3);
    // At the end of the line there is one side only.
    const atEnd = [{ id: 7, lon: 105, lat: 21.001 }];
    expect(
      candidatesAlong([road], atEnd, { snap_m: 500, entries: 2, deployment: 'aerial' }).filter(({ a }) => a === 7),
    ).toHaveLength(2);
  });

  it('keep their length whatever joins them', () => {
    const corner: LonLat[] = [
      [105, 21],
      [105.01, 21.004],
      [105.015, 21.004],
      [105.03, 20.99],
    ];
    const whole = candidatesAlong([corner], [], { snap_m: 0, entries: 1, deployment: 'aerial' })[0]!.length_m;
    const place = fc.record({
      lon: fc.double({ min: 104.99, max: 105.04, noNaN: true }),
      lat: fc.double({ min: 20.98, max: 21.01, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 6 }), (spots) => {
        const places = spots.map((spot, at) => ({ id: at + 1, ...spot }));
        const lines = candidatesAlong([corner], places, { snap_m: 2_000, entries: 2, deployment: 'aerial' });
        const onLine = lines.filter(
          ({ coordinates }) => !spots.some(({ lon, lat }) => coordinates[0]![0] === lon && coordinates[0]![1] === lat),
        );
        expect(onLine.reduce((sum, line) => sum + line.length_m, 0)).toBeCloseTo(whole, 0);
      }),
      { numRuns: 200 },
    );
  });
});
