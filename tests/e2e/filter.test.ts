import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommuneCoverageList, GapList, SiteList, Summary } from '../../server/contract/wire.ts';
import { getJson, type MapPage, openPage, openWorld, plain, type World } from './support.ts';

/** Map, list, counts and export go by one filter; everything long-lived is in the address. */

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Sites on the map for what the page has in its address, from the tile of the whole world. */
async function sitesOnMap(opened: MapPage): Promise<number> {
  const { VectorTile } = await import('@mapbox/vector-tile');
  const { PbfReader } = await import('pbf');
  const params = opened.query();
  for (const name of ['tab', 'layers', 'sel', 'view', 'lang']) params.delete(name);
  const response = await fetch(new URL(`tiles/sites/0/0/0.mvt?${params.toString()}`, world.url));
  if (response.status === 204) return 0;
  const layer = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers['sites'];
  return Array.from(
    { length: layer?.length ?? 0 },
    (_, index) => layer?.feature(index).properties['count'],
  ).reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 1), 0);
}

/** Presses the export button of a format and gives the file. */
async function exported(opened: MapPage, format: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    opened.page.waitForEvent('download'),
    opened.page.getByRole('link', { name: new RegExp(format) }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

describe('the one filter', () => {
  it('gives the same number of sites in the list, on the map and in the files', async () => {
    const opened = await openPage(world, '?tab=sites&at=2008-12-31');
    expect(await opened.listedSites()).toBe(400);
    await opened.page.getByLabel('Huyện', { exact: true }).selectOption('227');
    await opened.page.getByLabel('Doanh nghiệp').selectOption('VIETTEL');
    await opened.drawn();
    const listed = await opened.listedSites();
    expect(listed).toBeGreaterThan(0);
    expect(listed).toBeLessThan(60);
    expect(await sitesOnMap(opened)).toBe(listed);

    const csv = await exported(opened, 'CSV');
    const codes = new Set([...csv.text.matchAll(/\bPT\d{3}-\d{4}\b/g)].map((match) => match[0]));
    expect(codes.size).toBe(listed);
    const geojson = await exported(opened, 'GeoJSON');
    const collection: { features: unknown[] } = JSON.parse(geojson.text);
    expect(collection.features).toHaveLength(listed);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('says of a band or a least size that cannot be meant what is wrong with it', async () => {
    const opened = await openPage(world, '?tab=sites&band=900');
    const listed = await opened.listedSites();
    const band = opened.page.getByLabel('Băng tần (MHz)');
    await band.fill('90x');
    await opened.page.getByText(/^Số từ 1 đến 100\.000, .*\. Vẫn dùng 900$/).waitFor();
    expect(await band.getAttribute('aria-invalid')).toBe('true');
    await band.fill('1800');
    await expect.poll(() => opened.query().get('band')).toBe('1800');
    await expect.poll(() => opened.listedSites()).not.toBe(listed);
    await opened.page.goto(new URL('?tab=gaps', world.url).href);
    await opened.page.getByLabel('Từ số dân').fill('2,5');
    await opened.page.getByText('Số nguyên từ 1 đến 1.000.000').waitFor();
    await opened.page.getByLabel('Từ diện tích').fill('0');
    await opened.page.getByText(/^Số từ 0,001 đến 1\.000, /).waitFor();
    expect([opened.query().get('min_people'), opened.query().get('min_area_km2')]).toEqual([null, null]);
    await opened.close();
  });

  it('adds up to the province over its districts', async () => {
    const summary = await getJson<Summary>(world, '/summary?at=2008-12-31');
    expect(summary.by_district).toHaveLength(13);
    const opened = await openPage(world, '?tab=sites&at=2008-12-31');
    let sum = 0;
    for (const { code, sites } of summary.by_district) {
      if (code === null) continue;
      await opened.page.getByLabel('Huyện', { exact: true }).selectOption(code);
      await expect.poll(() => opened.query().get('district')).toBe(code);
      await expect.poll(() => opened.listedSites()).toBe(sites);
      sum += sites;
    }
    expect(sum).toBe(400);
    await opened.close();
  });

  it('is shown over the map and can be taken out there', async () => {
    const opened = await openPage(world, '?tab=connectivity&at=2008-12-31&operator=VIETTEL&district=227');
    const chips = opened.page.getByRole('group', { name: 'Đang lọc' });
    await expect.poll(() => chips.innerText()).toContain('Viettel');
    await chips.getByRole('button', { name: /Thành phố Việt Trì/ }).click();
    await expect.poll(() => opened.query().get('district')).toBeNull();
    await expect.poll(() => opened.query().get('operator')).toBe('VIETTEL');
    await opened.close();
  });

  it('says so when nothing matches, and offers no export', async () => {
    const opened = await openPage(world, '?tab=sites&at=2008-12-31&q=khongcogi');
    await opened.page.getByText('Không có vị trí trạm nào khớp').waitFor();
    expect(await opened.page.getByRole('link', { name: /CSV/ }).count()).toBe(0);
    await opened.close();
  });

  it('loads more of a long list as it is scrolled', async () => {
    const opened = await openPage(world, '?tab=sites&at=2008-12-31');
    const rows = opened.page.getByRole('list', { name: 'Danh sách vị trí trạm' }).getByRole('listitem');
    expect(await rows.count()).toBeLessThan(60);
    await expect
      .poll(
        async () => {
          await opened.page.locator('.tab-panel').evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
          return await rows.last().getAttribute('aria-posinset');
        },
        { timeout: 20_000 },
      )
      .toBe('400');
    await opened.close();
  });
});

describe('the list of gaps', () => {
  const query = 'at=2026-11-01&technology=4G&operator=MOBIFONE';

  it('is that of the district, also of an abolished one, and the map still opens every gap', async () => {
    const [province, district] = await Promise.all([
      getJson<GapList>(world, `/coverage/gaps?${query}`),
      getJson<GapList>(world, `/coverage/gaps?${query}&district=227`),
    ]);
    expect(district.numberMatched).toBeGreaterThan(0);
    expect(district.numberMatched).toBeLessThan(province.numberMatched);
    const inside = new Set(district.items.map((gap) => gap.id));
    const outside = province.items.find((gap) => !inside.has(gap.id));
    const opened = await openPage(world, `?tab=gaps&${query}&district=227&sel=gap:${outside?.id ?? 0}`);
    const rows = opened.page.getByRole('list', { name: 'Danh sách vùng lõm' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(district.numberMatched);
    await opened.details.getByRole('heading', { name: `Vùng lõm số ${outside?.rank}` }).waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('is loaded a page at a time until all are there, most people first', async () => {
    const all = await getJson<GapList>(world, `/coverage/gaps?${query}`);
    expect(all.numberMatched).toBeGreaterThan(20);
    const opened = await openPage(world, `?tab=gaps&${query}`, {
      // The demo has fewer gaps than a page: smaller pages.
      prepare: (page) =>
        page.route('**/coverage/gaps?*', (route) =>
          route.continue({ url: route.request().url().replace('limit=100', 'limit=20') }),
        ),
    });
    const rows = opened.page.getByRole('list', { name: 'Danh sách vùng lõm' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(20);
    const more = opened.page.getByRole('button', { name: 'Tải thêm' });
    while (await more.isVisible()) {
      const before = await rows.count();
      await more.click();
      await expect.poll(() => rows.count()).toBeGreaterThan(before);
    }
    const ranks = await rows.locator('.rank').allInnerTexts();
    expect(ranks.map(Number)).toEqual(all.items.map((gap) => gap.rank));
    await opened.close();
  });
});

describe('the vintage', () => {
  it('is switched from 277 communes to 66, and every site stands in one of them', async () => {
    const opened = await openPage(world, '?tab=coverage&at=2025-06-30&technology=4G');
    await opened.page.getByText('Địa giới 2009: 13 huyện, 277 xã').waitFor();
    await expect.poll(() => opened.page.locator('.figures-sortable tbody tr').count()).toBe(277);
    await opened.page.getByRole('button', { name: /Dữ liệu tại ngày/ }).click();
    await opened.page.getByRole('button', { name: /Địa giới 2025/ }).click();
    await expect.poll(() => opened.query().get('at')).toBe('2025-07-01');
    await opened.drawn();
    await expect.poll(() => opened.page.locator('.figures-sortable tbody tr').count()).toBe(66);
    await opened.page.getByText('Địa giới 2025: 66 xã').waitFor();
    for (const at of ['2025-06-30', '2025-07-01']) {
      const { counts, by_commune: communes } = await getJson<Summary>(world, `/summary?at=${at}`);
      for (const name of ['sites', 'stations', 'cells'] as const) {
        expect(communes.reduce((sum, commune) => sum + commune[name], 0)).toBe(counts[name]);
      }
    }
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('feeds map, legend and table from one answer', async () => {
    const query = 'at=2026-11-01&technology=5G&operator=MOBIFONE';
    const coverage = await getJson<CommuneCoverageList>(world, `/coverage/communes?${query}`);
    const opened = await openPage(world, `?tab=coverage&${query}`);
    const counts = await opened.page.locator('.legend-card .legend-coverage .legend-count').allInnerTexts();
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(coverage.items.length);
    const rows = opened.page.locator('.figures-sortable tbody tr');
    const lowest = [...coverage.items].sort((a, b) => (a.pct_pop ?? 101) - (b.pct_pop ?? 101))[0];
    const first = async () => plain(await rows.first().innerText());
    await expect.poll(first).toContain(`${lowest?.pct_pop === 0 ? '0' : ''} %`);
    await opened.page.getByRole('button', { name: /Sắp xếp theo % dân số/ }).click();
    const highest = Math.max(...coverage.items.map((item) => item.pct_pop ?? 0));
    const shown = highest.toLocaleString('vi-VN', { maximumFractionDigits: 1 });
    await expect.poll(first).toContain(`${shown} %`);
    await opened.close();
  });
});

describe('the address', () => {
  it('brings everything back after a reload', async () => {
    const { items } = await getJson<SiteList>(world, '/sites?at=2008-12-31&operator=VIETTEL&limit=1');
    const query = `?tab=sites&at=2008-12-31&operator=VIETTEL&layers=sites,communes&sel=site:${items[0]?.id}&view=11/105.3/21.35&lang=en`;
    const opened = await openPage(world, query);
    const before = new URL(opened.page.url()).search;
    expect(before).toBe(query);
    const heading = await opened.details.getByRole('heading').first().innerText();
    const listed = await opened.listedSites();
    await opened.page.reload();
    await opened.drawn();
    expect(new URL(opened.page.url()).search).toBe(before);
    await expect.poll(() => opened.details.getByRole('heading').first().innerText()).toBe(heading);
    expect(await opened.listedSites()).toBe(listed);
    await expect.poll(() => opened.page.getByLabel('Operator').inputValue()).toBe('VIETTEL');
    await opened.close();
  });

  it('goes back and forward step by step', async () => {
    const opened = await openPage(world, '?at=2008-12-31');
    await opened.tab('Vị trí trạm').click();
    await opened.page.getByLabel('Công nghệ').selectOption('2G');
    await opened.tab('Kết nối').click();
    await opened.page.goBack();
    await expect.poll(() => opened.tab('Vị trí trạm').getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => opened.page.getByLabel('Công nghệ').inputValue()).toBe('2G');
    await opened.page.goBack();
    await expect.poll(() => opened.page.getByLabel('Công nghệ').inputValue()).toBe('');
    await opened.page.goForward();
    await expect.poll(() => opened.page.getByLabel('Công nghệ').inputValue()).toBe('2G');
    await opened.close();
  });
});
