import { gzipSync } from 'node:zlib';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Problem,
  type SiteDetail,
  type SiteEdit,
  type SiteList,
  todayInVietnam,
} from '../../../server/contract/index.ts';
import { type DecodedFeature, decodeGzip } from '../../../server/tiles/testing/decode.ts';
import type { TestDatabase } from '../../support/database.ts';
import {
  type Answer,
  EDIT_TOKEN,
  startServerWithDatabase,
  startTestServer,
  type TestServer,
} from '../../support/server.ts';
import { tileOf } from '../../support/tile-math.ts';

let server: TestServer & { database: TestDatabase };
let site: SiteDetail;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  const { body } = await server.json<SiteList>('/api/v1/sites?at=2026-01-01&limit=1');
  site = (await server.json<SiteDetail>(`/api/v1/sites/${body.items[0]?.id}?at=2026-01-01`)).body;
});

interface Asking {
  token?: string | null;
  ifMatch?: string | null;
  to?: TestServer;
}

/** An edit as a well-behaved client sends it, but for what is given; null leaves a header out. */
function edit<T = Problem>(
  body: SiteEdit | object,
  { token = EDIT_TOKEN, ifMatch = `"${site.version}"`, to = server }: Asking = {},
): Promise<Answer<T>> {
  return to.json<T>(`/api/v1/sites/${site.id}`, {
    method: 'PATCH',
    headers: {
      'Content-Type': 'application/json',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(ifMatch === null ? {} : { 'If-Match': ifMatch }),
    },
    body: JSON.stringify(body),
  });
}

const rename = { name: 'Trạm đổi tên', why: 'kiểm thử' };

async function tileFeature(lon: number, lat: number, id: number): Promise<DecodedFeature | undefined> {
  const { z, x, y } = tileOf(lon, lat, 14);
  const response = await server.fetch(`/tiles/sites/${z}/${x}/${y}.mvt?at=2026-01-01`);
  if (response.status === 204) return undefined;
  const features = decodeGzip(gzipSync(Buffer.from(await response.arrayBuffer())), 'sites');
  return features.find((feature) => feature.id === id);
}

describe('an edit that is not allowed', () => {
  const before = async (): Promise<unknown> =>
    (await server.database.db.query(sql`select revision from dataset_revision`))[0];

  it.each([
    ['without a token', 401, { token: null }],
    ['with a wrong token', 403, { token: 'x'.repeat(EDIT_TOKEN.length) }],
    ['with a shorter token', 403, { token: 'short' }],
    ['without If-Match', 428, { ifMatch: null }],
    ['with an If-Match that is no version', 400, { ifMatch: '"abc"' }],
    ['of a version that is no longer there', 412, { ifMatch: '"999"' }],
  ] satisfies [string, number, Asking][])(
    '%s is answered with %i and changes nothing',
    async (_how, status, asking) => {
      const revision = await before();
      const answer = await edit(rename, asking);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
      expect(await before()).toEqual(revision);
    },
  );

  it.each([
    ['nothing', { why: 'x' }, ''],
    ['no reason', { name: 'x' }, '/why'],
    ['half a position', { lon: 105, why: 'x' }, '/lon'],
    ['an unknown member', { colour: 'red', why: 'x', name: 'x' }, '/colour'],
    ['a bad status', { status: 'gone', why: 'x' }, '/status'],
    ['a position off the globe', { lon: 105, lat: 121, why: 'x' }, '/lat'],
  ])('that names %s is a 400', async (_what, body, pointer) => {
    const answer = await edit(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map((error) => error.pointer).join()).toContain(pointer);
  });

  it('on a server without an edit token is a 403', async () => {
    const closed = await startTestServer(server.database.db, { EDIT_TOKEN: '' });
    try {
      expect((await edit(rename, { to: closed })).status).toBe(403);
    } finally {
      await closed.close();
    }
  });
});

