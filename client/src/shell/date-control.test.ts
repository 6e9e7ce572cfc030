import { describe, expect, it } from 'vitest';
import { nearestDay, vintageYear } from './date-control.tsx';

const of2009 = { valid_from: '2007-04-09', valid_to: '2025-07-01', districts: 13, communes: 277 };
const of2025 = { valid_from: '2025-07-01', valid_to: null, districts: 0, communes: 66 };

describe('vintage switch', () => {
  it('names a vintage by its census or by the year it began', () => {
    expect([vintageYear(of2009), vintageYear(of2025)]).toEqual([2009, 2025]);
  });

  it('goes to the day nearest to the one shown', () => {
    expect(nearestDay(of2009, '2026-11-23')).toBe('2025-06-30');
    expect(nearestDay(of2025, '2008-12-31')).toBe('2025-07-01');
    expect(nearestDay(of2009, '2001-01-01')).toBe('2007-04-09');
  });

  it('stays where it is inside the vintage', () => {
    expect(nearestDay(of2009, '2008-12-31')).toBe('2008-12-31');
  });
});
