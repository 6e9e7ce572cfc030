import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CoverageJob, Meta } from '../../server/contract/index.ts';
import { type MapPage, openPage, openWorld, type World } from './support.ts';

/** Computing coverage again from the page. */

const day = '2026-11-01';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A run of the background as the API tells it, so that a spec need not compute a province. */
const job = (values: Partial<CoverageJob>): CoverageJob => ({
  id: 7,
  at: day,
  state: 'running',
  stage: 'levels',
  done_share: 0.25,
  attempts: 1,
  run_id: null,
  error: null,
  requested_at: `${day}T01:00:00Z`,
  started_at: `${day}T01:00:00Z`,
  finished_at: null,
  ...values,
});

interface JobServer {
  /** Tokens that came with a request that writes. */
  tokens: (string | null)[];
  prepare: (page: Page) => Promise<void>;
}

/** A server with editing that runs one job whose events are these. */
function jobServer(events: CoverageJob[]): JobServer {
  const tokens: (string | null)[] = [];
  const write = (status: number, body: CoverageJob) => async (route: Route) => {
    if (route.request().method() === 'GET')
      return route.fulfill({ json: { items: [], numberMatched: 0, numberReturned: 0, next_cursor: null } });
    tokens.push((await route.request().allHeaders())['authorization'] ?? null);
    await route.fulfill({ status, json: body });
  };
  return {
    tokens,
    async prepare(page) {
      await page.route('**/api/v1/meta', async (route) => {
        const meta: Meta = await (await route.fetch()).json();
        await route.fulfill({ json: { ...meta, editing: true } });
      });
      await page.route(/\/coverage\/jobs(\?.*)?$/, write(202, job({ state: 'queued', stage: null, done_share: 0 })));
      await page.route('**/coverage/jobs/7/cancel', write(200, job({ state: 'cancelled' })));
      await page.route('**/coverage/jobs/7/events', (route) =>
        route.fulfill({
          contentType: 'text/event-stream',
          body: events.map((event) => `event: progress\ndata: ${JSON.stringify(event)}\n\n`).join(''),
        }),
      );
    },
  };
}

/** Presses the button that computes, and gives the edit token when it is asked for. */
async function compute({ page }: MapPage): Promise<void> {
  await page.getByRole('button', { name: /Tính (lại|cho) ngày/ }).click();
  await page.locator('input[type=password]').fill('a-token-of-the-tests');
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
}

describe('computing again', () => {
  it('asks for the token once, shows stage and share, and the page asks for everything anew when it is done', async () => {
    const server = jobServer([job({}), job({ state: 'done', stage: 'store', done_share: 1, run_id: 9 })]);
    const opened = await openPage(world, `?tab=coverage&at=${day}&technology=5G`, { prepare: server.prepare });
    const again: string[] = [];
    opened.page.on('request', (request) => again.push(request.url()));
    await compute(opened);
    await opened.page.getByText('Đã tính xong ngày 01/11/2026').waitFor();
    expect(server.tokens).toEqual(['Bearer a-token-of-the-tests']);
    await expect.poll(() => again.some((url) => url.includes('/coverage/communes?'))).toBe(true);
    await expect.poll(() => again.some((url) => url.includes('/tiles/'))).toBe(true);
    await opened.close();
  });

  it.each(['coverage', 'gaps', 'broadcast'])(
    'is not offered for a day without communes, on which it would be refused: %s',
    async (tab) => {
      const opened = await openPage(world, `?tab=${tab}&at=1980-01-01`, { prepare: jobServer([]).prepare });
      await opened.page.getByText('Ngày này chưa có xã nào có ranh giới nên không tính được.').first().waitFor();
      expect(await opened.page.getByRole('button', { name: /Tính (lại|cho) ngày/ }).count()).toBe(0);
      expect(await opened.page.locator('code.command').count()).toBe(0);
      await opened.close();
    },
  );

  it('can be cancelled, and what was there before stays', async () => {
    const server = jobServer([job({ done_share: 0.4 })]);
    const opened = await openPage(world, `?tab=coverage&at=${day}&technology=5G`, { prepare: server.prepare });
    const before = await opened.page.locator('.figures-sortable tbody').innerText();
    await compute(opened);
    await opened.page.getByText('tính mức tín hiệu').waitFor();
    await expect
      .poll(() => opened.page.getByRole('progressbar', { name: 'Tiến độ tính vùng phủ' }).getAttribute('value'))
      .toBe('0.4');
    await opened.page.getByRole('button', { name: 'Huỷ lần tính' }).click();
    await opened.page.getByText('Đã huỷ lần tính ngày 01/11/2026').waitFor();
    expect(server.tokens).toHaveLength(2);
    expect(await opened.page.locator('.figures-sortable tbody').innerText()).toBe(before);
    await opened.close();
  });

  it('shows the run under way with its progress, and those that wait below it, each to be cancelled', async () => {
    const waiting = [8, 9].map((id) => job({ id, at: `2026-10-0${id}`, state: 'queued', stage: null, done_share: 0 }));
    const items = [...[...waiting].reverse(), job({ done_share: 0.29 })];
    const cancelled: string[] = [];
    const opened = await openPage(world, `?tab=coverage&at=${day}&technology=5G`, {
      async prepare(page) {
        await page.route('**/api/v1/meta', async (route) => {
          const meta: Meta = await (await route.fetch()).json();
          await route.fulfill({ json: { ...meta, editing: true } });
        });
        await page.route(/\/coverage\/jobs\?/, (route) => {
          const left = items.filter(({ id }) => !cancelled.some((url) => url.includes(`/jobs/${id}/`)));
          return route.fulfill({
            json: { items: left, numberMatched: 3, numberReturned: left.length, next_cursor: null },
          });
        });
        await page.route('**/coverage/jobs/*/events', (route) => route.abort());
        await page.route('**/coverage/jobs/*/cancel', (route) => {
          cancelled.push(route.request().url());
          return route.fulfill({ json: { ...waiting[0], state: 'cancelled' } });
        });
      },
    });
    const box = opened.page.locator('.coverage-job');
    await box.getByText('tính mức tín hiệu').waitFor();
    expect(await box.getByRole('progressbar').getAttribute('value')).toBe('0.29');
    const rows = box.getByRole('list', { name: 'Đang chờ đến lượt: 2' }).getByRole('listitem');
    expect((await rows.allInnerTexts()).map((text) => text.slice(0, 10))).toEqual(['08/10/2026', '09/10/2026']);
    await rows.first().getByRole('button').click();
    await opened.page.locator('input[type=password]').fill('a-token-of-the-tests');
    await opened.page.getByRole('button', { name: 'Tiếp tục' }).click();
    await box.getByRole('list', { name: 'Đang chờ đến lượt: 1' }).waitFor();
    expect(cancelled.map((url) => new URL(url).pathname)).toEqual(['/api/v1/coverage/jobs/8/cancel']);
    expect(await box.getByRole('progressbar').getAttribute('value')).toBe('0.29');
    await opened.close();
  });

  it('names the command where the server takes no edits', async () => {
    const opened = await openPage(world, `?tab=coverage&at=${day}&technology=5G`, {
      prepare: (page) =>
        page.route('**/api/v1/meta', async (route) => {
          const meta: Meta = await (await route.fetch()).json();
          await route.fulfill({ json: { ...meta, editing: false } });
        }),
    });
    await opened.page.getByText(`npx phusong coverage compute --at ${day}`).waitFor();
    expect(await opened.page.getByRole('button', { name: /Tính (lại|cho) ngày/ }).count()).toBe(0);
    await opened.close();
  });
});
