import { expect, it } from 'vitest';
import { columnsOf, tableOf } from './table.ts';

interface Place {
  id: number;
  lon: number | null;
  lat: number;
  score: number;
}

const { column, tableOnly } = columnsOf<Place>();

it('degrees have seven decimals at most, in columns and in geometries; other numbers stay as they are', async () => {
  const places: Place[] = [
    { id: 1, lon: 105.16228903947969, lat: 21.0549903, score: 0.123456789 },
    { id: 2, lon: null, lat: 21.05, score: 1 },
  ];
  const table = tableOf<Place>({
    name: { vi: 'Nơi', en: 'Places' },
    columns: [
      tableOnly('lon', 'degrees', 12, 'Kinh độ', 'Longitude'),
      tableOnly('lat', 'degrees', 12, 'Vĩ độ', 'Latitude'),
      column('score', 'number', 8, 'Điểm', 'Score'),
    ],
    total: 2,
    rows: () => [places],
    id: ({ id }) => id,
    geometry: ({ lon, lat }) => (lon === null ? null : { type: 'LineString', coordinates: [[lon, lat]] }),
  });
  const rows = [];
  for await (const batch of table.rows('vi')) rows.push(...batch);
  expect(rows.map(({ values }) => values)).toEqual([
    [105.162289, 21.0549903, 0.123456789],
    [null, 21.05, 1],
  ]);
  expect(rows.map(({ geometry }) => geometry())).toEqual([
    '{"type":"LineString","coordinates":[[105.162289,21.0549903]]}',
    null,
  ]);
});
