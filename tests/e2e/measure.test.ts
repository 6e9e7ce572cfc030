import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { palette } from '../../client/src/map/palette.ts';
import type { SiteList } from '../../server/contract/wire.ts';
import { colourDistance, coloursAt } from './pixels.ts';
import { getJson, openPage, openWorld, type View, viewQuery, type World } from './support.ts';

const view: View = { zoom: 12, lon: 105.3, lat: 21.35 };
const day = '2008-12-31';
/** A triangle of 4.4 km sides, away from the legend. */
const corners = [
  { lon: 105.28, lat: 21.37 },
  { lon: 105.32, lat: 21.37 },
  { lon: 105.32, lat: 21.33 },
];

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const radians = Math.PI / 180;
/** Kilometres on the sphere for a piece along a meridian or, near enough, a parallel. */
function kilometres(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const east = (b.lon - a.lon) * Math.cos(((a.lat + b.lat) / 2) * radians);
  return 6_371.0088 * radians * Math.hypot(east, b.lat - a.lat);
}

const numberIn = (text: string, unit: string): number =>
  Number(new RegExp(`([\\d.,]+)\\s*${unit}(?![\\w²])`).exec(text)?.[1]?.replaceAll('.', '').replace(',', '.'));

describe('measuring', () => {
  it('takes every click for itself, tells length and area, and leaves nothing behind', async () => {
    const { items } = await getJson<SiteList>(world, `/sites?at=${day}&limit=1000`);
    const opened = await openPage(world, `?tab=sites&at=${day}&layers=sites,communes&${viewQuery(view)}`);
    const [a, b, c] = await opened.spots(view, corners);
    if (!a || !b || !c) throw new Error('a corner lies under the legend');
    const before = await opened.picture();

    const button = opened.page.getByRole('button', { name: 'Đo khoảng cách và diện tích' });
    await button.focus();
    await opened.page.keyboard.press('Enter');
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
    const result = opened.page.getByRole('region', { name: 'Đo trên bản đồ' }).getByRole('status');
    for (const spot of [a, b, c]) await opened.clickMap(spot);
    const open = kilometres(a, b) + kilometres(b, c);
    await expect.poll(async () => numberIn(await result.innerText(), 'km') / open).toBeCloseTo(1, 2);
    await opened.drawn();
    // A click is at a whole pixel: the line may be one beside.
    const middle = [-1, 0, 1].map((beside) => ({ x: (a.x + b.x) / 2, y: a.y + beside }));
    const drawn = await coloursAt(world.browser, await opened.picture(), middle);
    expect(Math.min(...drawn.map((colour) => colourDistance(colour, palette.measure)))).toBeLessThan(30);

    await opened.clickMap(a);
    const enclosed = (kilometres(a, b) * kilometres(b, c)) / 2;
    await expect.poll(async () => numberIn(await result.innerText(), 'km²') / enclosed).toBeCloseTo(1, 1);
    await expect
      .poll(async () => numberIn(await result.innerText(), 'km') / (open + kilometres(c, a)))
      .toBeCloseTo(1, 2);

    for (const _ of ['open again', 'without the third']) await opened.page.keyboard.press('Backspace');
    await expect.poll(async () => numberIn(await result.innerText(), 'km') / kilometres(a, b)).toBeCloseTo(1, 2);

    // A site is under this click, and stays unselected.
    const [site] = await opened.spots(view, items);
    if (!site) throw new Error('no site in sight');
    await opened.clickMap(site);
    await expect.poll(async () => numberIn(await result.innerText(), 'km')).toBeGreaterThan(kilometres(a, b) + 0.1);
    expect(opened.query().get('sel')).toBeNull();

    await opened.page.keyboard.press('Escape');
    await result.waitFor({ state: 'detached' });
    await opened.page.mouse.move(2, 2);
    await opened.drawn();
    expect(await coloursAt(world.browser, await opened.picture(), middle)).toEqual(
      await coloursAt(world.browser, before, middle),
    );
    await opened.clickMap(site);
    await expect.poll(() => opened.query().get('sel')).toMatch(/^site:/);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('works with the keyboard alone, in English', async () => {
    const opened = await openPage(world, `?tab=sites&at=${day}&layers=communes&lang=en&${viewQuery(view)}`);
    await opened.page.getByRole('button', { name: 'Measure a distance or an area' }).press('Enter');
    const result = opened.page.getByRole('region', { name: 'Measuring on the map' }).getByRole('status');
    const canvas = opened.page.locator('.map canvas');
    await canvas.press('Enter');
    await expect.poll(() => result.innerText()).toMatch(/Length\s*0 m/);
    await canvas.press('ArrowRight');
    await opened.drawn();
    await canvas.press('Enter');
    await expect.poll(() => result.innerText()).toMatch(/Length\s*[1-9][\d.]* k?m/);
    await opened.page.getByRole('button', { name: 'End', exact: true }).press('Enter');
    await result.waitFor({ state: 'detached' });
    const focused = await opened.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(focused).toBe('Measure a distance or an area');
    await opened.close();
  });
});
