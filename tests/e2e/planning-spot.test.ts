import { distance as turfDistance } from '@turf/turf';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planningColours } from '../../client/src/map/palette.ts';
import type { CoverageSpot, RadioPath } from '../../server/contract/index.ts';
import { violations } from './axe.ts';
import { colourDistance, coloursAt } from './pixels.ts';
import { getJson, type MapPage, openPage, openWorld, type View, viewQuery, type World } from './support.ts';

/** Levels at a spot, and the path of one of them. */

const day = '2026-11-01';
const view: View = { zoom: 11, lon: 105.25, lat: 21.35 };
const query = `?tab=sites&at=${day}&layers=communes&${viewQuery(view)}`;
const limit = { timeout: 90_000 };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const card = (page: Page, name = 'Mức thu tại điểm') => page.getByRole('region', { name, exact: true });

/** Opens the tool, clicks, and gives where the card says that it was. */
async function ask(opened: MapPage, at: { x: number; y: number }): Promise<{ lon: number; lat: number }> {
  await opened.page.getByRole('button', { name: 'Xem mức thu tại một điểm' }).click();
  await opened.clickMap(at);
  const text = await card(opened.page)
    .getByText(/^\d+\.\d{5}, \d+\.\d{5}/)
    .innerText();
  const [lat = 0, lon = 0] = text.split(/[,·]/).map(Number);
  await card(opened.page).locator('.level').first().waitFor(limit);
  return { lon, lat };
}

const dbm = (value: number): string =>
  `${value.toLocaleString('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).replace('-', '−')} dBm`;
const numberIn = (text: string): number =>
  Number(/([−-]?[\d.,]+)\s*dBm?/.exec(text)?.[1]?.replace('−', '-').replaceAll('.', '').replace(',', '.'));

