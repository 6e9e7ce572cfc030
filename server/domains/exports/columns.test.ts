import { describe, expect, it } from 'vitest';
import type { Language } from '../../platform/language.ts';
import { siteColumns } from './columns.ts';
import type { SiteRow } from './queries.ts';
import { readable } from './table.ts';
import { siteRow } from './testing/site-row.ts';

function shown(key: string, language: Language, changes: Partial<SiteRow> = {}): string | number | null {
  const column = siteColumns.find((each) => each.key === key);
  if (!column) throw new Error(`no column ${key}`);
  return readable(column, column.value(siteRow(changes), language), language);
}

describe('columns of the site list', () => {
  it('has one name and one header in each language per column', () => {
    for (const texts of [
      siteColumns.map(({ key }) => key),
      siteColumns.map(({ header }) => header.vi),
      siteColumns.map(({ header }) => header.en),
    ]) {
      expect(new Set(texts).size).toBe(siteColumns.length);
      expect(texts.every((text) => text.trim() !== '')).toBe(true);
    }
  });

  it('begins with the number and the code and ends with signature and remark, to be filled in by hand', () => {
    expect(siteColumns.slice(0, 2).map(({ key }) => key)).toEqual(['no', 'code']);
    expect(siteColumns.slice(-2).map(({ header }) => header.vi)).toEqual(['Ký xác nhận', 'Ghi chú']);
    expect([shown('signature', 'vi'), shown('remark', 'vi')]).toEqual([null, null]);
  });

  it('gives VN-2000 X as north and Y as east, at the published check point', () => {
    expect(shown('vn2000_x_north_m', 'vi')).toBeCloseTo(2_358_740.1389, 3);
    expect(shown('vn2000_y_east_m', 'vi')).toBeCloseTo(567_440.3135, 2);
    expect(shown('vn2000_epsg', 'vi')).toBe(9208);
  });

  it('writes degrees with the letters of the language: B and Đ are N and E', () => {
    expect([shown('lat_dms', 'vi'), shown('lon_dms', 'vi')]).toEqual(['21°19′19.20″B', '105°24′07.20″Đ']);
    expect([shown('lat_dms', 'en'), shown('lon_dms', 'en')]).toEqual(['21°19′19.20″N', '105°24′07.20″E']);
  });

  it('says codes and booleans in words, joins lists, keeps numbers and ISO dates', () => {
    expect(shown('status', 'vi')).toBe('Đang hoạt động');
    expect(shown('position_flag', 'en', { position_flag: 'commune_centroid' })).toBe('commune centroid');
    expect([shown('shared', 'vi'), shown('shared', 'en', { shared: false })]).toEqual(['Có', 'no']);
    expect(shown('operators', 'en')).toBe('MOBIFONE; VIETTEL');
    expect(shown('certificate_days_left', 'vi')).toBe(-5);
    expect(shown('certificate_expires', 'vi')).toBe('2012-04-08');
    expect(shown('equipment', 'vi', { equipment: [] })).toBeNull();
  });
});
