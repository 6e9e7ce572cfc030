import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTonePlacement, normaliseName, searchKey, sortKey } from './index.ts';

interface KeyVector {
  text: string;
  search_key: string;
  sort_key: string;
}
const vectors = JSON.parse(readFileSync('fixtures/text/keys.json', 'utf8')) as { keys: KeyVector[] };

const byKey = (a: string, b: string) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0);

describe('search key', () => {
  it('answers the vectors that the SQL twin answers', () => {
    expect(vectors.keys.length).toBeGreaterThan(30);
    for (const vector of vectors.keys)
      expect([vector.text, searchKey(vector.text)]).toEqual([vector.text, vector.search_key]);
  });

  it('does not tell tone placements and normal forms apart', () => {
    for (const text of ['Hoà', 'Hòa', 'HÒA', 'Hoà'.normalize('NFD')]) expect(searchKey(text)).toBe('hoa');
    expect(searchKey('Thuỷ')).toBe(searchKey('Thủy'));
  });

  it('leaves no space where a mark stood alone', () => {
    expect(searchKey('À΄')).toBe('a');
    expect(searchKey('À ΄ b')).toBe('a b');
  });

  it('is its own key', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => searchKey(searchKey(text)) === searchKey(text)));
  });
});

describe('sort key', () => {
  it('answers the vectors that the SQL twin answers', () => {
    for (const vector of vectors.keys)
      expect([vector.text, sortKey(vector.text)]).toEqual([vector.text, vector.sort_key]);
  });

  it('orders the alphabet, then the six tones', () => {
    const alphabet = [...'aăâbcdđeêghiklmnoôơpqrstuưvxy'];
    expect([...alphabet].sort(byKey)).toEqual(alphabet);
    const tones = [
      'ma',
      'mà',
      'mả',
      'mã',
      'má',
      'mạ',
      'mă',
      'mằ',
      'mẳ',
      'mẵ',
      'mắ',
      'mặ',
      'mâ',
      'mầ',
      'mẩ',
      'mẫ',
      'mấ',
      'mậ',
    ];
    expect([...tones].reverse().sort(byKey)).toEqual(tones);
  });

  it('compares tones only when all letters are equal, and numbers by value', () => {
    const names = [
      'Khu 2',
      'Khu 10',
      'Xã Hoà Bình',
      'Xã Hoa Vang',
      'Xã Hùng Long',
      'Xã Hưng Long',
      'Xã Văn Luông',
      'Xã Văn Lương',
    ];
    expect([...names].reverse().sort(byKey)).toEqual(names);
  });

  it('agrees with the Vietnamese collation of Unicode CLDR', () => {
    const collator = new Intl.Collator('vi', { sensitivity: 'accent', numeric: true });
    const syllable = fc
      .tuple(
        fc.constantFrom('', 'b', 'c', 'd', 'đ', 'h', 'l', 'm', 'x'),
        fc.constantFrom(...'aăâeêioôơuưy'),
        fc.constantFrom('', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'),
        fc.constantFrom('', 'c', 'm', 'n', 't'),
      )
      .map(([onset, vowel, tone, coda]) => `${onset}${vowel}${tone}${coda}`.normalize('NFC'));
    const word = fc.oneof({ weight: 5, arbitrary: syllable }, { weight: 1, arbitrary: fc.nat(120).map(String) });
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(byKey(a, b)).toBe(Math.sign(collator.compare(a, b)));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('tone placement', () => {
  it('puts the mark of an open syllable on the first vowel', () => {
    for (const [from, to] of [
      ['Hoà', 'Hòa'],
      ['HOÀ BÌNH', 'HÒA BÌNH'],
      ['Thuỷ', 'Thủy'],
      ['loè', 'lòe'],
      ['Hòa', 'Hòa'],
    ] as const) {
      expect(foldTonePlacement(from)).toBe(to);
    }
  });

  it('puts the mark of a closed syllable, and of quy, on the second', () => {
    for (const [from, to] of [
      ['hoàn', 'hoàn'],
      ['tóan', 'toán'],
      ['ngòai', 'ngoài'],
      ['hùynh', 'huỳnh'],
      ['qúy', 'quý'],
      ['quý', 'quý'],
      ['thuyền', 'thuyền'],
      ['Thuận', 'Thuận'],
    ] as const) {
      expect(foldTonePlacement(from)).toBe(to);
    }
  });
});

describe('stored names', () => {
  it('are composed and trimmed and keep the official tone placement', () => {
    expect(normaliseName('  Xã\u00a0 Hoà   Bình '.normalize('NFD'))).toBe('Xã Hoà Bình');
    expect(normaliseName('Ðoan Hùng')).toBe('Đoan Hùng');
  });
});
