import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DistrictConnectivityList, SiteList } from '../../server/contract/index.ts';
import { violations } from './axe.ts';
import { coloursAt } from './pixels.ts';
import { getJson, type MapPage, openPage, openWorld, type View, type World } from './support.ts';

/** The page around the map: search, languages, keyboard, small screens, accessibility, bad days. */

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The id of the first thing in a list of the day that the specs look at. */
async function firstId(path: string): Promise<number> {
  const { items } = await getJson<{ items: { id: number }[] }>(world, `${path}?at=2008-12-31`);
  const [first] = items;
  if (!first) throw new Error(`${path} has nothing on 2008-12-31`);
  return first.id;
}

/** The view that the address holds. */
function viewOf(opened: MapPage): View {
  const [zoom = 0, lon = 0, lat = 0] = (opened.query().get('view') ?? '').split('/').map(Number);
  return { zoom, lon, lat };
}

/**
 * How many colours the part of the map between legend and sheet has: a map without its contents has one. The picture is
 * of the whole screen: one of a part is put together anew by the browser, and would hide what is missing.
 */
async function colourCount({ page }: MapPage): Promise<number> {
  const [left, top, columns, rows, step] = [20, 180, 50, 36, 6];
  const spots = Array.from({ length: columns * rows }, (_, index) => ({
    x: left + step * (index % columns),
    y: top + step * Math.floor(index / columns),
  }));
  return new Set(await coloursAt(world.browser, await page.screenshot(), spots)).size;
}

