import { readFileSync } from 'node:fs';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CommuneCoverageList,
  type SiteList,
  type Summary,
  summary as summarySchema,
  technologies,
} from '../../../server/contract/index.ts';
import { projectPath } from '../../../server/platform/paths.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

async function summaryAt(at: string): Promise<Summary> {
  const { status, body } = await server.json<Summary>(`/api/v1/summary?at=${at}`);
  expect(status).toBe(200);
  summarySchema.parse(body);
  return body;
}

type Counts = Pick<Summary['counts'], 'sites' | 'stations' | 'cells'>;
function sumOf(groups: readonly Counts[]): Counts {
  const sum = (name: keyof Counts): number => groups.reduce((total, group) => total + group[name], 0);
  return { sites: sum('sites'), stations: sum('stations'), cells: sum('cells') };
}

/** Written without the shared filter or any function of the project. */
async function countedByHand(at: string): Promise<Counts> {
  const [row] = await server.database.db.query<Counts>(sql`
    with live as (select id from site where valid_from <= ${at}::date and (valid_to is null or valid_to > ${at}::date)
                     and (status in ('active', 'suspended') or (status = 'removed' and valid_to > ${at}::date))),
    on_air as (select t.id from station t join live s on s.id = t.site_id
                where t.commissioned <= ${at}::date and (t.decommissioned is null or t.decommissioned > ${at}::date))
    select (select count(*) from live) as sites, (select count(*) from on_air) as stations,
           (select count(*) from cell c join on_air t on t.id = c.station_id
             where c.valid_from <= ${at}::date and (c.valid_to is null or c.valid_to > ${at}::date)) as cells`);
  if (!row) throw new Error('no row');
  return row;
}

describe('the province at the end of 2008', () => {
  const at = '2008-12-31';

  it('has 400 sites, and 13 of 13 district centres on fibre', async () => {
    const summary = await summaryAt(at);
    expect(summary.counts.sites).toBe(400);
    expect(summary.district_centres).toEqual({ total: 13, on_fibre: 13, dual: 6 });
    expect(summary.communes.total).toBe(277);
    expect(summary.synthetic).toBe(true);
  });

  it('counts the communes covered in any technology, and leaves out those of which it is not known, as the lists do', async () => {
    const { communes } = await summaryAt(at);
    const statuses = new Map<string, Set<string>>();
    for (const technology of technologies) {
      const { body } = await server.json<CommuneCoverageList>(
        `/api/v1/coverage/communes?at=${at}&technology=${technology}`,
      );
      for (const { code, status } of body.items) {
        statuses.set(code, (statuses.get(code) ?? new Set()).add(status));
      }
    }
    const all = [...statuses.values()];
    expect(all).toHaveLength(communes.total);
    expect(communes.covered).toBe(all.filter((one) => one.has('covered')).length);
    expect(communes.unknown).toBe(all.filter((one) => !one.has('covered') && one.has('unknown')).length);
  });

  it('counts sites, stations and cells as three different things', async () => {
    const { counts } = await summaryAt(at);
    expect(counts).toEqual(await countedByHand(at));
    expect(counts.stations).toBeGreaterThan(counts.sites);
    expect(counts.cells).toBeGreaterThan(counts.stations);
  });

  it('states every figure of the yearly report', async () => {
    const report = JSON.parse(
      readFileSync(projectPath('fixtures', 'demo', 'figures', 'province-2008.json'), 'utf8'),
    ) as Record<string, unknown>;
    const { indicators } = await summaryAt(at);
    const told = new Map(indicators.filter((item) => item.kind === 'reported').map((item) => [item.indicator, item]));
    const flat = (value: unknown, name: string): [string, unknown][] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, part]) => flat(part, `${name}.${key}`))
        : [[name, value]];
    const figures = Object.entries(report)
      .filter(([name]) => name !== 'note' && name !== 'as_of')
      .flatMap(([name, value]) => flat(value, name));
    expect(figures.length).toBeGreaterThan(25);
    for (const [name, value] of figures) {
      const item = told.get(name);
      expect([name, item?.value === value || item?.text_value === value], name).toEqual([name, true]);
    }
  });

  it('reaches 33 of 44 state agencies by network and broadband, counted from the agencies', async () => {
    const { indicators } = await summaryAt(at);
    const computed = (name: string): number | null | undefined =>
      indicators.find((item) => item.kind === 'computed' && item.indicator === name)?.value;
    expect(computed('state_agencies_with_lan_and_adsl.connected')).toBe(33);
    expect(computed('state_agencies_with_lan_and_adsl.total')).toBe(44);
  });
});

