import { describe, expect, it } from 'vitest';
import { boundariesGeojson } from './boundaries-geojson.ts';
import { fileSource, readHead } from './source.ts';
import { readAll, sharedFile } from './test-support.ts';

describe('real boundary files', () => {
  it('the 277 communes of 2009, with figures and parents', async () => {
    const path = sharedFile('admin/phu-tho-communes-2009.geojson');
    expect(boundariesGeojson.detect(path, await readHead(fileSource(path)))).toBe(true);
    const { records, errors, counts } = await readAll(boundariesGeojson, path);
    expect(errors).toEqual([]);
    expect(records).toHaveLength(277);
    expect(counts['rings_rewound']).toBe(278);
    expect(new Set(records.map((record) => record.parent_code)).size).toBe(13);
    const typeCount = (type: string) => records.filter((record) => record.type === type).length;
    expect([typeCount('Xã'), typeCount('Phường'), typeCount('Thị trấn')]).toEqual([248, 18, 11]);
    expect(records.find((record) => record.code === '07903')).toMatchObject({
      level: 'commune',
      name: 'Phường Tiên Cát',
      parent_code: '227',
      parent_name: 'Thành phố Việt Trì',
      province_code: '25',
      population: { 2009: 13_500, 2019: 15_995 },
      households: { 2019: 4_620 },
      valid_from: '2007-04-09',
      valid_to: '2025-07-01',
    });
    expect(
      records.every((record) =>
        record.geometry?.coordinates.every(([ring]) => ring && turns(ring) === 'counter-clockwise'),
      ),
    ).toBe(true);
  });

  it('the 148 communes of 2025, with their 265,824 vertices', async () => {
    const path = sharedFile('admin/phu-tho-communes-2025.geojson');
    expect(boundariesGeojson.detect(path, await readHead(fileSource(path)))).toBe(true);
    const { records, errors, counts } = await readAll(boundariesGeojson, path, { province_code: '25' });
    expect(errors).toEqual([]);
    expect(records).toHaveLength(148);
    expect(counts['vertices']).toBe(265_824);
    expect(records[0]).toMatchObject({
      code: '04792',
      name: 'Phường Tân Hoà',
      type: 'Phường',
      parent_code: '25',
      valid_from: '2025-07-01',
      valid_to: null,
    });
  });
});

/** Direction of a ring by the sum over its edges, not by the code under test. */
function turns(ring: number[][]): string {
  const sum = ring.slice(1).reduce((total, [x = 0, y = 0], index) => {
    const [px = 0, py = 0] = ring[index] ?? [];
    return total + (x - px) * (y + py);
  }, 0);
  return sum > 0 ? 'clockwise' : 'counter-clockwise';
}