describe('the search', () => {
  it('finds a commune without accents, shows and selects it by keyboard', async () => {
    const opened = await openPage(world, '?at=2008-12-31');
    const before = opened.query().get('view');
    await opened.search.fill('hung long');
    const options = opened.page.getByRole('option');
    await options.first().waitFor();
    const texts = await options.allInnerTexts();
    expect(texts.some((text) => text.includes('Hùng Long'))).toBe(true);
    expect(texts.some((text) => text.includes('Hưng Long'))).toBe(true);
    const index = texts.findIndex((text) => text.includes('Hưng Long'));
    for (let step = 0; step < index; step++) await opened.search.press('ArrowDown');
    await opened.search.press('Enter');
    await opened.details.getByRole('heading', { name: /Hưng Long/ }).waitFor();
    await expect.poll(() => opened.query().get('sel')).toMatch(/^commune:\d+$/);
    await expect.poll(() => opened.query().get('view')).not.toBe(before);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('finds a site by its code and says when there is nothing', async () => {
    const opened = await openPage(world, '?at=2008-12-31');
    await opened.search.fill('pt227-0005');
    await opened.page.getByRole('option').first().click();
    await opened.details.getByRole('heading', { name: /PT227-0005/ }).waitFor();
    await opened.search.fill('zzzzzz');
    await opened.page.getByText('Không tìm thấy “zzzzzz”').first().waitFor();
    await opened.close();
  });
});

describe('the languages', () => {
  it('change texts, numbers, dates, title and the lang attribute at once', async () => {
    const opened = await openPage(world, '?at=2008-12-31');
    const { page } = opened;
    await expect.poll(() => page.title()).toBe('Tổng quan · Phủ Sóng');
    await expect.poll(() => page.locator('[data-count=cells]').innerText()).toMatch(/^\d\.\d{3}$/);
    await page.getByRole('button', { name: /English/ }).click();
    await expect.poll(() => page.title()).toBe('Overview · Phủ Sóng');
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    await expect.poll(() => page.locator('[data-count=cells]').innerText()).toMatch(/^\d,\d{3}$/);
    await page.getByText('31 Dec 2008').first().waitFor();
    await expect.poll(() => opened.query().get('lang')).toBe('en');
    await page.goBack();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('vi');
    await opened.close();
  });
});

describe('the figures', () => {
  it('show the reported 400 sites and 13 of 13 district centres beside the counts, labelled synthetic', async () => {
    const opened = await openPage(world, '?at=2008-12-31');
    await expect.poll(() => opened.page.locator('[data-count=sites]').innerText()).toBe('400');
    await opened.page.getByText('13 / 13').first().waitFor();
    const row = opened.page.getByRole('row', { name: /Vị trí trạm BTS/ });
    await expect.poll(async () => (await row.innerText()).match(/400/g)).toHaveLength(2);
    await opened.page.getByText('Dữ liệu minh hoạ', { exact: false }).first().waitFor();
    await opened.close();
  });

  it('label coverage as estimated with model, version and day', async () => {
    const opened = await openPage(world, '?tab=coverage&at=2008-12-31');
    const note = await opened.page.locator('.run-note').innerText();
    expect(note).toContain('Ước tính');
    expect(note).toMatch(/phiên bản \S+/);
    expect(note).toContain('31/12/2008');
    await opened.close();
  });

  it('show the paths of a district when its row is pressed', async () => {
    const opened = await openPage(world, '?tab=connectivity&at=2008-12-31');
    await opened.page.getByRole('button', { name: /Huyện Đoan Hùng/ }).click();
    await opened.details
      .getByText(/km · \d+ chặng/)
      .first()
      .waitFor();
    await expect.poll(() => opened.query().get('sel')).toMatch(/^district:/);
    await opened.close();
  });

  it('simulate a cut of a fibre span', async () => {
    const opened = await openPage(world, `?tab=connectivity&at=2008-12-31&sel=span:${await firstId('/fibre/spans')}`);
    await opened.details.getByRole('button', { name: 'Mô phỏng đứt cáp' }).click();
    await opened.details.locator('.cut-result').waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});

describe('the keyboard alone', () => {
  it('reaches content and map by skip links, walks the tabs, opens and closes details', async () => {
    const opened = await openPage(world, '?at=2008-12-31');
    const { page } = opened;
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused()).toBe('Đến nội dung chính');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('panel');
    await opened.tab('Tổng quan').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => opened.tab('Vị trí trạm').getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => focused()).toBe('Vị trí trạm');
    await page.keyboard.press('End');
    await expect.poll(() => opened.tab('Lớp').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const row = page.getByRole('list', { name: 'Danh sách vị trí trạm' }).getByRole('button').first();
    await row.focus();
    await page.keyboard.press('Enter');
    await opened.details.getByRole('heading').first().waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains('details'))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => opened.details.count()).toBe(0);
    await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains('row'))).toBe(true);
    await opened.close();
  });

  it('opens the date, chooses a day and closes it with Escape', async () => {
    const opened = await openPage(world, '');
    const { page } = opened;
    const button = page.getByRole('button', { name: /Dữ liệu tại ngày/ });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '31/12/2008' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => opened.query().get('at')).toBe('2008-12-31');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await opened.close();
  });
});

describe('accessibility', () => {
  it.each([
    ['?at=2008-12-31'],
    ['?tab=sites&at=2008-12-31&operator=VIETTEL&sel=site:', '/sites'],
    ['?tab=coverage&at=2008-12-31&lang=en'],
    ['?tab=gaps&operator=MOBIFONE'],
    ['?tab=connectivity&at=2008-12-31&sel=district:', '/connectivity/districts'],
    ['?tab=layers&at=2008-12-31'],
  ])('has no serious finding at %s', async (query, selected = '') => {
    const opened = await openPage(world, selected ? `${query}${await firstId(selected)}` : query);
    expect(await violations(opened)).toEqual([]);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('has no serious finding on a phone, and no control too small to press', async () => {
    const opened = await openPage(world, '?tab=sites&at=2008-12-31', { isPhone: true });
    expect(await violations(opened)).toEqual([]);
    const small = await opened.page.evaluate(() =>
      [...document.querySelectorAll('button, select, input, a[href]')]
        .filter((element) => element.checkVisibility() && !element.closest('.skips'))
        .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 80) }))
        .filter(({ box }) => box.width > 0 && (box.height < 40 || box.width < 30))
        .map(({ box, html }) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
    );
    expect(small).toEqual([]);
    await opened.close();
  });
});

