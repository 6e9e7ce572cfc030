import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CommuneCoverageList,
  CommuneEvidence,
  DisagreementList,
  GapItem,
  GapList,
  MeasurementList,
} from '../../server/contract/index.ts';
import { violations } from './axe.ts';
import { getJson, type MapPage, openPage, openWorld, plain, vietnamese, type World } from './support.ts';

/** What stands behind a figure of coverage: evidence, disagreements, gaps, files. */

const day = '2026-11-01';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Presses the link of a format and gives the file as text. */
async function downloaded(opened: MapPage, format: string): Promise<string> {
  const [download] = await Promise.all([
    opened.page.waitForEvent('download'),
    opened.page.getByRole('link', { name: new RegExp(format) }).click(),
  ]);
  return await readFile(await download.path(), 'utf8');
}

const csvRows = (text: string): number => text.trim().split('\r\n').length - 1;

describe('the card of a commune', () => {
  it('has numerators and denominators of the three rules and the error band in words', async () => {
    const query = `at=${day}&technology=5G`;
    const { items } = await getJson<CommuneCoverageList>(world, `/coverage/communes?${query}`);
    const item = items.find(({ status }) => status === 'partial');
    const opened = await openPage(world, `?tab=coverage&${query}&sel=commune:${item?.id}`);
    const card = async () => plain(await opened.details.innerText());
    await expect
      .poll(card)
      .toContain(`(${vietnamese(item?.people_covered ?? -1)} / ${vietnamese(item?.population ?? -1)})`);
    await expect
      .poll(card)
      .toContain(`(${vietnamese(item?.area_covered_km2 ?? -1, 1)} / ${vietnamese(item?.area_km2 ?? -1, 1)} km²)`);
    const [low, high] = [item?.people_low ?? 0, item?.people_high ?? 0];
    await expect
      .poll(card)
      .toContain(
        low === high ? 'không phụ thuộc số liệu mặc định' : `từ ${vietnamese(low)} đến ${vietnamese(high)} người`,
      );
    await expect.poll(card).toContain(item?.centre_covered ? 'Trung tâm được phủ Có' : 'Trung tâm được phủ Không');
    await opened.close();
  });

  it('says why a commune is unknown', async () => {
    const query = `at=${day}&technology=5G`;
    const { items } = await getJson<CommuneCoverageList>(world, `/coverage/communes?${query}`);
    const unknown = items.find(({ unknown_reason }) => unknown_reason === 'doubtful_site');
    const opened = await openPage(world, `?tab=coverage&${query}&sel=commune:${unknown?.id}`);
    await opened.details.getByText('có trạm toạ độ chưa tin cậy').first().waitFor();
    if (!unknown?.people_at_least || !unknown.population) throw new Error('nothing of the commune is certain');
    const certain = `chắc chắn ít nhất ${vietnamese(unknown.people_at_least)} / ${vietnamese(unknown.population)}`;
    await opened.details.getByText(certain).waitFor();
    const hidden = items.filter(({ status }) => status === 'unknown');
    const people = hidden.reduce((sum, { people_at_least }) => sum + (people_at_least ?? 0), 0);
    const totals = opened.page.locator('.coverage-totals');
    await totals.getByText(`Trong đó chắc chắn được phủ ít nhất ${vietnamese(people)} người`).waitFor();
    await opened.close();
  });

  it('sets modelled, declared and measured side by side, and marks what does not agree', async () => {
    const { items } = await getJson<DisagreementList>(
      world,
      `/coverage/disagreements?at=${day}&kind=modelled_not_measured&limit=1`,
    );
    const [found] = items;
    if (!found) throw new Error('the demo has no disagreement of measurements');
    const { operator, technology, commune_id } = found;
    const evidence = await getJson<CommuneEvidence>(world, `/coverage/communes/${commune_id}?at=${day}`);
    const row = evidence.items.find((item) => item.operator === operator && item.technology === technology);
    const opened = await openPage(
      world,
      `?tab=coverage&at=${day}&sel=commune:${commune_id}&evidence=${operator}/${technology}`,
    );
    const table = opened.details.getByRole('table', { name: 'Tính toán, khai báo và đo kiểm' });
    await table.locator('.coverage-disagreement').first().waitFor();
    const text = async () => plain(await table.innerText());
    await expect.poll(text).toContain(`${row?.measured?.below} / ${row?.measured?.points} dưới ngưỡng`);
    await expect.poll(text).toContain('Tính là đạt, đo dưới ngưỡng');
    // One row an operator × technology and the unions, and the headings of the technologies.
    await expect.poll(() => table.locator('tbody th[scope=row]').count()).toBe(evidence.items.length);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('disagreements', () => {
  it('are counted and filtered by kind; a press shows the commune with its measured points', async () => {
    const [all, measured] = await Promise.all([
      getJson<DisagreementList>(world, `/coverage/disagreements?at=${day}&limit=1`),
      getJson<DisagreementList>(world, `/coverage/disagreements?at=${day}&kind=modelled_not_measured&limit=1`),
    ]);
    expect(measured.numberMatched).toBeGreaterThan(0);
    expect(measured.numberMatched).toBeLessThan(all.numberMatched);
    const opened = await openPage(world, `?tab=coverage&section=disagreements&at=${day}`);
    await opened.page.getByRole('heading', { name: `${vietnamese(all.numberMatched)} chỗ không khớp` }).waitFor();
    await opened.page.getByRole('radio', { name: 'Đo kiểm' }).check();
    await opened.page.getByRole('heading', { name: `${vietnamese(measured.numberMatched)} chỗ không khớp` }).waitFor();
    const [first] = measured.items;
    if (!first) throw new Error('no disagreement');
    await opened.page.getByRole('list', { name: 'Danh sách không khớp' }).getByRole('button').first().click();
    await opened.details.getByRole('heading', { name: new RegExp(first.commune_name) }).waitFor();
    await opened.drawn();
    const points = await getJson<MeasurementList>(
      world,
      `/coverage/measurements?at=${day}&operator=${first.operator}&technology=${first.technology}&commune=${first.commune_code}&limit=1000`,
    );
    const legend = opened.page.getByRole('list', { name: 'Điểm đo kiểm' });
    const counts = (await legend.locator('.legend-count').allInnerTexts()).map(Number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(points.numberMatched);
    const threshold = first.threshold_dbm ?? 0;
    expect((counts[2] ?? 0) + (counts[3] ?? 0)).toBe(points.items.filter((p) => p.level_dbm < threshold).length);
    const [zoom = 0] = (opened.query().get('view') ?? '0').split('/').map(Number);
    expect(zoom).toBeGreaterThan(9.5);
    await expect.poll(() => opened.query().get('evidence')).toBe(`${first.operator}/${first.technology}`);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('gaps', () => {
  const query = `at=${day}&technology=4G&operator=MOBIFONE`;

  it('below the least size are left out of list, count and address', async () => {
    const all = await getJson<GapList>(world, `/coverage/gaps?${query}&kind=gap&limit=1000`);
    const people = Math.max(2, all.items[Math.floor(all.items.length / 3)]?.people ?? 2);
    const large = await getJson<GapList>(world, `/coverage/gaps?${query}&kind=gap&min_people=${people}`);
    expect(large.numberMatched).toBeLessThan(all.numberMatched);
    const opened = await openPage(world, `?tab=gaps&${query}`);
    const rest = all.not_listed?.too_small;
    expect(rest?.patches).toBeGreaterThan(0);
    const [patches, inside] = [rest?.patches, rest?.people].map((value) => value?.toLocaleString('vi-VN'));
    const notListed = opened.page.getByText(
      new RegExp(`Không liệt kê: ${patches} vùng dưới 0,1 km² \\(tổng cộng [\\d,.]+ km², ${inside} người\\)`),
    );
    await notListed.waitFor();
    await opened.page.getByLabel('Từ số dân').fill(String(people));
    await expect.poll(() => opened.query().get('min_people')).toBe(String(people));
    await opened.page.getByRole('heading', { name: `${large.numberMatched} vùng lõm` }).waitFor();
    // With sizes asked for the sentence would not be the rest of this list.
    expect(await notListed.count()).toBe(0);
    await opened.close();
  });

  it('have details by their id alone: villages, nearest site and node', async () => {
    const { items } = await getJson<GapList>(world, `/coverage/gaps?${query}&limit=1`);
    const [gap] = items;
    const detail = await getJson<GapItem>(world, `/coverage/gaps/${gap?.id}`);
    const asked: string[] = [];
    const opened = await openPage(world, `?at=${day}&sel=gap:${gap?.id}`, {
      prepare: async (page) => {
        page.on('request', (request) => asked.push(request.url()));
      },
    });
    const card = async () => plain(await opened.details.innerText());
    await expect.poll(card).toContain(`Vùng lõm số ${detail.rank}`);
    await expect.poll(card).toContain(detail.nearest_site_code ?? 'Trạm gần nhất');
    await expect.poll(card).toContain(detail.nearest_node_code ?? 'Nút cáp gần nhất');
    if (detail.village_count) await expect.poll(card).toContain(`${detail.village_count} thôn`);
    expect(asked.filter((url) => url.includes('/coverage/gaps?'))).toEqual([]);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('files of coverage', () => {
  it.each([
    [
      `?tab=coverage&at=${day}&technology=5G&operator=MOBIFONE`,
      `/coverage/communes?at=${day}&technology=5G&operator=MOBIFONE`,
    ],
    [`?tab=coverage&section=disagreements&at=${day}`, `/coverage/disagreements?at=${day}&limit=1`],
    [
      `?tab=gaps&at=${day}&technology=5G&operator=MOBIFONE`,
      `/coverage/gaps?at=${day}&technology=5G&operator=MOBIFONE&kind=gap`,
    ],
  ])('have as many rows as the list: %s', async (query, path) => {
    const { numberMatched } = await getJson<{ numberMatched: number }>(world, path);
    const opened = await openPage(world, query);
    expect(csvRows(await downloaded(opened, 'CSV'))).toBe(numberMatched);
    const geojson: { features: unknown[] } = JSON.parse(await downloaded(opened, 'GeoJSON'));
    expect(geojson.features).toHaveLength(numberMatched);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('coverage for everyone', () => {
  it.each([
    [`?tab=coverage&section=disagreements&at=${day}`, false],
    [`?tab=coverage&section=units&rule=area&at=${day}&lang=en`, false],
    [`?tab=coverage&paint=bands&at=${day}&technology=4G`, true],
    [`?tab=gaps&at=${day}&technology=4G&operator=MOBIFONE&min_people=10`, true],
  ])('has no serious finding and fits the screen: %s', async (query, isPhone) => {
    const opened = await openPage(world, query, { isPhone });
    expect(await violations(opened)).toEqual([]);
    const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(isPhone ? 390 : 1400);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('shows the evidence of a commune on a phone without a serious finding', async () => {
    const { items } = await getJson<CommuneCoverageList>(world, `/coverage/communes?at=${day}&technology=4G`);
    const opened = await openPage(world, `?tab=coverage&at=${day}&technology=4G&sel=commune:${items[0]?.id}`, {
      isPhone: true,
    });
    await opened.details.getByRole('table', { name: 'Tính toán, khai báo và đo kiểm' }).waitFor();
    expect(await violations(opened)).toEqual([]);
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await opened.close();
  });

  it('is chosen by the keyboard alone', async () => {
    const opened = await openPage(world, `?tab=coverage&at=${day}&technology=5G`);
    await opened.page.getByRole('radio', { name: 'Dân số', exact: true }).focus();
    await opened.page.keyboard.press('ArrowRight');
    await expect.poll(() => opened.query().get('rule')).toBe('area');
    await opened.page.keyboard.press('ArrowLeft');
    await expect.poll(() => opened.query().get('rule')).toBeNull();
    await opened.close();
  });

  it('says what is wrong when a list cannot be had, and tries again when asked', async () => {
    let isBroken = true;
    const opened = await openPage(world, `?tab=coverage&section=disagreements&at=${day}`, {
      prepare: (page) =>
        page.route('**/coverage/disagreements?*', (route) =>
          isBroken
            ? route.fulfill({ status: 500, json: { title: 'x', status: 500, detail: 'Không đọc được.' } })
            : route.continue(),
        ),
    });
    await opened.page.getByRole('alert').getByText('Không đọc được.').waitFor();
    isBroken = false;
    await opened.page.getByRole('button', { name: 'Thử lại' }).click();
    await opened.page.getByRole('heading', { name: /chỗ không khớp/ }).waitFor();
    await opened.close();
  });
});
