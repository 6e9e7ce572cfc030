import { describe, expect, it } from 'vitest';
import { dbmToWatt, readBoolean, readDate, readQuantity, readTime } from './values.ts';

describe('dates', () => {
  it.each([
    ['2008-12-31', '2008-12-31'],
    ['2008-12-31T00:00:00Z', '2008-12-31'],
    ['31/12/2008', '2008-12-31'],
    ['31/12/08', '2008-12-31'],
    ['1/2/99', '1999-02-01'],
    ['31-12-2008', '2008-12-31'],
    ['29.02.2008', '2008-02-29'],
    // Excel: day 39813 is 31 December 2008, day 45839 is 1 July 2025
    ['39813', '2008-12-31'],
    ['45839', '2025-07-01'],
  ])('%s', (raw, day) => {
    expect(readDate(raw)).toBe(day);
  });

  it.each(['', '12/31/2008', '29/02/2007', '2008-13-01', '2008', '31/12', 'hôm qua', '123456'])('%s is none', (raw) => {
    expect(readDate(raw)).toBeNull();
  });
});

describe('quantities', () => {
  it('come with their unit', () => {
    expect(readQuantity('42m')).toEqual({ value: 42, unit: 'm' });
    expect(readQuantity('42.5 M')).toEqual({ value: 42.5, unit: 'm' });
    expect(readQuantity('43 dBm')).toEqual({ value: 43, unit: 'dbm' });
    expect(readQuantity('-5')).toEqual({ value: -5, unit: '' });
    expect(readQuantity('4m2')).toBeNull();
    expect(readQuantity('m')).toBeNull();
  });

  it('dBm to watts: 30 dBm is 1 W, 43 dBm is 20 W', () => {
    expect(dbmToWatt(30)).toBe(1);
    expect(dbmToWatt(43)).toBeCloseTo(19.953, 3);
  });
});

describe('moments', () => {
  it.each([
    ['2025-11-10T08:30:15', '2025-11-10T01:30:15.000Z'],
    ['2025-11-10 00:30', '2025-11-09T17:30:00.000Z'],
    ['2025-11-10T08:30:15.25Z', '2025-11-10T08:30:15.250Z'],
    ['2025-11-10T08:30:15+0700', '2025-11-10T01:30:15.000Z'],
    ['2025-11-10 08:30:15 +00:00', '2025-11-10T08:30:15.000Z'],
    ['2025-11-10T08:30:15-03', '2025-11-10T11:30:15.000Z'],
    ['10/11/2025 8:05', '2025-11-10T01:05:00.000Z'],
  ])('%s is %s: without a zone, of Vietnam', (raw, moment) => {
    expect(readTime(raw)).toBe(moment);
  });

  it.each([
    '',
    '2025-11-10',
    '2025-02-30T08:00',
    '2025-11-10T24:00',
    '2025-11-10T08:60',
    '08:30',
    '2025-11-10T08:30+7',
  ])('%s is no moment', (raw) => {
    expect(readTime(raw)).toBeNull();
  });
});

describe('yes and no', () => {
  it('in both languages', () => {
    expect(['true', 'Có', 'X', '1'].map(readBoolean)).toEqual([true, true, true, true]);
    expect(['false', 'Không', '0'].map(readBoolean)).toEqual([false, false, false]);
    expect(['', 'maybe'].map(readBoolean)).toEqual([null, null]);
  });
});
