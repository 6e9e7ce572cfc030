import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CoverageJob, CoverageJobList } from '../../../server/contract/index.ts';
import { EDIT_TOKEN, startServerWithDatabase } from '../../support/server.ts';
import { insertUnit } from '../../support/units.ts';
import { until } from '../../support/until.ts';

let server: Awaited<ReturnType<typeof startServerWithDatabase>>;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: false });
  const { db } = server.context;
  await insertUnit(db, { code: '10001', box: [105.2, 21.3, 105.22, 21.32] });
  await db.query(sql`insert into operator (code, name, valid_from) values ('ONE', 'One', '2000-01-01')`);
});
afterAll(() => server.close());

const post = (path: string, body: object = {}, token: string | null = EDIT_TOKEN) =>
  server.json<CoverageJob>(`/api/v1/coverage/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
const get = async (id: number): Promise<CoverageJob> =>
  (await server.json<CoverageJob>(`/api/v1/coverage/jobs/${id}`)).body;
const isEnded = ({ state }: CoverageJob): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

/** Reads an event stream to its end as a client does: piece by piece, compressed if the server likes. */
async function readEvents(id: number): Promise<{ type: string; jobs: CoverageJob[]; ids: Set<string> }> {
  const response = await server.fetch(`/api/v1/coverage/jobs/${id}/events`, {
    headers: { Accept: 'text/event-stream' },
  });
  expect(response.status).toBe(200);
  const jobs: CoverageJob[] = [];
  const names = new Set<string>();
  let text = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream() as never) ?? []) {
    text += piece as unknown as string;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const name = lines.find((line) => line.startsWith('event: '))?.slice(7);
      const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
      if (name !== undefined) names.add(name);
      if (data !== undefined) jobs.push(JSON.parse(data) as CoverageJob);
    }
  }
  return { type: response.headers.get('content-type') ?? '', jobs, ids: names };
}

describe('a coverage job over HTTP', () => {
  it('is accepted, followed by its events to the end, and has made a run', async () => {
    const { status, headers, body } = await post('jobs', { at: '2020-01-01' });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/api/v1/coverage/jobs/${body.id}`);
    const { type, jobs, ids } = await readEvents(body.id);
    expect(type).toContain('text/event-stream');
    expect([...ids]).toEqual(['progress']);
    const shares = jobs.map((job) => job.done_share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(jobs.at(-1)).toMatchObject({ id: body.id, at: '2020-01-01', state: 'done', done_share: 1, error: null });
    const [run] = await server.context.db.query(sql`select id, at from coverage_run`);
    expect(run).toEqual({ id: jobs.at(-1)?.run_id, at: '2020-01-01' });
    const again = await readEvents(body.id);
    expect(again.jobs).toEqual([jobs.at(-1)]);
  });

  it('of a day without communes is refused at once', async () => {
    const { db } = server.context;
    const jobs = () => db.query(sql`select id from coverage_job`);
    const before = await jobs();
    const { status, body } = await post('jobs', { at: '1990-01-01' });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: 'urn:phusong:problem:no-communes',
      detail: 'There are no communes in force on 1990-01-01: import boundaries first.',
    });
    expect(await jobs()).toEqual(before);
    // A commune whose boundary is not known is none that a run can be made for.
    await insertUnit(db, { code: '10002', validFrom: '1980-01-01', validTo: '1981-01-01' });
    expect((await post('jobs', { at: '1980-06-01' })).status).toBe(409);
  });

  it('needs the edit token, and names what it does not understand', async () => {
    expect((await post('jobs', {}, null)).status).toBe(401);
    expect((await post('jobs', {}, 'wrong-wrong-wrong-wrong')).status).toBe(403);
    expect((await post('jobs', { at: 'tomorrow' })).status).toBe(400);
    expect((await post('jobs', { on: '2020-01-01' })).status).toBe(400);
    expect((await post('jobs/1/cancel', {}, null)).status).toBe(401);
    expect((await post('jobs/999999/cancel')).status).toBe(404);
    expect((await server.json('/api/v1/coverage/jobs/999999')).status).toBe(404);
    expect((await server.json('/api/v1/coverage/jobs/999999/events')).status).toBe(404);
  });

  it('that has ended cannot be cancelled', async () => {
    const { body } = await server.json<CoverageJobList>('/api/v1/coverage/jobs');
    const done = body.items.find(({ state }) => state === 'done');
    expect((await post(`jobs/${done?.id}/cancel`)).status).toBe(409);
  });

  it('is never answered from a cache, and the list pages from the newest', async () => {
    const { body: another } = await post('jobs', { at: '2019-01-01' });
    await post(`jobs/${another.id}/cancel`);
    const first = await server.json<CoverageJobList>('/api/v1/coverage/jobs?limit=1');
    expect(first.headers.get('cache-control')).toContain('no-store');
    expect(first.headers.get('etag')).toBeNull();
    expect(first.body).toMatchObject({ numberMatched: 2, numberReturned: 1 });
    const second = await server.json<CoverageJobList>(`/api/v1/coverage/jobs?limit=1&cursor=${first.body.next_cursor}`);
    expect(second.body.items[0]?.id).toBeLessThan(first.body.items[0]?.id ?? 0);
    expect(second.body.next_cursor).toBeNull();
  });

  it('that runs can be cancelled: its events say so and end', async () => {
    const { body: running } = await post('jobs', { at: '2021-01-01' });
    const { body: waiting } = await post('jobs', { at: '2022-01-01' });
    const events = readEvents(waiting.id);
    expect((await post(`jobs/${waiting.id}/cancel`)).body.id).toBe(waiting.id);
    expect((await events).jobs.at(-1)?.state).toBe('cancelled');
    await until(async () => isEnded(await get(running.id)), 30_000);
    expect((await server.context.db.query(sql`select 1 from coverage_run where at = '2022-01-01'`)).length).toBe(0);
  });
});
