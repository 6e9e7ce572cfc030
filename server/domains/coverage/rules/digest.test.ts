import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from './digest.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a digest', () => {
  it('is the SHA-256 of plain data as JSON', () => {
    // Of `[1,"a"]`, by sha256sum.
    expect(digestOf([1, 'a'])).toBe('2010945388e2de98f5651051478912aa4ff38bb13a2cdb1a2c257bb97fbf98ff');
  });

  it('is one for equal values, in whatever order their keys stand', () => {
    expect(digestOf({ b: { d: 1, c: bytes(2) }, a: 3 })).toBe(digestOf({ a: 3, b: { c: bytes(2), d: 1 } }));
  });

  it('is one for equal values, wherever their bytes lie', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.anything({ maxDepth: 0 }), (array, other) => {
        const shared = new Uint8Array(new SharedArrayBuffer(array.length + 3), 3);
        shared.set(array);
        const json: unknown = JSON.parse(JSON.stringify({ other: String(other) }));
        expect(digestOf({ deep: [{ array }], json })).toBe(digestOf({ deep: [{ array: shared }], json }));
      }),
    );
  });

  it('is another when a byte, the kind of an array or where it stands is another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (array, at, by) => {
        const other = array.slice();
        const place = at % array.length;
        other[place] = ((array[place] as number) + by) % 256;
        expect(digestOf({ array: other })).not.toBe(digestOf({ array }));
      }),
    );
    expect(digestOf(bytes(1, 0))).not.toBe(digestOf(Uint16Array.of(1)));
    expect(digestOf([bytes(1), bytes(2)])).not.toBe(digestOf([bytes(2), bytes(1)]));
    expect(digestOf({ low: null, high: bytes(1) })).not.toBe(digestOf({ low: bytes(1), high: null }));
  });

  it('is refused of what it would not see', () => {
    expect(() => digestOf({ cells: new Map([[1, 2]]) })).toThrow(TypeError);
    expect(() => digestOf([new Set([1])])).toThrow(TypeError);
  });
});
