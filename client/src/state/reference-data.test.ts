import { describe, expect, it } from 'vitest';
import { dayBefore, districtDay, isInVintage } from './reference-data.ts';

const of2009 = { valid_from: '2007-04-09', valid_to: '2025-07-01', districts: 13, communes: 277 };
const of2025 = { valid_from: '2025-07-01', valid_to: null, districts: 0, communes: 66 };

describe('vintages', () => {
  it('ends a vintage on the day before the next begins', () => {
    expect(isInVintage(of2009, '2025-06-30')).toBe(true);
    expect(isInVintage(of2009, '2025-07-01')).toBe(false);
    expect(isInVintage(of2025, '2025-07-01')).toBe(true);
  });

  it('reads districts on the day itself while they exist', () => {
    expect(districtDay([of2025, of2009], '2008-12-31')).toBe('2008-12-31');
  });

  it('reads the last valid districts after the level was abolished', () => {
    expect(districtDay([of2025, of2009], '2026-01-01')).toBe('2025-06-30');
  });

  it('has no districts before the first vintage', () => {
    expect(districtDay([of2025, of2009], '2001-01-01')).toBeNull();
  });

  it('steps back over a month and a leap day', () => {
    expect(dayBefore('2025-07-01')).toBe('2025-06-30');
    expect(dayBefore('2008-03-01')).toBe('2008-02-29');
  });
});
