import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../lon-lat-raster.ts';
import { cornerOfName, readHgt } from './terrain-file.ts';
import { terrainModel } from './terrain-model.ts';
import { madeUp, sharedBytes, tileOf, VOID } from './testing/terrain-tiles.ts';

const swapped = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(bytes, (_, i) => bytes[i % 2 === 0 ? i + 1 : i - 1] as number);

const province = sharedBytes('N21E105.hgt');
const vermont = sharedBytes('N44W072.hgt');

describe('real tiles', () => {
  it('N21E105 has 1,539 voids and goes down to −60 m', () => {
    const tile = tileOf(readHgt('N21E105.hgt', province));
    expect({ ...tile, values: tile.values.length }).toMatchObject({
      west: 105,
      north: 22,
      step_lon: 1 / 1200,
      cols: 1201,
      rows: 1201,
      values: 1201 * 1201,
      voids: 1539,
      impossible: 0,
      lowest: -60,
    });
  });

  it('N44W072 is clean, and its first post is 415 m at 45° N 72° W', () => {
    const tile = tileOf(readHgt('/somewhere/n44w072.HGT', vermont));
    expect(tile).toMatchObject({ west: -72, north: 45, voids: 0, impossible: 0 });
    const model = terrainModel([tile]);
    expect(model.heightAt(-72, 45)).toBe(0x019f);
    // The next post to the east, and the point half-way.
    expect(model.heightAt(-72 + 1 / 1200, 45)).toBeCloseTo(0x01a2, 6);
    expect(model.heightAt(-72 + 0.5 / 1200, 45)).toBeCloseTo((0x019f + 0x01a2) / 2, 6);
    // Mount Washington, 1,917 m at 44.2706° N 71.3033° W, is the highest ground of the square.
    expect(Math.abs(model.heightAt(-71.3033, 44.2706) - 1917)).toBeLessThan(25);
    expect(tile.highest).toBeGreaterThan(1880);
  });

  it('both are refused with their bytes exchanged', () => {
    expect(readHgt('N21E105.hgt', swapped(province))).toMatchObject({ ok: false, reason: 'byte_order' });
    expect(readHgt('N44W072.hgt', swapped(vermont))).toMatchObject({ ok: false, reason: 'byte_order' });
  });
});

describe('refusals', () => {
  it.each([0, 2, 1201 * 1201 * 2 - 1, 1201 * 1201 * 2 + 2, 1200 * 1200 * 2])('%d bytes', (length) => {
    expect(readHgt('N21E105.hgt', new Uint8Array(length))).toMatchObject({ ok: false, reason: 'size' });
  });

  it.each(['N21E105.tif', 'N91E105.hgt', 'N21E190.hgt', 'E105N21.hgt', 'terrain.hgt', 'xN21E105.hgt'])('%s', (name) => {
    expect(
      readHgt(
        name,
        madeUp(1201, () => 0),
      ),
    ).toMatchObject({ ok: false, reason: 'name' });
  });

  it('noise', () => {
    const noise = madeUp(1201, (row, column) => ((row * 7919 + column * 104_729) % 65_536) - 32_768);
    expect(readHgt('N21E105.hgt', noise)).toMatchObject({ ok: false, reason: 'not_heights' });
  });

  it('low plains in little-endian order, whose exchanged heights are all possible', () => {
    const plain = madeUp(1201, (row, column) => 5 + ((row + column) % 20));
    expect(readHgt('N10E105.hgt', plain)).toMatchObject({ ok: true });
    expect(readHgt('N10E105.hgt', swapped(plain))).toMatchObject({ ok: false, reason: 'byte_order' });
  });
});

describe('made-up tiles', () => {
  it('1″ tiles are read too; the sea is flat, not refused', () => {
    expect(
      tileOf(
        readHgt(
          'S01W001.hgt',
          madeUp(3601, () => 0),
        ),
      ),
    ).toMatchObject({ cols: 3601, rows: 3601, north: 0, west: -1, highest: 0 });
  });

  it('an impossible post becomes a void and is counted', () => {
    const tile = tileOf(
      readHgt(
        'N00E000.hgt',
        madeUp(1201, (row, column) => (row === 3 && column === 4 ? 20_000 : 10)),
      ),
    );
    expect(tile).toMatchObject({ impossible: 1, voids: 0, highest: 10 });
    expect(valueAt(tile, 3, 4)).toBeNaN();
    expect(valueAt(tile, 3.5, 4.5)).toBeCloseTo(10, 9);
  });

  it('a tile of voids has no heights at all', () => {
    const tile = tileOf(
      readHgt(
        'N00E000.hgt',
        madeUp(1201, () => VOID),
      ),
    );
    expect(tile).toMatchObject({ voids: 1201 * 1201, lowest: null, highest: null });
    expect(terrainModel([tile]).heightAt(0.5, 0.5)).toBeNaN();
  });

  it('interpolates a plane exactly, north up and east right', () => {
    const model = terrainModel([
      tileOf(
        readHgt(
          'N21E105.hgt',
          madeUp(1201, (row, column) => 2 * column + 3 * row),
        ),
      ),
    ]);
    const inside = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(inside, inside, (x, y) => {
        expect(model.heightAt(105 + x, 21 + y)).toBeCloseTo(2 * 1200 * x + 3 * 1200 * (1 - y), 4);
      }),
    );
  });

  it('leaves voids out of the mean instead of mixing them in', () => {
    const tile = tileOf(
      readHgt(
        'N00E000.hgt',
        madeUp(1201, (row, column) => (row === 0 && column === 0 ? VOID : 100)),
      ),
    );
    expect(valueAt(tile, 0.25, 0.25)).toBeCloseTo(100, 9);
    expect(valueAt(tile, 0, 0)).toBeNaN();
  });

  it('corners of names', () => {
    expect(cornerOfName('S05W060.hgt')).toEqual({ south: -5, west: -60 });
    expect(cornerOfName('dir/N21E105.HGT')).toEqual({ south: 21, west: 105 });
  });
});
