import { afterEach, describe, expect, it } from 'vitest';
import { en } from './en.ts';
import {
  formatArea,
  formatDay,
  formatDistance,
  formatLength,
  formatMoment,
  formatNumber,
  formatPercent,
} from './format.ts';
import { setLanguage, t, term } from './index.ts';
import { vi } from './vi.ts';

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

const asked = (messages: Record<string, string>) =>
  Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, placeholders(text)]));

describe('messages', () => {
  afterEach(() => setLanguage('vi'));

  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
  });

  it('ask for the same values in both languages', () => {
    expect(asked(en)).toEqual(asked(vi));
  });

  it('are in NFC, as labels and searches expect', () => {
    for (const text of Object.values(vi)) expect(text).toBe(text.normalize('NFC'));
  });

  it('write numbers in the format of the language', () => {
    expect(t('sites.matched', { count: 1234 })).toBe('1.234 vị trí trạm');
    setLanguage('en');
    expect(t('sites.matched', { count: 1234 })).toBe('Sites: 1,234');
  });

  it('fall back to the value itself for a term that has no message', () => {
    expect(term('status', 'active')).toBe('Đang hoạt động');
    expect(term('status', 'sleeping')).toBe('sleeping');
    expect(term('status', null)).toBe('–');
  });
});

describe('formats', () => {
  it('write numbers', () => {
    expect(formatNumber('vi', 1234.5, 1)).toBe('1.234,5');
    expect(formatNumber('en', 1234.5, 1)).toBe('1,234.5');
    expect(formatNumber('vi', null)).toBe('–');
  });

  it('never round a share to all or nothing', () => {
    expect(formatPercent('vi', 99.9996)).toBe('99,9 %');
    expect(formatPercent('en', 0.001)).toBe('0.1%');
    expect(formatPercent('vi', 100)).toBe('100 %');
    expect(formatPercent('en', 0)).toBe('0%');
    expect(formatPercent('vi', null)).toBe('–');
  });

  it('write days without moving them between time zones', () => {
    expect(formatDay('vi', '2008-12-31')).toBe('31/12/2008');
    expect(formatDay('en', '2008-12-31')).toBe('31 Dec 2008');
    expect(formatDay('vi', null)).toBe('–');
    expect(formatDay('vi', 'soon')).toBe('–');
  });

  it('write the day and hour of a moment as they are in Vietnam, seven hours ahead of UTC', () => {
    expect(formatDay('vi', '2026-11-23T16:59:59.999Z')).toBe('23/11/2026');
    expect(formatDay('vi', '2026-11-23T17:00:00.000Z')).toBe('24/11/2026');
    expect(formatDay('en', '2026-12-31T17:30:00Z')).toBe('1 Jan 2027');
    expect(formatMoment('vi', '2026-11-23T17:05:00Z')).toBe('24/11/2026 00:05');
    expect(formatMoment('en', '2026-11-23T05:40:00Z')).toBe('23 Nov 2026 12:40');
    expect(formatMoment('vi', '')).toBe('–');
  });

  it('write distances in metres, then in kilometres', () => {
    expect(formatDistance('vi', 849.6)).toBe('850 m');
    expect(formatDistance('vi', 12_345)).toBe('12,3 km');
    expect(formatDistance('en', null)).toBe('–');
  });

  it('write measured lengths to 10 m, areas in hectares, then in square kilometres', () => {
    expect(formatLength('vi', 849.6)).toBe('850 m');
    expect(formatLength('vi', 999.7)).toBe('1 km');
    expect(formatLength('vi', 111_195.08)).toBe('111,2 km');
    expect(formatLength('en', 12_345)).toBe('12.35 km');
    expect(formatArea('vi', 123_456)).toBe('12,35 ha');
    expect(formatArea('vi', 1_000_000)).toBe('1 km²');
    expect(formatArea('en', 12_363_700_000)).toBe('12,363.7 km²');
    expect([formatLength('vi', null), formatArea('vi', null)]).toEqual(['–', '–']);
  });
});
