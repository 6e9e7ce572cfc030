import { describe, expect, it } from 'vitest';
import { foldText, shownPlaces } from './place-filter.ts';

const places = [
  { code: '08104', name: 'Xã Hạ Hoà', district_name: 'Huyện Hạ Hoà', status: 'none' },
  { code: '07909', name: 'Phường Tiên Cát', district_name: 'Thành phố Việt Trì', status: 'single' },
  { code: 'PT230-0001', name: 'Đoan Hùng', district_name: null, status: 'dual' },
] as const;
const codes = (filter: Parameters<typeof shownPlaces>[1]): string[] =>
  shownPlaces(places, filter).map(({ code }) => code);

describe('the list of places', () => {
  it('is whole without a filter', () => {
    expect(codes({ reach: null, text: '  ' })).toHaveLength(3);
  });

  it('is searched without diacritics in name, code and district', () => {
    expect(foldText('ĐOAN HÙNG, Thị xã Phú Thọ')).toBe('doan hung, thi xa phu tho');
    expect(codes({ reach: null, text: 'doan hung' })).toEqual(['PT230-0001']);
    expect(codes({ reach: null, text: 'viet tri' })).toEqual(['07909']);
    expect(codes({ reach: null, text: 'pt230' })).toEqual(['PT230-0001']);
  });

  it('takes only what passes both conditions', () => {
    expect(codes({ reach: 'none', text: '' })).toEqual(['08104']);
    expect(codes({ reach: 'none', text: 'viet tri' })).toEqual([]);
  });
});
