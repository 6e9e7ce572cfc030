import { describe, expect, it } from 'vitest';
import { boundariesGeojson } from './boundaries-geojson.ts';
import { bufferSource } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';

describe('own boundaries', () => {
  it('have rings closed and rewound, names composed, villages as points', async () => {
    const { records, errors, rows, counts } = await readAll(
      boundariesGeojson,
      fixture('boundaries_rings_mended.geojson'),
    );
    expect(errors).toEqual([]);
    expect(rows).toBe(3);
    expect(counts).toEqual({ rings_closed: 1, rings_rewound: 2, vertices: 10 });
    expect(records[0]).toMatchObject({
      level: 'commune',
      name: 'Xã Hoà Bình',
      type: 'Xã',
      population: { 2009: 100 },
      valid_to: null,
    });
    const rings = records[0]?.geometry?.coordinates[0] ?? [];
    expect(rings.map(turns)).toEqual(['counter-clockwise', 'clockwise']);
    expect(rings.map((ring) => ring[0]?.join() === ring.at(-1)?.join())).toEqual([true, true]);
    expect(records[1]).toMatchObject({
      level: 'village',
      geometry: null,
      centre: { type: 'Point', coordinates: [105.05, 21.05] },
    });
    expect(records[2]).toMatchObject({
      geometry: null,
      centre: { coordinates: [105.5, 21.5] },
      valid_from: '2025-07-01',
      synthetic: true,
    });
  });

  it('give a row error for each bad feature, and the others go on', async () => {
    const { records, errors } = await readAll(boundariesGeojson, fixture('boundaries_row_errors.geojson'));
    expect(records.map((record) => record.code)).toEqual(['1', '17']);
    expect(errors.map((error) => [error.row, error.field, error.code])).toEqual([
      [2, 'code', 'duplicate_unit'],
      [3, 'code', 'missing'],
      [4, 'level', 'unknown_level'],
      [5, 'geometry', 'lat_lon_swapped'],
      [6, 'geometry', 'metres_not_degrees'],
      [7, 'geometry', 'ring_too_short'],
      [8, 'geometry', 'ring_without_area'],
      [9, 'geometry', 'not_a_polygon'],
      [10, 'geometry', 'not_a_position'],
      [11, 'geometry', 'no_geometry'],
      [12, 'properties', 'unknown_members'],
      [13, 'valid_from', 'bad_date'],
      [14, 'valid_to', 'date_order'],
      [15, 'geometry', 'empty_geometry'],
      [16, 'geometry', 'out_of_range'],
    ]);
    expect(errors[3]).toMatchObject({ value: '[21,105]', proposal: '[105, 21]' });
  });
});

describe('files that are no boundaries', () => {
  it('are refused with one clear sentence', async () => {
    await expect(readAll(boundariesGeojson, fixture('boundaries_truncated.geojson'))).rejects.toThrow(
      /"boundaries_truncated.geojson" is not valid JSON: /,
    );
    await expect(readAll(boundariesGeojson, fixture('boundaries_wrong_crs.geojson'))).rejects.toThrow(
      /EPSG::9208; GeoJSON must be in WGS 84/,
    );
    await expect(readAll(boundariesGeojson, 'no/such/file.geojson')).rejects.toThrow(
      'There is no file "no/such/file.geojson"',
    );
    await expect(readText('')).rejects.toThrow('"x.geojson" is empty');
    await expect(readText('{"type":"Point"}')).rejects.toThrow('"x.geojson" is not a GeoJSON FeatureCollection');
    await expect(readText(Buffer.from([0x50, 0x4b, 3, 4, 0]))).rejects.toThrow(
      '"x.geojson" is a ZIP archive or an Excel workbook, not a text file',
    );
    await expect(readText(Buffer.from('{"a":"Ph\u00fa"}', 'latin1'))).rejects.toThrow(
      '"x.geojson" is not valid UTF-8 text',
    );
    await expect(
      readText('{"type":"FeatureCollection","features":[]}', 'x.geojson', { max_bytes: 10 }),
    ).rejects.toThrow(/larger than the limit/);
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

function readText(text: string | Buffer, name = 'x.geojson', options = {}) {
  return collect(boundariesGeojson.read(bufferSource(name, text), options));
}
