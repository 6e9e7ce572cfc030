import { describe, expect, it } from 'vitest';
import type { LegacyEncoding } from './index.ts';
import { detectEncoding, toUnicode } from './index.ts';
import { isVietnameseSyllable } from './syllable.ts';

const REPUBLIC = 'Cộng hòa xã hội chủ nghĩa Việt Nam';

/** One sentence in each encoding, as it is widely printed; they do not come from our tables. */
const PRINTED: Record<Exclude<LegacyEncoding, 'unicode'>, [string, string][]> = {
  nfd: [[REPUBLIC.normalize('NFD'), REPUBLIC]],
  tcvn3: [
    ['Phó Thä', 'Phú Thọ'],
    ['Céng hßa x· héi chñ nghÜa ViÖt Nam', REPUBLIC],
    ['§éc lËp - Tù do - H¹nh phóc', 'Độc lập - Tự do - Hạnh phúc'],
  ],
  vni: [
    ['Phuù Thoï', 'Phú Thọ'],
    ['Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', REPUBLIC],
    ['Ñoäc laäp - Töï do - Haïnh phuùc', 'Độc lập - Tự do - Hạnh phúc'],
  ],
  cp1258: [
    ['Phuì Thoò', 'Phú Thọ'],
    ['Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam', REPUBLIC],
  ],
  utf8_as_cp1252: [
    ['PhÃº Thá»\u008d', 'Phú Thọ'],
    ['Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam', REPUBLIC],
  ],
};

describe('legacy encodings', () => {
  it.each(Object.keys(PRINTED) as (keyof typeof PRINTED)[])(
    '%s: recognised from a column and converted',
    (encoding) => {
      const rows = PRINTED[encoding];
      expect(detectEncoding(rows.map(([raw]) => raw))).toEqual({ encoding, confidence: 1 });
      for (const [raw, text] of rows) expect(toUnicode(raw, encoding)).toBe(text);
    },
  );

  it('leaves good Unicode and plain ASCII alone', () => {
    expect(detectEncoding([REPUBLIC, 'Xã Hoà Bình', 'Thuỷ'])).toEqual({ encoding: 'unicode', confidence: 1 });
    expect(detectEncoding(['BTS 0012', '', 'Phu Tho'])).toEqual({ encoding: 'unicode', confidence: 1 });
    expect(detectEncoding([])).toEqual({ encoding: 'unicode', confidence: 1 });
  });

  it('does not convert a column of foreign names', () => {
    expect(detectEncoding(['Müller', 'Besançon', 'Citroën', 'Malmö']).encoding).toBe('unicode');
  });

  it('is decided by the column, not by a cell: Phó is a Vietnamese word as it stands', () => {
    expect(detectEncoding(['Phó']).encoding).toBe('unicode');
    expect(detectEncoding(['Phó', 'Thä', 'ViÖt Tr×']).encoding).toBe('tcvn3');
  });

  it('returns text that is not misread UTF-8 unchanged', () => {
    expect(toUnicode('Việt Trì', 'utf8_as_cp1252')).toBe('Việt Trì');
    expect(toUnicode('Ã', 'utf8_as_cp1252')).toBe('Ã');
  });

  it('knows a syllable from a string of letters', () => {
    for (const good of ['Phú', 'nghiêng', 'quốc', 'gì', 'giếng', 'huỳnh', 'ượt', 'Yên'])
      expect([good, isVietnameseSyllable(good)]).toEqual([good, true]);
    for (const bad of ['Thä', 'bàt', 'zoò', 'ngngh', 'hàtĩnh', ''])
      expect([bad, isVietnameseSyllable(bad)]).toEqual([bad, false]);
  });
});
