import { describe, expect, it } from 'vitest';
import { projectToVn2000, unprojectFromVn2000, VN2000_SYSTEMS } from './vn2000.ts';

describe('VN-2000', () => {
  it.each([
    [105.402, 21.322, 9208, 567440.3135, 2358740.1389],
    [105.402, 21.322, 5897, 541505.8122, 2358653.7068],
    [104.95, 21.15, 9208, 520575.1624, 2339571.4123],
  ])('lon %d lat %d in EPSG:%d, and back', (lon, lat, srid, easting_m, northing_m) => {
    const at = projectToVn2000(lon, lat, srid);
    expect(Math.abs(at.easting_m - easting_m)).toBeLessThan(0.0002);
    expect(Math.abs(at.northing_m - northing_m)).toBeLessThan(0.0002);
    const back = unprojectFromVn2000({ easting_m, northing_m }, srid);
    expect(Math.abs(back.lon - lon)).toBeLessThan(1e-8);
    expect(Math.abs(back.lat - lat)).toBeLessThan(1e-8);
  });

  it('has the 20 systems, each with the false easting near its own meridian', () => {
    expect(VN2000_SYSTEMS).toHaveLength(20);
    for (const system of VN2000_SYSTEMS) {
      // The datum shift alone moves a point by less than 250 m from the meridian.
      expect(Math.abs(projectToVn2000(system.central_meridian, 16, system.srid).easting_m - 500_000)).toBeLessThan(250);
    }
  });

  it('refuses other systems', () => {
    expect(() => projectToVn2000(105, 21, 32648)).toThrow('EPSG:32648 is not a VN-2000 projected system');
  });
});