describe('the levels at a spot', () => {
  it('are none outside the province, and the card says why, in the language of the page', async () => {
    const opened = await openPage(
      world,
      `?tab=sites&at=${day}&layers=communes&${viewQuery({ zoom: 11, lon: 100, lat: 10 })}`,
    );
    await opened.page.getByRole('button', { name: 'Xem mức thu tại một điểm' }).click();
    await opened.clickMap({ x: 430, y: 420 });
    await card(opened.page).getByText('Điểm này nằm ngoài mọi xã của tỉnh nên không tính mức thu.').waitFor(limit);
    expect(await card(opened.page).locator('.level').count()).toBe(0);
    await opened.page.getByRole('button', { name: /English/ }).click();
    await card(opened.page, 'Levels at the spot')
      .getByText('This spot is outside every commune of the province: no levels are computed there.')
      .waitFor(limit);
    await opened.close();
  });

  it('are those of the server, covered or not in words, with site, distance and terrain', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    const place = await ask(opened, { x: 430, y: 420 });
    const expected = await getJson<CoverageSpot>(world, `/coverage/spot?lon=${place.lon}&lat=${place.lat}&at=${day}`);
    const rows = card(page).locator('.level');
    await expect.poll(() => rows.count()).toBe(expected.items.length);
    // Of the square's centre, not of the spot itself: the card says how far that is.
    const metres = turfDistance([place.lon, place.lat], [expected.lon, expected.lat], { units: 'meters' });
    expect(metres).toBeLessThan(71);
    await card(page)
      .getByText(`Tính tại tâm ô lưới 100 m, cách điểm này ${Math.round(metres)} m.`)
      .waitFor();
    const texts = await rows.allInnerTexts();
    for (const item of expected.items) {
      const row = texts.find((text) => text.includes(dbm(item.level_dbm)) && text.includes(item.site_code)) ?? '';
      expect(row, item.cell_code).toContain(`${item.band_mhz.toLocaleString('vi-VN')} MHz`);
      expect(row).toContain(item.covered ? 'Được phủ, cao hơn mức cần' : 'Không được phủ, thấp hơn mức cần');
      expect(row).toContain(item.with_terrain ? 'có địa hình' : 'không có địa hình');
    }
    expect(await violations(opened)).toEqual([]);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('begin with the operator and technology that are looked at, and mark it', async () => {
    const opened = await openPage(world, `${query}&operator=VINAPHONE&technology=3G`);
    await ask(opened, { x: 430, y: 420 });
    const marked = card(opened.page).locator('.level[aria-current=true]');
    const first = card(opened.page).getByRole('region').first();
    expect(await first.getAttribute('aria-label')).toBe('3G');
    expect(await first.locator('.level').first().innerText()).toContain('VinaPhone');
    await expect.poll(() => first.locator('.level[aria-current=true]').count()).toBe(await marked.count());
    expect(await marked.count()).toBeGreaterThan(0);
    expect((await marked.allInnerTexts()).every((text) => text.startsWith('VinaPhone'))).toBe(true);
    expect(await card(opened.page).locator('.level').count()).toBeGreaterThan(await marked.count());
    await opened.close();
    const without = await openPage(world, `${query}&operator=VIETNAMOBILE&technology=5G`);
    await ask(without, { x: 430, y: 420 });
    await card(without.page).getByText('Không cell 5G nào của Vietnamobile tới được điểm này.').waitFor();
    expect(await card(without.page).locator('.level[aria-current=true]').count()).toBe(0);
    await without.close();
  });

  it('lead to the path: a line on the map, and losses that add up to the level', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    const place = await ask(opened, { x: 430, y: 420 });
    const spot = await getJson<CoverageSpot>(world, `/coverage/spot?lon=${place.lon}&lat=${place.lat}&at=${day}`);
    const item = spot.items.find(({ distance_m }) => distance_m > 3_000);
    if (!item) throw new Error('every server stands at the spot');
    await card(page)
      .locator('.level', { hasText: dbm(item.level_dbm) })
      .first()
      .click();
    const losses = card(page).getByRole('table', { name: 'Cộng suy hao' });
    await losses.waitFor(limit);
    const path = await getJson<RadioPath>(
      world,
      `/coverage/path?cell_id=${item.cell_id}&lon=${place.lon}&lat=${place.lat}&at=${day}`,
    );
    const value = async (name: RegExp): Promise<number> =>
      numberIn(await losses.getByRole('row', { name }).getByRole('cell').innerText());
    const parts = [await value(/^EIRP/), await value(/^Hướng ăng ten/), await value(/^Mô hình/)];
    if (path.profile && !path.incomplete) parts.push(await value(/^Vật chắn/));
    const level = await value(/^Mức thu/);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(level, 0);
    expect(level).toBeCloseTo(path.level_dbm, 1);

    await expect.poll(() => opened.query().get('view')).not.toBe(viewQuery(view).replace('view=', ''));
    await opened.drawn();
    const [zoom = 0, lon = 0, lat = 0] = (opened.query().get('view') ?? '').split('/').map(Number);
    const line = [0.3, 0.4, 0.5, 0.6, 0.7].map((share) => ({
      lon: path.site.lon + share * (place.lon - path.site.lon),
      lat: path.site.lat + share * (place.lat - path.site.lat),
    }));
    const seen = await opened.spots({ zoom, lon, lat }, line);
    const colours = await coloursAt(world.browser, await opened.picture(), seen);
    expect(Math.min(...colours.map((colour) => colourDistance(colour, planningColours.spot)))).toBeLessThan(40);

    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'detached' });
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('are asked for by a tap on a phone, over the sheet; neither page nor card scrolls sideways', async () => {
    const opened = await openPage(world, query, { isPhone: true });
    const { page } = opened;
    const tooWide = (): Promise<number> => card(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    await page.getByRole('button', { name: 'Xem mức thu tại một điểm' }).tap();
    expect(await tooWide(), 'before the tap').toBe(0);
    await page.locator('.map canvas').tap({ position: { x: 150, y: 180 } });
    await card(page).locator('.level').first().waitFor(limit);
    const box = await card(page).boundingBox();
    expect(box?.width).toBe(390);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(844);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await tooWide(), 'the levels').toBe(0);
    expect(await violations(opened)).toEqual([]);
    await card(page).locator('.level').first().tap();
    await card(page).getByRole('table', { name: 'Cộng suy hao' }).waitFor(limit);
    expect(await tooWide(), 'the path').toBe(0);
    await opened.close();
  });

  it('are asked for with the keyboard in the middle of the map, in English', async () => {
    const opened = await openPage(world, `${query}&lang=en`);
    const { page } = opened;
    await page.getByRole('button', { name: 'Levels at a spot' }).press('Enter');
    await page.locator('.map canvas').press('Enter');
    await card(page, 'Levels at the spot')
      .getByText(`${view.lat.toFixed(5)}, ${view.lon.toFixed(5)}`)
      .waitFor();
    await card(page, 'Levels at the spot').locator('.level').first().press('Enter');
    await card(page, 'Levels at the spot').getByRole('table', { name: 'How the level adds up' }).waitFor(limit);
    await page.getByRole('button', { name: 'All levels at the spot' }).press('Enter');
    await expect.poll(() => card(page, 'Levels at the spot').locator('.level').count()).toBeGreaterThan(1);
    // Another tool takes the map over.
    await page.getByRole('button', { name: 'Measure a distance or an area' }).press('Enter');
    await card(page, 'Levels at the spot').waitFor({ state: 'detached' });
    await opened.close();
  });
});

