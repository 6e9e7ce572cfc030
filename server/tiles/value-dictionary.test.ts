import * as fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { ValueDictionary } from './value-dictionary.ts';

/** Field number and value of the one entry of an MVT layer's value list that `code` stands for. */
function decode(dictionary: ValueDictionary, code: number): [number, string | number | boolean] {
  const bytes = new Uint8Array(dictionary.lengthOf(code));
  expect(dictionary.copyTo(code, bytes, 0)).toBe(bytes.length);
  const pbf = new PbfReader(bytes);
  expect(pbf.readVarint()).toBe((4 << 3) | 2);
  expect(pbf.readVarint()).toBe(bytes.length - pbf.pos);
  const field = pbf.readVarint() >>> 3;
  const readers: Record<number, () => string | number | boolean> = {
    1: () => pbf.readString(),
    3: () => pbf.readDouble(),
    5: () => pbf.readVarint(),
    6: () => pbf.readSVarint(),
    7: () => pbf.readBoolean(),
  };
  const value = readers[field]?.() ?? '';
  return [field, value];
}

describe('value dictionary', () => {
  it.each([
    ['Trạm Hùng Long', 1],
    ['', 1],
    [42, 5],
    [0, 5],
    [-7, 6],
    [2 ** 40, 5],
    [1.25, 3],
    [true, 7],
    [false, 7],
  ])('keeps %j in field %i of the value message', (value, field) => {
    const dictionary = new ValueDictionary();
    expect(decode(dictionary, dictionary.codeOf(value))).toEqual([field, value]);
  });

  it('has no entry for null and for what is not a number', () => {
    const dictionary = new ValueDictionary();
    expect(dictionary.codeOf(null)).toBe(0);
    expect(dictionary.codeOf(Number.NaN)).toBe(0);
    expect(dictionary.size).toBe(0);
  });

  it('tells the text 1 from the number 1 and from true', () => {
    const dictionary = new ValueDictionary();
    expect(new Set(['1', 1, true].map((value) => dictionary.codeOf(value))).size).toBe(3);
  });

  it('numbers equal values alike and different ones differently, through every growth', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxLength: 400 }), (values) => {
        const dictionary = new ValueDictionary();
        const codes = values.map((value) => dictionary.codeOf(value));
        expect(dictionary.size).toBe(new Set(values).size);
        expect(values.map((value) => dictionary.codeOf(value))).toEqual(codes);
        for (const [i, code] of codes.entries()) expect(decode(dictionary, code)[1]).toEqual(values[i]);
      }),
    );
  });

  it('can be reordered to the values in use, and goes on from there', () => {
    const dictionary = new ValueDictionary();
    const [a, , c] = ['a', 'b', 'c'].map((value) => dictionary.codeOf(value));
    const codes = Uint32Array.of(c ?? 0, 0, a ?? 0, c ?? 0);
    const reordered = dictionary.reordered(codes);
    expect([...codes]).toEqual([1, 0, 2, 1]);
    expect([1, 2].map((code) => decode(reordered, code)[1])).toEqual(['c', 'a']);
    expect(['a', 'c', 'new', 'a'].map((value) => reordered.codeOf(value))).toEqual([2, 1, 3, 2]);
    for (let i = 0; i < 500; i++) reordered.codeOf(i);
    expect(reordered.size).toBe(503);
  });
});
