import { describe, expect, it } from 'vitest';
import { habitableGeojson } from './habitable-geojson.ts';
import { detectFormat } from './index.ts';
import { fileSource, readHead } from './source.ts';
import { fixture, readAll } from './test-support.ts';

const path = fixture('habitable_row_errors.geojson');

describe('habitable ground', () => {
  it('is only read when it is asked for: any polygons could be meant', async () => {
    const head = await readHead(fileSource(path));
    expect(detectFormat('dat.geojson', head)).toBeNull();
    expect(detectFormat('dat.geojson', head, 'habitable')?.id).toBe('habitable-geojson');
    expect(detectFormat('dat.geojson', head, 'sites')).toBeNull();
  });

  it('is the residential land of a map; other land is counted, what is no polygon is a row error', async () => {
    const { records, errors, rows, counts } = await readAll(habitableGeojson, path);
    expect(rows).toBe(6);
    expect(records.map(({ row, name }) => [row, name])).toEqual([
      [1, 'Khu dân cư Đồng Tiến'],
      [2, ''],
      [6, ''],
    ]);
    expect(errors.map(({ row, field, code }) => [row, field, code])).toEqual([
      [4, 'geometry', 'not_a_polygon'],
      [5, 'geometry', 'ring_without_area'],
    ]);
    expect(counts).toMatchObject({ not_residential_passed_over: 1, rings_rewound: 2 });
  });
});