/** A path of 12 km over a hill; a third of it has no heights. */
function withProfile(path: RadioPath): RadioPath {
  const distances_m = Array.from({ length: 121 }, (_, index) => index * 100);
  const isMissing = (index: number): boolean => index > 60 && index < 100;
  const profile = {
    distances_m,
    ground_m: distances_m.map((metres, index) =>
      isMissing(index) ? null : 400 + 120 * Math.exp(-(((metres - 3_000) / 800) ** 2)),
    ),
    ray_m: distances_m.map((metres) => 445 - (metres * 43.5) / 12_000),
    fresnel_m: distances_m.map((metres) => Math.sqrt((0.33 * metres * (12_000 - metres)) / 12_000)),
  };
  const worst_clearance = { distance_m: 3_000, clearance_m: -85.9, ratio: -3.2 };
  return { ...path, profile, distance_m: 12_000, line_of_sight: false, worst_clearance, incomplete: true };
}

describe('the profile of a path', () => {
  const obstacles = (page: Page): Promise<string> =>
    card(page)
      .getByRole('row', { name: /^Vật chắn/ })
      .innerText();

  it('is a picture with a title and a description; where there is no terrain there is a labelled gap', async () => {
    const opened = await openPage(world, query, {
      prepare: (page) =>
        page.route('**/coverage/path?*', async (route) => {
          const answer: RadioPath = await (await route.fetch()).json();
          await route.fulfill({ json: withProfile(answer) });
        }),
    });
    const { page } = opened;
    await ask(opened, { x: 430, y: 420 });
    await card(page).locator('.level').first().click();
    const picture = card(page).getByRole('img', { name: /^Mặt cắt địa hình từ/ });
    await picture.waitFor(limit);
    const description = await picture.evaluate((svg) => svg.querySelector('desc')?.textContent ?? '');
    expect(description).toContain('Đường nhìn thẳng bị che.');
    expect(description).toContain('mặt đất cao hơn tia 85,9 m, cách trạm 3 km');
    expect(description).toContain('Thiếu độ cao ở một phần đường: chỉ tính những vật cản đã biết');
    expect(await picture.locator('.profile-gap').allTextContents()).toEqual(['không có địa hình']);
    await picture.getByText('bị che', { exact: true }).waitFor();
    // Two stretches of ground, none of it drawn down to the sea: the axis begins near 400 m.
    expect(await picture.locator('path.profile-ground').count()).toBe(2);
    const labels = await picture.locator('.profile-axes text').allTextContents();
    expect(labels).toEqual(expect.arrayContaining(['m', 'km']));
    expect(labels).not.toContain('100');
    // Obstacles that are known count.
    expect(await obstacles(page)).toMatch(/\d dB$/);

    const narrow = (await picture.boundingBox())?.width ?? 0;
    await page.getByRole('button', { name: 'Mở rộng bảng này' }).click();
    await expect.poll(async () => (await picture.boundingBox())?.width ?? 0).toBeGreaterThan(narrow * 1.5);
    expect(await violations(opened)).toEqual([]);
    await opened.close();
  });

  it('is not there without any terrain, and the card says so', async () => {
    const opened = await openPage(world, query, {
      prepare: (page) =>
        page.route('**/coverage/path?*', async (route) => {
          const answer: RadioPath = await (await route.fetch()).json();
          const none = { profile: null, line_of_sight: null, worst_clearance: null, itm_db: null, incomplete: true };
          await route.fulfill({ json: { ...answer, ...none } });
        }),
    });
    await ask(opened, { x: 430, y: 420 });
    await card(opened.page).locator('.level').first().click();
    await card(opened.page).getByText('Không biết độ cao mặt đất tại điểm thu').first().waitFor(limit);
    expect(
      await card(opened.page)
        .getByRole('img', { name: /Mặt cắt/ })
        .count(),
    ).toBe(0);
    expect(await obstacles(opened.page)).toContain('không có địa hình');
    await opened.close();
  });
});
