import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectNetworkNodes, selectNetworkSpans } from '../../../server/domains/connectivity/queries.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  await db.query(sql`insert into fibre_network (code, name) values ('N', 'Net')`);
  await db.query(sql`
    insert into fibre_node (network_id, code, geom, status)
    select w.id, n.code, st_setsrid(st_makepoint(n.lon, 21.3), 4326), n.status
      from fibre_network w, (values ('A', 105.1, 'operational'), ('GONE', 105.2, 'decommissioned'), ('NEVER', 105.3, 'decommissioned'))
           as n (code, lon, status)`);
  await db.query(sql`
    insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m, status, valid_from, valid_to)
    select a.network_id, s.code, a.id, b.id, st_makeline(a.geom, b.geom), 1000, s.status, s.since::date, s.until::date
      from (values ('ENDED', 'A', 'GONE', 'decommissioned', '1998-12-01', '2010-05-31'),
                   ('UNDATED', 'A', 'NEVER', 'decommissioned', '1998-12-01', null)) as s (code, start, finish, status, since, until)
      join fibre_node a on a.code = s.start join fibre_node b on b.code = s.finish`);
});
afterAll(() => database.close());

describe('the status of a span on a day', () => {
  it.each([
    ['decommissioned', '2010-05-31', '2010-05-30', 'operational'],
    ['decommissioned', '2010-05-31', '2010-05-31', 'decommissioned'],
    ['decommissioned', null, '2008-12-31', 'decommissioned'],
    ['planned', '2010-05-31', '2008-12-31', 'planned'],
    ['operational', null, '2008-12-31', 'operational'],
  ])('of one %s until %s is, on %s, %s', async (status, until, at, expected) => {
    const [row] = await database.db.query<{ status: string }>(
      sql`select span_status_at(${status}::text, ${until}::date, ${at}::date) as status`,
    );
    expect(row?.status).toBe(expected);
  });
});

describe('the network of a day', () => {
  const statusesOf = async (at: string) =>
    Object.fromEntries((await selectNetworkSpans(database.db, at)).map(({ id, status }) => [id, status]));
  const codes = async (at: string) => (await selectNetworkNodes(database.db, at)).map(({ code }) => code);

  it('has a span that ended later in operation, with both its nodes', async () => {
    expect(Object.values(await statusesOf('2008-12-31'))).toEqual(['operational', 'decommissioned']);
    expect(await codes('2008-12-31')).toEqual(['A', 'GONE']);
  });

  it('has neither after its last day, nor before its first', async () => {
    expect(Object.values(await statusesOf('2010-05-31'))).toEqual(['decommissioned']);
    expect(await codes('2010-05-31')).toEqual(['A']);
    expect(await codes('1998-11-30')).toEqual([]);
  });

  it('is that of tiles and of the nearest span', async () => {
    const of = (at: string) =>
      database.db.query<{ code: string; status: string }>(sql`
        select code, status from tile_rows_spans(${at}::date, null) union all
        select code, status from tile_rows_nodes(${at}::date, null) order by code`);
    expect(await of('2008-12-31')).toEqual([
      { code: 'A', status: 'operational' },
      { code: 'ENDED', status: 'operational' },
      { code: 'GONE', status: 'operational' },
      { code: 'NEVER', status: 'decommissioned' },
      { code: 'UNDATED', status: 'decommissioned' },
    ]);
    const nearest = (at: string) =>
      database.db.query<{ code: string }>(
        sql`select code from nearest_fibre_span(st_setsrid(st_makepoint(105.1, 21.3), 4326), ${at}::date)`,
      );
    expect(await nearest('2008-12-31')).toEqual([{ code: 'ENDED' }]);
    expect(await nearest('2010-05-31')).toEqual([]);
  });
});
