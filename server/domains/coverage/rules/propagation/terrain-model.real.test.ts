import { describe, expect, it } from 'vitest';
import { geodesicM } from '../../../../platform/geo/geodesic.ts';
import { readHgt } from './terrain-file.ts';
import { extractProfile, terrainModel } from './terrain-model.ts';
import { madeUp, madeUpTile, sharedBytes, tileOf, VOID } from './testing/terrain-tiles.ts';

const level = (name: string, height: number) => madeUpTile(name, () => height);
const slope = (offset: number) => (_row: number, column: number) => offset + column;

describe('several tiles', () => {
  it('meet at their seam without a gap or a step in a plane', () => {
    const model = terrainModel([madeUpTile('N21E104.hgt', slope(0)), madeUpTile('N21E105.hgt', slope(1200))]);
    for (const lon of [104.9999, 104.99999999, 105, 105.00000001, 105.0001]) {
      expect(model.heightAt(lon, 21.5)).toBeCloseTo((lon - 104) * 1200, 3);
    }
  });

  it('on a shared edge the tile that is there answers, and beyond it there is no terrain', () => {
    const model = terrainModel([level('N21E105.hgt', 7)]);
    for (const [lon, lat] of [
      [106, 21.5],
      [105, 21.5],
      [105.5, 22],
      [105.5, 21],
      [106, 22],
    ] as const) {
      expect(model.heightAt(lon, lat)).toBe(7);
      expect(model.covers(lon, lat)).toBe(true);
    }
    for (const [lon, lat] of [
      [106.0001, 21.5],
      [104.9999, 21.5],
      [105.5, 22.0001],
      [105.5, 20.9999],
    ] as const) {
      expect(model.heightAt(lon, lat)).toBeNaN();
      expect(model.covers(lon, lat)).toBe(false);
    }
  });

  it('a void on the edge of one tile is filled by the other', () => {
    const east = tileOf(
      readHgt(
        'N21E105.hgt',
        madeUp(1201, (_row, column) => (column === 0 ? VOID : 5)),
      ),
    );
    expect(terrainModel([east, level('N21E104.hgt', 9)]).heightAt(105, 21.5)).toBe(9);
    expect(terrainModel([east]).heightAt(105, 21.5)).toBeNaN();
  });
});

describe('profiles', () => {
  const tile = tileOf(readHgt('N21E105.hgt', sharedBytes('N21E105.hgt')));
  const model = terrainModel([tile]);
  const viet: [number, number] = [105.402, 21.322];

  it('includes both ends, in even steps no longer than asked', () => {
    const profile = extractProfile(model, viet, [105.2, 21.2], { step_m: 90 });
    const { distances_m, heights_m, step_m } = profile;
    expect(step_m).toBeLessThanOrEqual(90);
    expect(step_m).toBeGreaterThan(89);
    expect([distances_m[0], heights_m[0]]).toEqual([0, model.heightAt(...viet)]);
    expect(heights_m.at(-1)).toBe(model.heightAt(105.2, 21.2));
    expect(distances_m.at(-1)).toBeCloseTo(geodesicM(viet, [105.2, 21.2]), 6);
    expect(profile).toMatchObject({ outside: 0, voids: 0, bridged: 0 });
  });

  it('reads the same ground backwards', () => {
    const there = extractProfile(model, viet, [105.2, 21.2], { step_m: 90 });
    const back = extractProfile(model, [105.2, 21.2], viet, { step_m: 90 });
    back.heights_m.toReversed().forEach((height, i) => expect(height).toBeCloseTo(there.heights_m[i] ?? Number.NaN, 6));
  });

  it('out of the tile has no terrain, told apart from voids, and is never bridged', () => {
    const profile = extractProfile(model, [105.99, 21.5], [106.01, 21.5], { step_m: 90, bridge_m: 100_000 });
    const missing = profile.heights_m.filter(Number.isNaN).length;
    expect(missing).toBeGreaterThan(8);
    expect(profile).toMatchObject({ outside: missing, voids: 0 });
    expect(profile.heights_m.at(-1)).toBeNaN();
  });

  it('bridges short voids by a straight line and leaves long ones', () => {
    // Columns 600 to 605 are void: no height for the 430 m between the first and the last.
    const striped = madeUp(1201, (_row, column) => (column >= 600 && column <= 605 ? VOID : column));
    const gappy = terrainModel([tileOf(readHgt('N21E105.hgt', striped))]);
    const across = (bridge_m: number) =>
      extractProfile(gappy, [105.45, 21.5], [105.55, 21.5], { step_m: 43, bridge_m });
    const open = across(300);
    expect(open.voids).toBe(10);
    expect(open.bridged).toBe(0);
    const closed = across(600);
    expect(closed).toMatchObject({ voids: 0, outside: 0, bridged: open.voids });
    closed.heights_m.forEach((height, i) =>
      expect(Math.abs(height - (540 + (120 * i) / (closed.heights_m.length - 1)))).toBeLessThan(1.2),
    );
  });

  it('does not bridge an end that has no height', () => {
    const half = terrainModel([
      tileOf(
        readHgt(
          'N21E105.hgt',
          madeUp(1201, (_row, column) => (column < 600 ? VOID : 3)),
        ),
      ),
    ]);
    const profile = extractProfile(half, [105.49, 21.5], [105.51, 21.5], { step_m: 90, bridge_m: 100_000 });
    expect(profile.bridged).toBe(0);
    expect(profile.heights_m[0]).toBeNaN();
  });

  it('needs two points and a step', () => {
    expect(() => extractProfile(model, viet, viet, { step_m: 90 })).toThrow(RangeError);
    expect(() => extractProfile(model, viet, [105, 21], { step_m: 0 })).toThrow(RangeError);
  });
});
