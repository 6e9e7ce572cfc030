import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mortonKey, tileKeyRange, toTileUnit, worldX, worldY } from './mercator.ts';

const LAST = 2 ** 32 - 1;
const world = fc.integer({ min: 0, max: LAST });

/** A world coordinate that is often the other one, so that tiles often hold the point. */
const near = (value: number, other: number): number => (value % 3 === 0 ? value : other);

describe('world position', () => {
  it('is the tile number of the OpenStreetMap wiki example (Shibuya, zoom 18) in its leading bits', () => {
    expect(worldX(139.7006793) >>> 14).toBe(232798);
    expect(worldY(35.6590699) >>> 14).toBe(103246);
  });

  it('has 0, 0 in the middle of the world', () => {
    expect(worldX(0)).toBe(2 ** 31);
    expect(worldY(0)).toBe(2 ** 31);
  });

  it('has the antimeridian at both edges and goes on round the world beyond them', () => {
    expect(worldX(-180)).toBe(0);
    expect(worldX(180)).toBe(LAST);
    expect(worldX(190)).toBe(worldX(-170));
    expect(worldX(-190)).toBe(worldX(170));
  });

  it('has latitudes from ±85.0511 on at the edges', () => {
    expect(worldY(85.0511287798066)).toBeLessThan(16);
    expect(worldY(-85.0511287798066)).toBeGreaterThan(LAST - 16);
    expect(worldY(90)).toBe(0);
    expect(worldY(-90)).toBe(LAST);
  });
});

describe('Morton key', () => {
  it('puts the four quadrants in the order north-west, north-east, south-west, south-east', () => {
    const quadrants = [mortonKey(0, 0), mortonKey(2 ** 31, 0), mortonKey(0, 2 ** 31), mortonKey(2 ** 31, 2 ** 31)];
    expect(quadrants).toEqual([0, 2 ** 50, 2 ** 51, 2 ** 51 + 2 ** 50]);
    expect(mortonKey(LAST, LAST)).toBe(2 ** 52 - 1);
  });

  it('makes every tile exactly the range of the keys inside it', () => {
    fc.assert(
      fc.property(world, world, world, world, fc.integer({ min: 0, max: 20 }), (px, py, tx, ty, z) => {
        const tile = (value: number): number => Math.floor(value / 2 ** (32 - z));
        const [x, y] = [tile(near(tx, px)), tile(near(ty, py))];
        const { first, end } = tileKeyRange(z, x, y);
        const key = mortonKey(px, py);
        expect(key >= first && key < end).toBe(tile(px) === x && tile(py) === y);
      }),
    );
  });
});

describe('tile unit', () => {
  it('is the nearest unit, never the far edge', () => {
    expect(toTileUnit(0, 0, 4096)).toBe(0);
    expect(toTileUnit(2 ** 31, 0, 4096)).toBe(2048);
    expect(toTileUnit(2 ** 31, 1, 4096)).toBe(0);
    expect(toTileUnit(2 ** 19 + 1, 0, 4096)).toBe(1);
    expect(toTileUnit(2 ** 19 - 1, 0, 4096)).toBe(0);
    expect(toTileUnit(LAST, 0, 4096)).toBe(4095);
    expect(toTileUnit(LAST, 14, 4096)).toBe(4095);
  });
});