describe('an edit that is allowed', () => {
  it('shows in the very next answer and the very next tile', async () => {
    expect((await tileFeature(site.lon, site.lat, site.id))?.properties['name']).toBe(site.name);
    for (let turn = 1; turn <= 5; turn++) {
      const name = `Trạm lần ${turn}`;
      const answer = await edit<{ version: number; dataset_revision: number }>(
        { name, why: 'kiểm thử' },
        { ifMatch: `"${site.version + turn - 1}"` },
      );
      expect(answer).toMatchObject({ status: 200, body: { id: site.id, version: site.version + turn } });
      const acknowledged = performance.now();
      expect((await tileFeature(site.lon, site.lat, site.id))?.properties['name']).toBe(name);
      expect(performance.now() - acknowledged).toBeLessThan(2_000);
      const { body } = await server.json<SiteDetail>(`/api/v1/sites/${site.id}?at=2026-01-01`);
      expect(body).toMatchObject({ name, version: site.version + turn });
      const list = await server.json<SiteList>(`/api/v1/sites?at=2026-01-01&q=tram lan ${turn}`);
      expect(list.body.items.map((item) => item.id)).toContain(site.id);
      expect(list.body.dataset_revision).toBe(answer.body.dataset_revision);
    }
  });

  it('that moves a site takes it out of the old tile, into the new one, and into another commune', async () => {
    const { body: everywhere } = await server.json<SiteList>('/api/v1/sites?at=2026-01-01&limit=1000');
    const far = everywhere.items.find((item) => Math.hypot(item.lon - site.lon, item.lat - site.lat) > 0.2);
    if (!far) throw new Error('the demo is smaller than thought');
    const moved = await edit({ lon: far.lon, lat: far.lat, why: 'đo lại' });
    expect(moved.status).toBe(200);
    expect(await tileFeature(site.lon, site.lat, site.id)).toBeUndefined();
    expect(await tileFeature(far.lon, far.lat, site.id)).toBeDefined();
    const { body } = await server.json<SiteDetail>(`/api/v1/sites/${site.id}?at=2026-01-01`);
    expect(body).toMatchObject({
      lon: far.lon,
      lat: far.lat,
      commune_code: far.commune_code,
      position_method: 'map',
      position_flag: null,
    });
    const { body: then } = await server.json<SiteDetail>(`/api/v1/sites/${site.id}?at=2010-01-01`);
    const { body: farThen } = await server.json<SiteDetail>(`/api/v1/sites/${far.id}?at=2010-01-01`);
    expect(then.district_code).toBe(farThen.district_code);
  });

  it('is in the audit log with what was, what is and why', async () => {
    await edit({ status: 'suspended', why: 'cột nghiêng' });
    const [entry] = await server.database.db.query<Record<string, unknown>>(sql`
      select actor, action, before, after, why from audit_log where table_name = 'site' and row_id = ${site.id} order by id desc limit 1`);
    expect(entry).toMatchObject({
      action: 'update',
      before: { status: site.status, version: site.version },
      after: { status: 'suspended', version: site.version + 1 },
      why: 'cột nghiêng',
    });
  });

  it('that removes a site does so from today on; before, it stood, and put back it has no last day', async () => {
    const lastDay = async () =>
      await server.database.db.query(sql`select status, valid_to from site where id = ${site.id}`);
    const today = todayInVietnam();
    expect((await edit({ status: 'removed', why: 'đã tháo dỡ' })).status).toBe(200);
    expect(await lastDay()).toEqual([{ status: 'removed', valid_to: today }]);
    const ids = async (at: string) =>
      (await server.json<SiteList>(`/api/v1/sites?at=${at}&q=${site.code}`)).body.items.map(({ id }) => id);
    expect(await ids(today)).not.toContain(site.id);
    expect(await ids('2026-01-01')).toContain(site.id);
    expect((await edit({ status: 'active', why: 'nhầm' }, { ifMatch: `"${site.version + 1}"` })).status).toBe(200);
    expect(await lastDay()).toEqual([{ status: 'active', valid_to: null }]);
    expect(await ids(today)).toContain(site.id);
  });

  it('is made once when two come at the same time', async () => {
    const answers = await Promise.all([edit({ name: 'Một', why: 'x' }), edit({ name: 'Hai', why: 'x' })]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });
});