describe('on a phone', () => {
  it('the panel is a sheet that opens over the map, nothing is wider than the screen', async () => {
    const opened = await openPage(world, '?tab=sites&at=2008-12-31', { isPhone: true });
    const { page } = opened;
    const height = async (): Promise<number> => (await page.locator('.panel').boundingBox())?.height ?? 0;
    const half = await height();
    await page.getByRole('button', { name: /thay đổi chiều cao/ }).click();
    await expect.poll(height).toBeGreaterThan(half + 200);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('button', { name: /thay đổi chiều cao/ }).click();
    await page.getByRole('list', { name: 'Danh sách vị trí trạm' }).getByRole('button').first().click();
    await opened.details.getByRole('heading').first().waitFor();
    await opened.close();
  });
});

describe('what is chosen on a phone', () => {
  it('stands in the part of the map that the details leave free, and the map stays drawn', async () => {
    const opened = await openPage(world, '?tab=connectivity&at=2008-12-31', { isPhone: true });
    const { page } = opened;
    const { items } = await getJson<DistrictConnectivityList>(world, '/connectivity/districts?at=2008-12-31');
    const district = items.find(({ name }) => name === 'Huyện Yên Lập');
    await page.getByRole('button', { name: /Huyện Yên Lập/ }).tap();
    await opened.details.getByRole('heading', { name: /Yên Lập/ }).waitFor();
    await expect.poll(() => opened.query().get('view')).not.toBeNull();
    await opened.drawn();
    const spots = await opened.spots(viewOf(opened), [{ lon: district?.lon ?? 0, lat: district?.lat ?? 0 }]);
    expect(spots).toHaveLength(1);
    expect(await colourCount(opened)).toBeGreaterThan(20);
    await opened.close();
  });

  it('is in sight when it was searched for', async () => {
    const opened = await openPage(world, '?at=2008-12-31', { isPhone: true });
    await opened.search.fill('PT227-0005');
    await opened.page.getByRole('option').first().waitFor();
    await opened.search.press('Enter');
    await opened.details.getByRole('heading', { name: /PT227-0005/ }).waitFor();
    await expect.poll(() => opened.query().get('view')).not.toBeNull();
    await opened.drawn();
    const { items } = await getJson<SiteList>(world, '/sites?at=2008-12-31&q=PT227-0005&limit=1');
    expect(await opened.spots(viewOf(opened), items)).toHaveLength(1);
    expect(await colourCount(opened)).toBeGreaterThan(20);
    await opened.close();
  });
});

describe('when the server is away', () => {
  it('says so, and recovers by itself', async () => {
    const opened = await openPage(world, '?at=2008-12-31');
    const { page } = opened;
    await page.context().setOffline(true);
    await opened.tab('Kết nối').click();
    await opened.tab('Vị trí trạm').click();
    await page.getByLabel('Công nghệ').selectOption('2G');
    await page.getByText('Không liên lạc được với máy chủ').waitFor();
    await page.getByRole('alert').first().waitFor();
    await page.context().setOffline(false);
    await page.getByText('Đã kết nối lại').waitFor({ timeout: 30_000 });
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    expect(await opened.listedSites()).toBeGreaterThan(0);
    await opened.close();
  });

  it('shows what the problem says, with a retry', async () => {
    let fails = true;
    const opened = await openPage(world, '?at=2008-12-31', {
      prepare: (page) =>
        page.route('**/api/v1/sites?*', async (route) => {
          if (!fails) return route.continue();
          const problem = { title: 'Bad request', status: 400, detail: 'mast_class: không có loại cột này' };
          return route.fulfill({ status: 400, contentType: 'application/problem+json', json: problem });
        }),
    });
    await opened.tab('Vị trí trạm').click();
    await opened.page.getByText('không có loại cột này').waitFor();
    fails = false;
    await opened.page.getByRole('button', { name: 'Thử lại' }).click();
    expect(await opened.listedSites()).toBe(400);
    await opened.close();
  });
});
