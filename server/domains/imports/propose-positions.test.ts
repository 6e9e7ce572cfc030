import { describe, expect, it } from 'vitest';
import { otherReadings } from './propose-positions.ts';

const PROVINCE = [104.8, 20.9, 105.5, 21.75] as const;
const read = (first: number, second: number) => otherReadings({ first, second, commune_code: null }, PROVINCE);

describe('other readings of a position', () => {
  it('are the exchanged degrees where only those lie in the province', () => {
    expect(read(21.322, 105.402)).toEqual([{ lon: 105.402, lat: 21.322, reading: 'with lon and lat exchanged' }]);
    expect(read(105.402, 21.322)).toEqual([]);
    expect(read(0, 0)).toEqual([]);
  });

  it('are the zones of VN-2000 whose metres lie in the province, in both orders', () => {
    // Check point of the province's zone: lon 105.402, lat 21.322 is E 567440.3135 N 2358740.1389 in EPSG:9208.
    const [own, ...others] = read(567440.3135, 2358740.1389);
    expect(own?.reading).toBe('as VN-2000 EPSG:9208');
    expect(own?.lon).toBeCloseTo(105.402, 6);
    expect(own?.lat).toBeCloseTo(21.322, 6);
    expect(others).toEqual([]);
    expect(read(2358740.1389, 567440.3135).map(({ reading }) => reading)).toEqual([
      'as VN-2000 EPSG:9208 with the two columns exchanged',
    ]);
  });

  it('are several where zones cannot be told apart', () => {
    // lon 104.95 in EPSG:9208; the same easting in EPSG:5897 (105°00′) is a quarter of a degree farther east, and UTM 48N (105°) near that.
    expect(read(520575.1624, 2339571.4123).map(({ reading }) => reading)).toEqual([
      'as VN-2000 EPSG:9208',
      'as VN-2000 EPSG:5897',
      'as VN-2000 EPSG:3405',
    ]);
  });
});
