import { pointOnFeature, polygon, area as turfArea } from '@turf/turf';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  PlannedChange,
  SiteDetail,
  SiteList,
  SuggestResult,
  WhatIfRequest,
  WhatIfResult,
} from '../../server/contract/index.ts';
import { violations } from './axe.ts';
import { colourDistance, coloursAt } from './pixels.ts';
import { getJson, type MapPage, openPage, openWorld, type View, viewQuery, type World } from './support.ts';

/** What if: changes placed, dragged, typed and undone, with the figures of the server beside them. */

const day = '2026-11-01';
/** An operator that leaves much of the province uncovered. */
const operator = 'VIETNAMOBILE';
const subject = { operator, technology: '4G', at: day } as const;
const view: View = { zoom: 10, lon: 105.2, lat: 21.35 };
const query = `?tab=planning&operator=${operator}&technology=4G&at=${day}&${viewQuery(view)}`;
/** Free ground right of the legend. */
const spot = { x: 600, y: 300 };
/** The first question of a day makes the levels of the whole province ready. */
const firstLimit = { timeout: 90_000 };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(new URL(`api/v1${path}`, world.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const answer: T = await response.json();
  return answer;
}

const whatIf = (...changes: PlannedChange[]): Promise<WhatIfResult> =>
  post<WhatIfResult>('/coverage/what-if', { ...subject, changes, area: true } satisfies WhatIfRequest);

/** The figure of people that is shown, once it is that of the changes as they are. */
async function freshPeople(page: Page): Promise<number> {
  await page.locator('.plan-result[data-fresh=true]').waitFor(firstLimit);
  return Number(await page.locator('[data-figure=people]').getAttribute('data-value'));
}

async function typed(page: Page): Promise<{ lon: number; lat: number }> {
  const [lat, lon] = [await page.getByLabel('Vĩ độ').inputValue(), await page.getByLabel('Kinh độ').inputValue()];
  return { lon: Number(lon), lat: Number(lat) };
}

async function placeCandidate(opened: MapPage, at = spot): Promise<{ lon: number; lat: number }> {
  await opened.page.getByRole('button', { name: 'Đặt trạm mới' }).click();
  await opened.clickMap(at);
  await opened.page.locator('.change-open').waitFor();
  return await typed(opened.page);
}

/** The number of the open change, not the slider beside it. */
const heightOf = (page: Page) => page.locator('.change-open').getByRole('textbox', { name: 'Độ cao ăng ten (m)' });

/** Chooses a site of the inventory by its code. */
async function chooseSite(page: Page, code: string): Promise<void> {
  const search = page.getByRole('combobox', { name: 'Tìm vị trí trạm theo mã hoặc tên' });
  await search.fill(code);
  await page.locator('.site-chooser [role=option]', { hasText: code }).waitFor();
  await search.press('Enter');
}

const mast = { kind: 'add', antenna_height_m: 45 } as const;

/** Places inside the larger parts of an area. */
const placesIn = (area: WhatIfResult['gained']): { lon: number; lat: number }[] =>
  (area?.coordinates ?? [])
    .map((rings) => polygon(rings))
    .sort((a, b) => turfArea(b) - turfArea(a))
    .slice(0, 8)
    .map((part) => {
      const [lon = 0, lat = 0] = pointOnFeature(part).geometry.coordinates;
      return { lon, lat };
    });

describe('a new site', () => {
  it('is placed by a click, says what the server says of it, and draws the area gained', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    await page.getByText('không có gì trong dữ liệu kiểm kê bị thay đổi').waitFor();
    const before = await opened.picture();
    const place = await placeCandidate(opened);
    const people = await freshPeople(page);
    const expected = await whatIf({ ...mast, ...place });
    expect(people).toBe(expected.delta.people);
    expect(people).toBeGreaterThan(0);
    const shown = () => page.getByRole('region', { name: 'Kết quả giả định' }).innerText();
    for (const value of [expected.before.people_covered, expected.after.people_covered, people]) {
      await expect.poll(shown).toContain(value.toLocaleString('vi-VN'));
    }
    for (const warning of expected.warnings) await expect.poll(() => page.getByText(warning).count()).toBe(1);
    await page.getByText(`Xã có thay đổi: ${expected.communes.length}`).click();
    const gain = ({ people_before, people_after }: (typeof expected.communes)[number]): number =>
      (people_after ?? 0) - (people_before ?? 0);
    const [first] = [...expected.communes].sort((a, b) => gain(b) - gain(a));
    await page.getByRole('rowheader', { name: first?.name ?? '?', exact: true }).waitFor();

    await opened.drawn();
    const inside = await opened.spots(view, placesIn(expected.gained));
    const [was, is] = await Promise.all([
      coloursAt(world.browser, before, inside),
      opened.picture().then((picture) => coloursAt(world.browser, picture, inside)),
    ]);
    const moved = is.filter((colour, index) => colourDistance(colour, was[index] ?? colour) > 25);
    expect(moved.length).toBeGreaterThan(0);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('is dragged on the map, and the figure follows; undoing takes the whole drag back', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    const from = await placeCandidate(opened);
    const first = await freshPeople(page);
    const box = await page.locator('.map canvas').boundingBox();
    const start = { x: (box?.x ?? 0) + spot.x, y: (box?.y ?? 0) + spot.y };
    await opened.drawn();
    await page.mouse.move(start.x, start.y);
    const tip = page.locator('.tip');
    const said = ({ lat, lon }: typeof from): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
    await tip.getByText(said(from)).waitFor();
    await page.mouse.down();
    for (let step = 1; step <= 12; step++) await page.mouse.move(start.x + step * 6, start.y - step * 7);
    // What was said of the old place does not stay there.
    expect(await tip.count()).toBe(0);
    await page.mouse.up();
    await expect.poll(() => typed(page)).not.toEqual(from);
    const to = await typed(page);
    await opened.drawn();
    await page.mouse.move(start.x + 73, start.y - 84);
    await tip.getByText(said(to)).waitFor();
    // 72 pixels of 512 · 2¹⁰ for the whole world.
    expect(to.lon - from.lon).toBeCloseTo((72 / (512 * 2 ** view.zoom)) * 360, 3);
    expect(to.lat).toBeGreaterThan(from.lat);
    const second = await freshPeople(page);
    expect(second).toBe((await whatIf({ ...mast, ...to })).delta.people);
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect.poll(() => typed(page)).toEqual(from);
    await expect.poll(() => freshPeople(page), firstLimit).toBe(first);
    await expect.poll(() => opened.query().get('view')).toBe(viewQuery(view).replace('view=', ''));
    await opened.close();
  });

  it('is placed, moved, typed and raised with the keyboard alone, in English, and outlives a reload', async () => {
    const opened = await openPage(world, `${query}&lang=en`);
    const { page } = opened;
    await page.getByRole('button', { name: 'Place a new site' }).press('Enter');
    await page.locator('.map canvas').press('Enter');
    const [lat, lon] = [page.getByLabel('Latitude'), page.getByLabel('Longitude')];
    await expect.poll(() => lon.inputValue()).toBe(view.lon.toFixed(5));
    await page.getByRole('button', { name: 'Move north' }).press('ArrowRight');
    // 100 m at 21.35° north.
    const east = (100 / (6_371_008.8 * Math.cos((view.lat * Math.PI) / 180))) * (180 / Math.PI);
    await expect.poll(async () => Number(await lon.inputValue()) - view.lon).toBeCloseTo(east, 4);
    await page.getByRole('button', { name: 'Move north' }).press('Enter');
    await expect.poll(async () => Number(await lat.inputValue()) - view.lat).toBeCloseTo(0.0009, 4);
    await lat.fill('21,3');
    await lat.press('Enter');
    await page.getByRole('slider', { name: 'Antenna height (m)' }).press('ArrowRight');
    await page.getByText('46 m').first().waitFor();
    const at = { lon: Number(await lon.inputValue()), lat: 21.3 };
    const expected = await whatIf({ ...mast, ...at, antenna_height_m: 46 });
    await expect.poll(() => freshPeople(page), firstLimit).toBe(expected.delta.people);
    await lat.fill('north');
    await page.getByText('Decimal degrees, at most ±90').waitFor();

    await page.reload();
    await opened.drawn();
    await page.getByText('List of changes (1)').waitFor();
    await expect.poll(() => freshPeople(page), firstLimit).toBe(expected.delta.people);
    await opened.close();
  });
});

describe('a height that no antenna has', () => {
  const reason = 'Số từ 1 đến 350, viết liền, không dấu phân cách hàng nghìn';

  it('is marked, with the reason and the height that the figure is still of', async () => {
    const heights = new Set<number | undefined>();
    const opened = await openPage(world, query, {
      prepare: async (page) => {
        page.on('request', (request) => {
          if (!request.url().endsWith('/coverage/what-if')) return;
          const { changes }: WhatIfRequest = request.postDataJSON();
          for (const change of changes) heights.add(change.kind === 'add' ? change.antenna_height_m : undefined);
        });
      },
    });
    const { page } = opened;
    await placeCandidate(opened);
    await freshPeople(page);
    const height = heightOf(page);
    for (const text of ['4200', '0', '-3', '']) {
      await height.fill(text);
      await height.press('Tab');
      await page.getByText(`${reason}. Vẫn dùng 45`).waitFor();
      expect(await height.getAttribute('aria-invalid'), text).toBe('true');
      expect(await height.inputValue()).toBe(text);
    }
    expect(await violations(opened)).toEqual([]);
    await height.fill('62,5');
    await height.press('Enter');
    await page.locator('.change-open').getByText('62,5 m').waitFor();
    await freshPeople(page);
    expect(await height.getAttribute('aria-invalid')).toBe('false');
    expect(await page.getByText(reason).count()).toBe(0);
    expect([...heights]).toEqual([45, 62.5]);
    await opened.close();
  });

  it('is marked for the antenna of a site that stands, too', async () => {
    const { items } = await getJson<SiteList>(world, `/sites?at=${day}&operator=${operator}&technology=4G&limit=1`);
    const opened = await openPage(world, query);
    const { page } = opened;
    await chooseSite(page, items[0]?.code ?? '?');
    await page.getByRole('button', { name: 'Đổi độ cao ăng ten' }).click();
    const before = await heightOf(page).inputValue();
    await heightOf(page).fill('4200');
    await heightOf(page).press('Enter');
    await page.getByText(`${reason}. Vẫn dùng ${before}`).waitFor();
    expect(await heightOf(page).getAttribute('aria-invalid')).toBe('true');
    await opened.close();
  });
});

describe('a site of the inventory', () => {
  it('is found by its code, switched off, and what is lost is counted; a mast of another operator is offered to share', async () => {
    const { items } = await getJson<SiteList>(world, `/sites?at=${day}&operator=${operator}&technology=4G&limit=5`);
    const [own] = items;
    const all = await getJson<SiteList>(world, `/sites?at=${day}&operator=VIETTEL&limit=200`);
    const foreign = all.items.find((site) => !site.operators.includes(operator));
    if (!own || !foreign) throw new Error('the demo has no such sites');
    const opened = await openPage(world, query);
    const { page } = opened;
    await chooseSite(page, own.code);
    await page.getByRole('button', { name: 'Tắt sóng' }).click();
    const off = await whatIf({ kind: 'off', site_id: own.id });
    await expect.poll(() => freshPeople(page), firstLimit).toBe(off.delta.people);
    expect(off.delta.people).toBeLessThanOrEqual(0);

    await chooseSite(page, foreign.code);
    await page.getByRole('button', { name: 'Lắp tại vị trí có sẵn' }).click();
    await page.getByText('Danh sách thay đổi (2)').waitFor();
    const detail = await getJson<SiteDetail>(world, `/sites/${foreign.id}?at=${day}`);
    const height = Number(await heightOf(page).inputValue());
    const heights = detail.station_details.flatMap(({ cells }) => cells.map((cell) => cell.antenna_height_m));
    expect(heights).toContain(height);
    const both = await whatIf(
      { kind: 'off', site_id: own.id },
      { kind: 'add', site_id: foreign.id, antenna_height_m: height },
    );
    await expect.poll(() => freshPeople(page)).toBe(both.delta.people);
    await page.getByRole('button', { name: /^Bỏ thay đổi: Tắt sóng/ }).click();
    await page.getByText('Danh sách thay đổi (1)').waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('changes under another operator', () => {
  it('stay, say for whom they were planned and for whom they are computed now, and lead back', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    const place = await placeCandidate(opened);
    await freshPeople(page);
    const note = page.locator('.plan-networks');
    await expect.poll(() => note.innerText()).toBe('');
    await page.getByLabel('Doanh nghiệp').selectOption('MOBIFONE');
    const sentence = 'Số thay đổi được lập cho 4G · Vietnamobile: 1. Nay chúng được tính cho 4G · MobiFone';
    await note.getByText(sentence).waitFor();
    const other = { ...subject, operator: 'MOBIFONE', changes: [{ ...mast, ...place }], area: true };
    const expected = await post<WhatIfResult>('/coverage/what-if', other satisfies WhatIfRequest);
    await expect.poll(() => freshPeople(page), firstLimit).toBe(expected.delta.people);
    await page.reload();
    await note.getByText(sentence).waitFor();
    expect(await violations(opened)).toEqual([]);
    await page.getByRole('button', { name: 'Trở lại 4G · Vietnamobile' }).click();
    await expect.poll(() => note.innerText()).toBe('');
    expect(opened.query().get('operator')).toBe(operator);
    await opened.close();
  });
});

describe('a figure that is not the newest', () => {
  it('is marked until the newest is there, and an older answer never follows', async () => {
    let held = 0;
    const opened = await openPage(world, query, {
      prepare: (page) =>
        page.route('**/coverage/what-if', async (route) => {
          const body: WhatIfRequest = route.request().postDataJSON();
          const [change] = body.changes;
          const isOld = change?.kind === 'add' && change.antenna_height_m === 60;
          if (isOld) {
            held += 1;
            await new Promise((resolve) => setTimeout(resolve, 2_500));
          }
          await route.continue().catch(() => undefined);
        }),
    });
    const { page } = opened;
    const place = await placeCandidate(opened);
    await freshPeople(page);
    const height = heightOf(page);
    await height.fill('60');
    await height.press('Enter');
    await expect.poll(() => held).toBe(1);
    await page.getByText('Đang tính lại…').waitFor();
    await page.locator('.plan-answer-stale').first().waitFor();
    await height.fill('30');
    await height.press('Enter');
    const expected = await whatIf({ ...mast, ...place, antenna_height_m: 30 });
    await expect.poll(() => freshPeople(page), firstLimit).toBe(expected.delta.people);
    await page.waitForTimeout(3_000);
    expect(await freshPeople(page)).toBe(expected.delta.people);
    expect(opened.troubles.filter((trouble) => !trouble.includes('ERR_ABORTED'))).toEqual([]);
    await opened.close();
  });

  it.each([
    [400, 'invalid-request', 'changes: trạm này không phát sóng', 'trạm này không phát sóng'],
    [503, 'planning-busy', 'At the moment too much is asked.', 'Máy chủ đang bận tính toán'],
  ])('stays, marked as old, beside a %i', async (status, code, detail, said) => {
    let fails = false;
    const opened = await openPage(world, query, {
      prepare: (page) =>
        page.route('**/coverage/what-if', (route) => {
          const problem = { type: `urn:phusong:problem:${code}`, title: 'x', status, detail };
          return fails
            ? route.fulfill({ status, contentType: 'application/problem+json', json: problem })
            : route.continue();
        }),
    });
    const { page } = opened;
    await placeCandidate(opened);
    const people = await freshPeople(page);
    fails = true;
    await page.getByRole('button', { name: 'Dời về phía bắc' }).click();
    await page.getByRole('alert').getByText(said).waitFor();
    await page.getByText('Con số cũ').waitFor();
    expect(await page.locator('[data-figure=people]').getAttribute('data-value')).toBe(String(people));
    // Busy is not away: no banner of an outage.
    expect(await page.getByText('Cơ sở dữ liệu tạm thời').count()).toBe(0);
    fails = false;
    const again = page.getByRole('alert').getByRole('button', { name: 'Thử lại' });
    // What is refused would be refused again.
    expect(await again.count()).toBe(status === 503 ? 1 : 0);
    await (status === 503 ? again : page.getByRole('button', { name: 'Dời về phía nam' })).click();
    await freshPeople(page);
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    await opened.close();
  });
});

describe('a change that is refused', () => {
  it('is marked, and said why in the language of the page', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    await placeCandidate(opened);
    await freshPeople(page);
    const lon = page.locator('.change-open').getByLabel('Kinh độ');
    await lon.fill('108');
    await lon.press('Enter');
    const reason = 'nằm ngoài mọi xã của tỉnh và cách ranh giới hơn 2 km';
    await page.getByRole('alert').getByText(`Thay đổi 1: ${reason}`).waitFor();
    await page.locator('.change-refused').getByText(reason).waitFor();
    expect(await page.getByRole('alert').innerText()).not.toContain('changes/0');
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await freshPeople(page);
    expect(await page.locator('.change-refused').count()).toBe(0);
    await opened.close();
  });
});

describe('without the server', () => {
  it('the changes stay, the old figure is marked, and the new one comes by itself when the server is back', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    await placeCandidate(opened);
    await freshPeople(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Dời về phía đông' }).click();
    await page.getByText('Không liên lạc được với máy chủ').waitFor();
    await page.getByText('Con số cũ').waitFor();
    const place = await typed(page);
    await page.context().setOffline(false);
    await page.getByText('Đã kết nối lại').waitFor(firstLimit);
    await expect.poll(() => freshPeople(page), firstLimit).toBe((await whatIf({ ...mast, ...place })).delta.people);
    expect(await typed(page)).toEqual(place);
    await opened.close();
  });
});

describe('suggestions', () => {
  it('are those of the server, stand on the map, and are taken over', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    await page.getByRole('button', { name: 'Đề xuất', exact: true }).click();
    await page.getByLabel('Số vị trí đề xuất').fill('3');
    await page.getByLabel('Số vị trí đề xuất').press('Tab');
    await page.getByRole('button', { name: 'Tìm vị trí tốt nhất' }).click();
    const rows = page.getByRole('list', { name: 'Các vị trí đề xuất' }).getByRole('listitem');
    await rows.first().waitFor(firstLimit);
    const expected = await post<SuggestResult>('/coverage/suggest', {
      ...subject,
      count: 3,
      sharing: 'first',
      spacing_urban_m: 100,
      spacing_rural_m: 400,
      antenna_height_m: 45,
    });
    const texts = await rows.allInnerTexts();
    expect(texts).toHaveLength(expected.items.length);
    for (const [index, item] of expected.items.entries()) {
      expect(texts[index]).toContain(`+${item.people_gained.toLocaleString('vi-VN')} người`);
      if (item.site_code) expect(texts[index]).toContain(item.site_code);
    }
    await page.getByText(expected.bound.at_most_people.toLocaleString('vi-VN')).waitFor();
    await page.getByLabel('Độ cao ăng ten').fill('40');
    await page.getByLabel('Độ cao ăng ten').press('Tab');
    await page.getByText('thuộc về điều kiện trước').waitFor();
    expect(await violations(opened)).toEqual([]);

    await page.getByRole('button', { name: 'Lấy tất cả' }).click();
    await page.getByText('Danh sách thay đổi (3)').waitFor();
    // Together they gain what the suggestions say, each beyond those before it.
    await expect.poll(() => freshPeople(page), firstLimit).toBe(expected.people_gained);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('a suggestion that the server warns of', () => {
  it('says so in its own row, in the language of the page', async () => {
    // The demo is computed without terrain, so nothing is unknown of its ground.
    const said = {
      vi: 'Đề xuất 1: không biết độ cao mặt đất tại đó; vùng phủ có thể rộng hơn thực tế.',
      en: 'Suggestion 1: the height of the ground there is not known; what it covers may be overstated.',
    };
    const opened = await openPage(world, query, {
      prepare: (page) =>
        page.route('**/coverage/suggest', async (route) => {
          const response = await route.fetch();
          const body: SuggestResult = await response.json();
          const warning = (await route.request().headerValue('accept-language')) === 'en' ? said.en : said.vi;
          const items = body.items.map((item) => ({ ...item, warnings: item.rank === 1 ? [warning] : [] }));
          await route.fulfill({ response, json: { ...body, items } });
        }),
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'Đề xuất', exact: true }).click();
    await page.getByLabel('Số vị trí đề xuất').fill('2');
    await page.getByRole('button', { name: 'Tìm vị trí tốt nhất' }).click();
    const row = (list: string, rank: number) =>
      page
        .getByRole('list', { name: list })
        .getByRole('listitem')
        .nth(rank - 1)
        .innerText();
    await page.getByText(said.vi).waitFor(firstLimit);
    expect(await row('Các vị trí đề xuất', 1)).toContain(said.vi);
    expect(await row('Các vị trí đề xuất', 2)).not.toContain('Đề xuất');
    expect(await violations(opened)).toEqual([]);
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByText(said.en).waitFor(firstLimit);
    expect(await page.getByText(said.vi).count()).toBe(0);
    expect(await row('Suggested sites', 1)).toContain(said.en);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('planning on a phone', () => {
  it('places by a tap and drags with a finger, nothing is wider than the screen nor too small to press', async () => {
    const opened = await openPage(world, query, { isPhone: true });
    const { page } = opened;
    await page.getByRole('button', { name: 'Đặt trạm mới' }).tap();
    await page.locator('.map canvas').tap({ position: { x: 150, y: 200 } });
    await page.locator('.change-open').waitFor();
    const first = await freshPeople(page);
    await opened.drawn();
    const box = await page.locator('.map canvas').boundingBox();
    const from = await typed(page);
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', dx: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: (box?.x ?? 0) + 150 + dx, y: (box?.y ?? 0) + 200 }],
      });
    await touch('touchStart', 0);
    for (let dx = 6; dx <= 60; dx += 6) await touch('touchMove', dx);
    await touch('touchEnd', 60);
    await expect.poll(async () => (await typed(page)).lon).toBeGreaterThan(from.lon);
    const to = await typed(page);
    await expect.poll(() => freshPeople(page), firstLimit).toBe((await whatIf({ ...mast, ...to })).delta.people);
    expect(first).toBe((await whatIf({ ...mast, ...from })).delta.people);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await violations(opened)).toEqual([]);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.tab-panel button, .tab-panel select, .tab-panel input, .tab-panel summary')]
        .filter((element) => element.checkVisibility())
        .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 80) }))
        .filter(({ box: { width, height } }) => width > 0 && (height < 40 || width < 30))
        .map(({ box: { width, height }, html }) => `${Math.round(width)}×${Math.round(height)} ${html}`),
    );
    expect(small).toEqual([]);
    await opened.close();
  });
});
