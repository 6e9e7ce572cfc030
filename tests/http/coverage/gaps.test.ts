import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommuneCoverageList, GapList } from '../../../server/contract/index.ts';
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

  describe('that are not listed', () => {
    const notListed = async (parameters: string) => (await gaps(`at=2026-01-01&${parameters}`)).not_listed;

    it('are summed up by operator, technology and kind, with the least area of what is listed', async () => {
      const [both, white, grey] = await Promise.all(
        ['technology=5G', 'technology=5G&kind=white', 'technology=5G&kind=grey'].map(notListed),
      );
      expect(both?.least_km2).toBe(0.1);
      expect(both?.too_small.patches).toBeGreaterThan(0);
      for (const part of ['too_small', 'doubtful'] as const) {
        expect((white?.[part].people ?? 0) + (grey?.[part].people ?? 0)).toBe(both?.[part].people);
        expect((white?.[part].area_km2 ?? 0) + (grey?.[part].area_km2 ?? 0)).toBeCloseTo(both?.[part].area_km2 ?? 0, 6);
      }
      expect((white?.too_small.patches ?? 0) + (grey?.too_small.patches ?? 0)).toBe(both?.too_small.patches);
    });

    it('are with the list all the people that are not covered, wherever every commune is known', async () => {
      const known = await server.context.db.query<{ operator: string | null; technology: string }>(sql`
        select o.code as operator, c.technology from coverage_commune c
          join coverage_run_at('2026-01-01') r on r.id = c.run_id
          left join operator o on o.id = c.operator_id
         where c.scope <> 'at_least_two' group by 1, 2 having bool_and(c.status <> 'unknown')`);
      let [small, doubtful] = [0, 0];
      for (const { operator, technology } of known) {
        const subject = `technology=${technology}${operator ? `&operator=${operator}` : ''}`;
        const { items, not_listed } = await gaps(
          `at=2026-01-01&${subject}&kind=${operator ? 'gap' : 'white'}&limit=1000`,
        );
        const { body } = await server.json<CommuneCoverageList>(`/api/v1/coverage/communes?at=2026-01-01&${subject}`);
        const listed = items.reduce((sum, gap) => sum + gap.people, 0);
        const { population, people_covered } = body.totals;
        const rest = (not_listed?.too_small.people ?? Number.NaN) + (not_listed?.doubtful.people ?? 0);
        expect(listed + rest, subject).toBe(population - people_covered);
        small += not_listed?.too_small.people ?? 0;
        doubtful += not_listed?.doubtful.people ?? 0;
      }
      expect(known.length).toBeGreaterThan(5);
      expect(small).toBeGreaterThan(0);
      expect(doubtful).toBeGreaterThan(0);
    });

    it('are not told of a narrower question, nor where a run did not sum them', async () => {
      expect(await notListed(`${question}&min_area_km2=0.05`)).toEqual(await notListed(question));
      for (const narrower of ['district=240', 'min_people=10', 'min_area_km2=0.2'])
        expect(await notListed(`${question}&${narrower}`), narrower).toBeNull();
      await server.context.db.query(
        sql`delete from unlisted_gaps u using coverage_run_at('2026-01-01') r where u.run_id = r.id and u.technology = '2G'`,
      );
      expect(await notListed('operator=VINAPHONE&technology=2G')).toBeNull();
      expect((await gaps('at=1990-01-01')).not_listed).toBeNull();
    });
  });

  it('of a district that there never was are an error, not an empty list', async () => {
    const { status } = await server.json(`/api/v1/coverage/gaps?at=2026-01-01&${question}&district=999`);
    expect(status).toBe(404);
  });
});
