import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransmitterList } from '../../server/contract/broadcast.ts';
import { getJson, openPage, openWorld, phone, plain, type World } from './support.ts';

/** Radio and television: one answer feeds list, figures, signs and details, and what is estimated says so. */

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const query = 'at=2008-12-31';
const inVietnamese = (value: number | null): string =>
  `${(value ?? Number.NaN).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} %`;

describe('radio and television', () => {
  it('shows any transmitter of the service beside what the report declares, with both parts of the share', async () => {
    const { unions } = await getJson<TransmitterList>(world, `/broadcast/transmitters?${query}`);
    const television = unions.find(({ service }) => service === 'tv');
    const opened = await openPage(world, `?tab=broadcast&service=tv&${query}`);
    const card = opened.page.getByRole('region', { name: 'Truyền hình: ít nhất một máy phát' });
    const text = async () => plain(await card.innerText());
    await expect.poll(text).toContain(inVietnamese(television?.pct_pop ?? null));
    await expect.poll(text).toContain((television?.people_covered ?? 0).toLocaleString('vi-VN'));
    await expect.poll(text).toContain('80 % (báo cáo năm 2008)');
    await expect.poll(text).toContain('90 % (báo cáo năm 2008)');
    await expect.poll(text).toContain('chưa đối chiếu');
    await opened.page.getByText('Nội suy từ hai đường cong duy nhất').waitFor();
    await opened.page.getByText('Ước tính', { exact: true }).first().waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('lists every transmitter on air, the computed share as the API has it', async () => {
    const { items } = await getJson<TransmitterList>(world, `/broadcast/transmitters?${query}&service=fm`);
    const opened = await openPage(world, `?tab=broadcast&${query}`);
    const rows = opened.page.getByRole('table', { name: /Máy phát đang hoạt động/ }).locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(items.length);
    const first = plain(await rows.first().innerText());
    expect(first).toContain(items[0]?.name ?? '?');
    expect(first).toContain(inVietnamese(items[0]?.pct_pop ?? null));
    await opened.page.getByRole('radio', { name: /Phát thanh AM/ }).check();
    await expect.poll(() => opened.query().get('service')).toBe('am');
    await opened.page.getByText('P.1546 không dùng cho sóng trung').first().waitFor();
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('opens a transmitter by keyboard, with frequency, power, threshold and flags in words, and the back button closes it', async () => {
    const opened = await openPage(world, `?tab=broadcast&service=tv&${query}`);
    const link = opened.page.getByRole('button', { name: 'Tiếp sóng VTV1 Việt Trì' });
    await link.focus();
    await opened.page.keyboard.press('Enter');
    await opened.details.getByRole('heading', { name: /Tiếp sóng VTV1/ }).waitFor();
    const text = async () => plain(await opened.details.innerText());
    for (const fact of ['207,25 MHz', '5 kW', '125 m', '55 dBµV/m', 'Okumura–Hata', 'Không có địa hình']) {
      await expect.poll(text).toContain(fact);
    }
    await expect.poll(() => opened.query().get('sel')).toMatch(/^transmitter:\d+$/);
    await opened.page.goBack();
    await expect.poll(() => opened.details.count()).toBe(0);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('draws the area of the service, then that of the transmitter clicked on the map', async () => {
    const { items } = await getJson<TransmitterList>(world, `/broadcast/transmitters?${query}&service=fm`);
    const view = { zoom: 9, lon: 105.15, lat: 21.4 };
    const opened = await openPage(world, `?tab=broadcast&${query}&view=9/105.15/21.4`);
    const legend = opened.page.locator('.legend-card');
    await expect.poll(() => legend.innerText()).toContain('Phát thanh FM: ít nhất một máy phát');
    const spots = await opened.spots(view, items);
    const alone = spots.find((spot) =>
      spots.every((other) => other === spot || Math.hypot(other.x - spot.x, other.y - spot.y) > 30),
    );
    if (!alone) throw new Error('no transmitter stands alone on the map');
    await opened.clickMap(alone);
    await opened.details.getByRole('heading', { name: new RegExp(alone.name) }).waitFor();
    await expect.poll(() => legend.innerText()).toContain(alone.name);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  it('marks ground without heights in the legend, by its area, only where a run over terrain has it', async () => {
    const words = /Kẻ ngang: không có độ cao mặt đất/;
    const bare = await openPage(world, `?tab=broadcast&${query}`);
    const legend = bare.page.locator('.legend-card');
    await legend.getByText('ít nhất một máy phát').waitFor();
    expect(await legend.getByText(words).count()).toBe(0);
    await bare.close();
    const opened = await openPage(world, `?tab=broadcast&${query}`, {
      prepare: (page) =>
        page.route('**/broadcast/transmitters?*', async (route) => {
          const response = await route.fetch();
          const body: TransmitterList = await response.json();
          await route.fulfill({ response, json: { ...body, run: { ...body.run, no_terrain_km2: 986.4 } } });
        }),
    });
    const item = opened.page.locator('.legend-card li', { hasText: words });
    await item.waitFor();
    expect(await item.locator('.legend-count').innerText()).toBe('986 km²');
    await opened.close();
  });

  it('has the communes of the service when they are asked for', async () => {
    const opened = await openPage(world, `?tab=broadcast&${query}`);
    await opened.page.getByText('Theo từng xã').click();
    const table = opened.page.getByRole('table', { name: /Phát thanh FM theo xã/ });
    await table.waitFor();
    await expect.poll(() => table.locator('tbody tr').count()).toBe(277);
    await opened.close();
  });

  it('fits a phone in English: nothing is wider than the screen', async () => {
    const opened = await openPage(world, `?tab=broadcast&service=tv&${query}&lang=en`, { size: phone, isPhone: true });
    await opened.page.getByText('Interpolated from values of two curves only').waitFor();
    const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(phone.width);
    const tab = opened.tab('Radio, TV');
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});
