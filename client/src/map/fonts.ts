import latin from '@fontsource/noto-sans/files/noto-sans-latin-500-normal.woff2?url';
import vietnamese from '@fontsource/noto-sans/files/noto-sans-vietnamese-500-normal.woff2?url';
import type { FontFacesSpecification } from 'maplibre-gl';
import { labelFont } from './style.ts';

const vietnameseRanges = [
  'U+0102-0103',
  'U+0110-0111',
  'U+0128-0129',
  'U+0168-0169',
  'U+01A0-01A1',
  'U+01AF-01B0',
  'U+0300-0301',
  'U+0303-0304',
  'U+0308-0309',
  'U+0323',
  'U+1EA0-1EF9',
];

/** Labels are drawn by the browser from the font files of our own server; there is no glyph server. */
export function labelFontFaces(base: string): FontFacesSpecification {
  const at = (path: string): string => new URL(path, base).href;
  return {
    [labelFont]: [
      { url: at(vietnamese), 'unicode-range': vietnameseRanges },
      { url: at(latin), 'unicode-range': ['U+0000-00FF', 'U+2000-206F'] },
    ],
  };
}