describe.each(['2008-12-31', '2008-12-30', '2015-06-30', '2025-06-30', '2025-07-01', '2026-01-01'])('at %s', (at) => {
  it('every grouping adds up to the same totals, each site in exactly one unit of each level', async () => {
    const summary = await summaryAt(at);
    expect(summary.counts).toEqual(await countedByHand(at));
    expect(sumOf(summary.by_commune)).toEqual(summary.counts);
    expect(sumOf(summary.by_district)).toEqual(summary.counts);
    expect(summary.by_district).toHaveLength(13);
    expect(summary.by_commune).toHaveLength(at < '2025-07-01' ? 277 : 66);
    expect(sumOf(summary.by_operator)).toMatchObject({
      stations: summary.counts.stations,
      cells: summary.counts.cells,
    });
    expect(sumOf(summary.by_technology)).toMatchObject({ cells: summary.counts.cells });
  });
});

describe('the same inventory under two vintages', () => {
  it('400 sites are 400 by 13 districts and by 66 communes of 2025', async () => {
    const rows = await server.database.db.query<{
      vintage: string;
      communes: number;
      sites: number;
      pairs: number;
    }>(sql`
      select u.valid_from as vintage, count(distinct u.id) as communes, count(distinct s.id) as sites, count(*) as pairs
        from site s join site_commune sc on sc.site_id = s.id join admin_unit u on u.id = sc.commune_id
       where is_valid_at(s.valid_from, s.valid_to, '2008-12-31') group by u.valid_from order by 1`);
    expect(rows.map(({ vintage, sites, pairs }) => ({ vintage, sites, pairs }))).toEqual([
      { vintage: '2007-04-09', sites: 400, pairs: 400 },
      { vintage: '2025-07-01', sites: 400, pairs: 400 },
    ]);
  });

  it('is grouped by 66 communes with the same total as by the old districts', async () => {
    const summary = await summaryAt('2026-01-01');
    expect(summary.by_commune.map((group) => group.code)).not.toContain(null);
    expect(sumOf(summary.by_commune).sites).toBe(summary.counts.sites);
    expect(sumOf(summary.by_district).sites).toBe(summary.counts.sites);
    expect(summary.counts.sites).toBe(1_382);
    expect(summary.counts.stations).toBe(2_001);
    expect(summary.notes.join()).toMatch(/bãi bỏ từ ngày 2025-07-01/);
  });
});

describe('the inventory of 2008 in the communes of 2025', () => {
  it('has the same totals in 66 groups', async () => {
    const { body } = await server.json<Summary>('/api/v1/summary?at=2008-12-31&vintage=2025-07-01');
    expect(body.by_commune).toHaveLength(66);
    expect(sumOf(body.by_commune)).toEqual(body.counts);
    expect(body.counts.sites).toBe(400);
    expect(body.vintage?.valid_from).toBe('2025-07-01');
    expect(body.communes.total).toBe(277);
  });
});

describe('a district that was abolished', () => {
  it('is resolved by its last boundary, and the answer says so', async () => {
    const { body: now } = await server.json<SiteList>('/api/v1/sites?at=2026-01-01&district=227&limit=1000');
    expect(now.district_note).toMatch(/227.*bãi bỏ từ ngày 2025-07-01/);
    const { body: inEnglish } = await server.json<SiteList>('/api/v1/sites?at=2026-01-01&district=227&limit=1', {
      headers: { 'accept-language': 'en' },
    });
    expect(inEnglish.district_note).toMatch(/227.*abolished on 2025-07-01/);
    expect(now.numberMatched).toBeGreaterThan(0);
    const { body: then } = await server.json<SiteList>('/api/v1/sites?at=2025-06-30&district=227&limit=1');
    expect(then.district_note).toBeNull();
  });

  it('with its twelve neighbours has every site once', async () => {
    const { by_district, counts } = await summaryAt('2026-01-01');
    const ids = new Set<number>();
    let rows = 0;
    for (const { code } of by_district) {
      const { body } = await server.json<SiteList>(`/api/v1/sites?at=2026-01-01&district=${code}&limit=1000`);
      expect(body.items).toHaveLength(body.numberMatched);
      rows += body.items.length;
      for (const item of body.items) ids.add(item.id);
    }
    expect(rows).toBe(counts.sites);
    expect(ids.size).toBe(counts.sites);
  });
});
