import { describe, expect, it } from 'vitest';
import type { SpotLevel } from '../../../../../server/contract/radio-path.ts';
import { byTechnology } from './state.ts';

const level = (technology: SpotLevel['technology'], operator: string, band_mhz: number, level_dbm: number) =>
  ({ technology, operator, band_mhz, level_dbm }) as SpotLevel;
const levels = [
  level('2G', 'ONE', 900, -80),
  level('4G', 'ONE', 1800, -70),
  level('4G', 'TWO', 1800, -95),
  level('4G', 'TWO', 900, -90),
  level('5G', 'ONE', 3500, -99),
];

const order = (subject: Parameters<typeof byTechnology>[1]): string[] =>
  byTechnology(levels, subject).map(
    ({ technology, items }) => `${technology}: ${items.map((item) => `${item.operator} ${item.band_mhz}`).join(', ')}`,
  );

describe('the levels at a spot', () => {
  it('begin with the technology and the operator looked at, the strongest first in each', () => {
    expect(order({ technology: '4G', operator: 'TWO' })).toEqual([
      '4G: TWO 900, TWO 1800, ONE 1800',
      '2G: ONE 900',
      '5G: ONE 3500',
    ]);
  });

  it('of any operator begin with the technology, the strongest first', () => {
    expect(order({ technology: '4G' })).toEqual(['4G: ONE 1800, TWO 900, TWO 1800', '2G: ONE 900', '5G: ONE 3500']);
  });

  it('keep the order of technologies where nothing of the one looked at reaches', () => {
    expect(order({ technology: '3G', operator: 'ONE' })[0]).toBe('2G: ONE 900');
  });
});
