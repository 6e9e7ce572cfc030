import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { sharedData } from '../../support/shared-data.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

const railways = sharedData('osm-2018', 'vp_railways.geojson');

describe('railways of a real map', () => {
  it('go in as candidate lines, once', async () => {
    const first = await importPath(database.revision, railways, {}, 'lines');
    expect(first).toMatchObject({ rows_read: 117, rows_refused: 0, tables: { candidate_line: { inserted: 117 } } });
    const again = await importPath(database.revision, railways, {}, 'lines');
    expect(again.tables).toMatchObject({ candidate_line: { inserted: 0, updated: 0 } });
    const rows = await database.db.query<{ kind: string; n: number; km: number }>(sql`
      select kind, count(*) as n, sum(st_length(geom::geography)) / 1000 as km from candidate_line group by kind`);
    expect(rows.map(({ kind, n }) => [kind, n])).toEqual([['rail', 117]]);
    expect(rows[0]?.km).toBeGreaterThan(50);
  });
});
