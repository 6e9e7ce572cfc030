import type { LineString, MultiLineString } from 'geojson';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FibreNodeItem, TopologyList } from '../../../server/contract/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { EDIT_TOKEN, startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: false });
  const { db } = server.database;
  await db.query(sql`insert into fibre_network (code, name) values ('sea', 'Sea')`);
  await db.query(sql`
    insert into fibre_node (network_id, code, kind, geom)
    select w.id, row.code, 'site', st_setsrid(st_makepoint(row.lon, 21), 4326) from fibre_network w, (values ('W', 179.9), ('E', -179.9), ('HERE', 105)) row (code, lon)`);
  await db.query(sql`
    insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m)
    select a.network_id, a.code || '-' || b.code, a.id, b.id, st_makeline(a.geom, b.geom), 20750 from fibre_node a, fibre_node b
     where (a.code, b.code) in (('W', 'E'), ('HERE', 'W'))`);
  await server.context.revision.refresh();
});
afterAll(() => server.close());

type Course = LineString | MultiLineString;
async function courses(): Promise<Map<string, Course>> {
  const { body } = await server.json<{ features: { id: number; geometry: Course; properties: { code: string } }[] }>(
    '/api/v1/fibre/spans',
    { headers: { Accept: 'application/geo+json' } },
  );
  for (const { id, geometry } of body.features)
    expect((await server.json<{ geometry: Course }>(`/api/v1/fibre/spans/${id}`)).body.geometry).toEqual(geometry);
  return new Map(body.features.map(({ geometry, properties }) => [properties.code, geometry]));
}

async function repair(kind: string): Promise<void> {
  const { body } = await server.json<TopologyList>('/api/v1/connectivity/topology');
  const keys = body.items.flatMap((item) => (item.kind === kind ? [item.key] : []));
  const done = await server.json<{ applied: number }>('/api/v1/connectivity/topology/repairs', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${EDIT_TOKEN}` },
    body: JSON.stringify({ keys }),
  });
  expect(done.body.applied).toBe(1);
}

describe('a span across the antimeridian', () => {
  const cut = {
    type: 'MultiLineString',
    coordinates: [
      [
        [179.9, 21],
        [180, 21],
      ],
      [
        [-180, 21],
        [-179.9, 21],
      ],
    ],
  };

  it('is given in two parts within ±180°, before and after its repair; one that does not cross is a line', async () => {
    expect((await courses()).get('W-E')).toEqual(cut);
    await repair('crosses_antimeridian');
    const [stored] = await server.database.db.query<{ east: number }>(
      sql`select st_xmax(geom) as east from fibre_span where code = 'W-E'`,
    );
    expect(stored?.east).toBeCloseTo(180.1, 9);
    const after = await courses();
    expect(after.get('W-E')).toEqual(cut);
    expect(after.get('HERE-W')).toEqual({
      type: 'LineString',
      coordinates: [
        [105, 21],
        [179.9, 21],
      ],
    });
  });

  it('gets a new joint at its end within ±180°', async () => {
    await server.database.db.query(sql`
      update fibre_node set geom = st_setsrid(st_makepoint(-170, 25), 4326) where code = 'E'`);
    await server.context.revision.refresh();
    await repair('end_far_from_node');
    const { body } = await server.json<{ items: FibreNodeItem[] }>('/api/v1/fibre/nodes');
    expect(body.items.find(({ code }) => code === 'W-E/end')).toMatchObject({ lon: -179.9, lat: 21 });
  });
});
