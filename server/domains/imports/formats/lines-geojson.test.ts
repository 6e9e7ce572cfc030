import { describe, expect, it } from 'vitest';
import { detectFormat } from './index.ts';
import { linesGeojson } from './lines-geojson.ts';
import { bufferSource } from './source.ts';
import { collect } from './test-support.ts';

const line = (coordinates: number[][]) => ({ type: 'LineString', coordinates });
const course = [
  [105.3, 21.3],
  [105.4, 21.35],
];
const feature = (properties: object, geometry: object | null) => ({ type: 'Feature', properties, geometry });
const file = {
  type: 'FeatureCollection',
  features: [
    feature({ fclass: 'rail', name: 'Đường sắt Hà Nội – Lào Cai' }, line(course)),
    feature({ highway: 'primary' }, { type: 'MultiLineString', coordinates: [course, [...course].reverse()] }),
    feature({ power: 'line' }, line(course)),
    feature({ highway: 'steps' }, line(course)),
    feature({}, line(course)),
    feature({ highway: 'primary' }, { type: 'Point', coordinates: [105.3, 21.3] }),
    feature({ highway: 'primary' }, line([[105.3, 21.3]])),
  ],
};

describe('lines to lay cable along', () => {
  it('are only read when they are asked for: any lines could be meant', () => {
    const head = Buffer.from(JSON.stringify(file));
    expect(detectFormat('duong.geojson', head)).toBeNull();
    expect(detectFormat('duong.geojson', head, 'lines')?.id).toBe('lines-geojson');
  });

  it('are roads, railways and power lines by their class; parts count one by one, what is no line is a row error', async () => {
    const { records, errors, rows, counts } = await collect(
      linesGeojson.read(bufferSource('duong.geojson', JSON.stringify(file))),
    );
    expect(rows).toBe(7);
    expect(records.map(({ row, kind }) => [row, kind])).toEqual([
      [1, 'rail'],
      [2, 'road'],
      [2, 'road'],
      [3, 'power'],
      [5, 'other'],
    ]);
    expect(records[0]?.name).toBe('Đường sắt Hà Nội – Lào Cai');
    expect(errors.map(({ row, field }) => [row, field])).toEqual([
      [6, 'geometry'],
      [7, 'geometry'],
    ]);
    expect(counts).toEqual({ unusable_passed_over: 1 });
  });
});
