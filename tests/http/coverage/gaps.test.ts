import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GapList } from '../../../server/contract/index.ts';
import { startServerWithDatabase } from '../../support/server.ts';

type Server = Awaited<ReturnType<typeof startServerWithDatabase>>;

let server: Server;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

const question = 'operator=VINAPHONE&technology=4G';

async function gaps(parameters: string): Promise<GapList> {
  const { status, body } = await server.json<GapList>(`/api/v1/coverage/gaps?${parameters}`);
  expect(status, parameters).toBe(200);
  return body;
}

describe('gaps of an operator on 2026-01-01', () => {
  it('come with most people first, and page without repeating or leaving out any', async () => {
    const all = await gaps(`at=2026-01-01&${question}&limit=1000`);
    expect(all.items.length).toBe(all.numberMatched);
    expect(all.numberMatched).toBeGreaterThan(3);
    const people = all.items.map((gap) => gap.people);
    expect(people).toEqual([...people].sort((a, b) => b - a));
    const paged: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: GapList = await gaps(`at=2026-01-01&${question}&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      paged.push(...page.items.map((gap) => gap.id));
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(all.items.map((gap) => gap.id));
  });

  it('of a former district are those that reach into its last boundary, by another way of asking', async () => {
    const { items } = await gaps(`at=2026-01-01&${question}&district=240&limit=1000`);
    const expected = await server.context.db.query<{ id: number }>(sql`
      select g.id from gap g
        join coverage_run_at('2026-01-01') r on r.id = g.run_id
        join admin_unit u on u.level = 'district' and u.code = '240'
        join operator o on o.id = g.operator_id and o.code = 'VINAPHONE'
       where g.technology = '4G' and st_area(st_intersection(g.geom, u.geom)) > 0`);
    expect(items.length).toBeGreaterThan(0);
    expect(items.map((gap) => gap.id).sort()).toEqual(expected.map((row) => row.id).sort());
    const everywhere = await gaps(`at=2026-01-01&${question}&limit=1000`);
    expect(items.length).toBeLessThan(everywhere.numberMatched);
  });

  it('of any operator are white or grey, and each kind can be asked for', async () => {
    const both = await gaps('at=2026-01-01&technology=5G&limit=1000');
    const white = await gaps('at=2026-01-01&technology=5G&kind=white&limit=1000');
    const grey = await gaps('at=2026-01-01&technology=5G&kind=grey&limit=1000');
    expect(new Set(white.items.map((gap) => gap.kind))).toEqual(new Set(['white']));
    expect(new Set(grey.items.map((gap) => gap.kind))).toEqual(new Set(['grey']));
    expect(white.numberMatched + grey.numberMatched).toBe(both.numberMatched);
  });

  it('say when the figures are those of another day, and that the inventory was another', async () => {
    const own = await gaps(`at=2026-01-01&${question}`);
    expect(own.run).toMatchObject({ at: '2026-01-01', for_other_day: false, stale: false });
    const other = await gaps(`at=2020-12-31&${question}`);
    expect(other.run).toMatchObject({ at: '2008-12-31', for_other_day: true, stale: true });
  });

  it('of a district that there never was are an error, not an empty list', async () => {
    const { status } = await server.json(`/api/v1/coverage/gaps?at=2026-01-01&${question}&district=999`);
    expect(status).toBe(404);
  });
});
