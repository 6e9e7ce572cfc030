import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario, ScenarioComparison, ScenarioList, SiteList } from '../../server/contract/index.ts';
import { violations } from './axe.ts';
import { editToken } from './server.ts';
import { getJson, openPage, openWorld, type World } from './support.ts';

/** Scenarios: saved with the edit token, opened, overwritten, compared, deleted; the inventory stays as it is. */

const day = '2026-11-01';
const query = `?tab=planning&operator=VIETNAMOBILE&technology=4G&at=${day}`;
const limit = { timeout: 90_000 };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const scenarios = (): Promise<ScenarioList> => getJson<ScenarioList>(world, '/coverage/scenarios?limit=50');

async function named(name: string): Promise<Scenario> {
  const { items } = await scenarios();
  const found = items.find((item) => item.name === name);
  if (!found) throw new Error(`there is no scenario ${name}`);
  return found;
}

/** Another editor writes meanwhile, below `/coverage/scenarios`. */
async function write(method: string, path: string, version: number | null, body?: object): Promise<Response> {
  const response = await fetch(new URL(`api/v1/coverage/scenarios${path}`, world.url), {
    method,
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${editToken}`,
      ...(version !== null && { 'If-Match': `"${version}"` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response;
}

async function rename(scenario: Scenario, name: string): Promise<void> {
  const { id, version, at, operator, technology, changes } = scenario;
  await write('PUT', `/${id}`, version, { name, at, operator, technology, changes });
}

async function add(name: string): Promise<Scenario> {
  const changes = [{ kind: 'add', lon: 105.2, lat: 21.35 }];
  const response = await write('POST', '', null, { name, at: day, operator: 'VIETTEL', technology: '4G', changes });
  const added: Scenario = await response.json();
  return added;
}

const remove = ({ id, version }: Scenario): Promise<Response> => write('DELETE', `/${id}`, version);

const sitesNow = async (): Promise<unknown> =>
  (await getJson<SiteList>(world, `/sites?at=${day}&limit=1000&operator=VIETNAMOBILE`)).items;

describe('scenarios', () => {
  it('are saved, opened, overwritten, compared and deleted, and never touch the inventory', async () => {
    const sites = await sitesNow();
    const opened = await openPage(world, query);
    const { page } = opened;
    const place = async (x: number): Promise<void> => {
      await page.getByRole('button', { name: 'Đặt trạm mới' }).click();
      await opened.clickMap({ x, y: 300 });
    };
    const save = async (button: string, name: string): Promise<void> => {
      await page.getByLabel('Tên phương án').fill(name);
      await page.getByRole('button', { name: button, exact: true }).click();
    };
    await place(560);
    await page.locator('.plan-result[data-fresh=true]').waitFor(limit);
    await page.getByRole('button', { name: 'Lưu thành phương án…' }).click();
    await save('Lưu phương án', 'Miền núi');
    // The token is asked for; a wrong one is refused in words, and asked for again.
    await page.getByRole('dialog').getByLabel('Mã sửa', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.getByText('Mã không được chấp nhận: Mã sửa không đúng.').waitFor();
    expect(await violations(opened)).toEqual([]);
    await page.getByRole('dialog').getByLabel('Mã sửa', { exact: true }).fill(editToken);
    await page.keyboard.press('Enter');
    await page.getByText('Đã lưu phương án “Miền núi”.').waitFor(limit);
    const first = await named('Miền núi');
    expect(first).toMatchObject({ operator: 'VIETNAMOBILE', technology: '4G', at: day, version: 1 });
    expect(first.result?.delta.people).toBeGreaterThan(0);

    // A second one, with a second site; the token is not asked for again.
    await page.getByRole('button', { name: /^Thay đổi \(1\)/ }).click();
    await place(700);
    await page.getByText('Danh sách thay đổi (2)').waitFor();
    await page.getByRole('button', { name: 'Lưu thành phương án…' }).click();
    // Under the name of the first one it is refused, in the form.
    await save('Lưu thành phương án mới', 'MIỀN NÚI ');
    await page.getByText('Đã có phương án “Miền núi”. Hãy đặt tên khác').waitFor(limit);
    expect(await page.getByLabel('Tên phương án').getAttribute('aria-invalid')).toBe('true');
    expect(await violations(opened)).toEqual([]);
    await save('Lưu thành phương án mới', 'Hai trạm');
    await page.getByText('Đã lưu phương án “Hai trạm”.').waitFor(limit);
    const second = await named('Hai trạm');
    expect(second.changes).toHaveLength(2);

    // Side by side: the figures of the server, over the same communes.
    for (const name of ['Miền núi', 'Hai trạm']) await page.getByRole('checkbox', { name: new RegExp(name) }).check();
    const table = page.getByRole('table', { name: 'So sánh phương án' });
    await table.waitFor(limit);
    const ids = [first.id, second.id].sort((a, b) => a - b);
    const compared = await getJson<ScenarioComparison>(world, `/coverage/scenarios/compare?ids=${ids.join(',')}`);
    const deltas = await table
      .getByRole('row', { name: /^Người được phủ: chênh lệch/ })
      .getByRole('cell')
      .allInnerTexts();
    expect(deltas).toEqual(compared.items.map(({ delta }) => `+${delta.people.toLocaleString('vi-VN')}`));
    // Beside the figures what each takes for granted, in the words of the server.
    const comparison = page.getByRole('region', { name: 'So sánh phương án' });
    for (const { name, warnings } of compared.items) {
      expect(warnings.length).toBeGreaterThan(0);
      const note = comparison.getByRole('region', { name: `${name} – Giả thiết và lưu ý: ${warnings.length}` });
      expect(await note.getByRole('listitem', { includeHidden: true }).allTextContents()).toEqual(warnings);
    }
    await page.getByRole('button', { name: /English/ }).click();
    const inEnglish = await getJson<ScenarioComparison>(world, `/coverage/scenarios/compare?ids=${ids.join(',')}`, {
      'Accept-Language': 'en',
    });
    await page
      .getByText(inEnglish.items[0]?.warnings[0] ?? 'none')
      .first()
      .waitFor({ state: 'attached', ...limit });
    // The files follow the language of the page, also of what was computed in the other one.
    const english = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
    const spoken = await (await fetch(new URL(english ?? ''))).text();
    for (const warning of inEnglish.items.flatMap(({ warnings }) => warnings)) expect(spoken).toContain(warning);
    await page.getByRole('button', { name: /Tiếng Việt/ }).click();
    const links = await page
      .getByRole('group', { name: /^Tải về 2 phương án/ })
      .getByRole('link')
      .all();
    const files = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(files.map((href) => new URL(href ?? '').pathname.split('.').at(-1))).toEqual(['csv', 'xlsx', 'geojson']);
    for (const href of files) {
      const url = new URL(href ?? '');
      expect(url.searchParams.get('ids')?.split(',').map(Number).sort()).toEqual([...ids].sort());
      const answer = await fetch(url);
      expect(answer.status, url.pathname).toBe(200);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
    expect(await violations(opened)).toEqual([]);

    // Opened again, changed, overwritten; then someone else is faster.
    await page.getByRole('button', { name: 'Mở phương án “Miền núi”' }).click();
    await page.getByText('Danh sách thay đổi (1)').waitFor();
    await page.getByRole('button', { name: 'Lưu thành phương án…' }).click();
    await save('Ghi đè “Miền núi”', 'Miền núi, bản hai');
    await page.getByText('Đã lưu phương án “Miền núi, bản hai”.').waitFor(limit);
    expect(await named('Miền núi, bản hai')).toMatchObject({ id: first.id, version: 2 });
    await rename(await named('Miền núi, bản hai'), 'Của người khác');
    expect(opened.troubles.filter((trouble) => !/403|409/.test(trouble))).toEqual([]);
    await save('Ghi đè “Miền núi, bản hai”', 'Miền núi, bản ba');
    await page.getByText('Phương án đã được người khác thay đổi').waitFor(limit);
    expect(await named('Của người khác')).toMatchObject({ id: first.id, version: 3 });

    for (const name of ['Của người khác', 'Hai trạm']) {
      await page.getByRole('button', { name: `Xoá phương án “${name}”` }).click();
      await page.getByRole('button', { name: 'Xoá hẳn', exact: true }).click();
      await page.getByText(`Đã xoá phương án “${name}”.`).waitFor(limit);
    }
    expect((await scenarios()).items.filter(({ id }) => ids.includes(id))).toEqual([]);
    expect(await sitesNow()).toEqual(sites);
    await opened.close();
  });

  it('of others are in the list when the section is opened, and when the page is looked at again', async () => {
    const opened = await openPage(world, `${query}&lang=en`);
    const { page } = opened;
    const listed = page.getByRole('list', { name: 'Saved scenarios' });
    const section = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await section('Scenarios');
    await page.getByText('No scenario has been saved yet.').waitFor();
    const first = await add('Từ máy khác');
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await listed.getByText('Từ máy khác').waitFor();
    await section('Changes');
    const second = await add('Từ máy khác nữa');
    await section('Scenarios');
    await listed.getByText('Từ máy khác nữa').waitFor();

    // What is compared follows, too: one of the two is deleted elsewhere.
    for (const checkbox of await listed.getByRole('checkbox').all()) await checkbox.check();
    const comparison = page.getByRole('table', { name: 'Scenarios side by side' });
    await comparison.waitFor(limit);
    await remove(second);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await comparison.waitFor({ state: 'detached' });
    await listed.getByText('Từ máy khác', { exact: true }).waitFor();
    expect(opened.troubles).toEqual([]);
    await remove(first);
    await opened.close();
  });

  it('keep the name that is typed as soon as the form is there, before the page has settled', async () => {
    const opened = await openPage(world, query);
    const { page } = opened;
    await page.getByRole('button', { name: 'Đặt trạm mới' }).click();
    await opened.clickMap({ x: 560, y: 300 });
    await page.getByText('Danh sách thay đổi (1)').waitFor();
    await page.getByRole('button', { name: 'Phương án', exact: true }).evaluate(async (button: HTMLElement) => {
      button.click();
      const name = () => document.querySelector<HTMLInputElement>('.scenario-form input');
      // No frame is drawn between these steps.
      for (let step = 0; step < 1_000 && name() === null; step++) await Promise.resolve();
      const input = name();
      if (input === null) throw new Error('there is no form');
      input.value = 'Gõ ngay';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.waitForTimeout(500);
    expect(await page.getByLabel('Tên phương án').inputValue()).toBe('Gõ ngay');
    await opened.close();
  });

  it('are not written when the question for the token is called off', async () => {
    const before = await scenarios();
    const opened = await openPage(world, `${query}&lang=en`);
    const { page } = opened;
    await page.getByRole('button', { name: 'Place a new site' }).click();
    await page.locator('.map canvas').press('Enter');
    await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
    await page.getByLabel('Name of the scenario').fill('Never');
    await page.getByRole('button', { name: 'Save the scenario' }).click();
    await page.getByRole('dialog', { name: 'Edit token' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await scenarios()).numberMatched).toBe(before.numberMatched);
    // The button can be pressed again.
    await expect.poll(() => page.getByRole('button', { name: 'Save the scenario' }).isEnabled()).toBe(true);
    await opened.close();
  });
});
