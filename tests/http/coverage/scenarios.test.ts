import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Scenario,
  ScenarioComparison,
  ScenarioList,
  SiteList,
  WhatIfResult,
} from '../../../server/contract/index.ts';
import { EDIT_TOKEN, startServerWithDatabase } from '../../support/server.ts';

type Server = Awaited<ReturnType<typeof startServerWithDatabase>>;
const at = '2026-01-01';

let server: Server;
let siteIds: number[];
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
  const { body } = await server.json<SiteList>(`/api/v1/sites?at=${at}&operator=MOBIFONE&technology=4G&limit=1000`);
  siteIds = body.items.filter(({ position_flag }) => position_flag === null).map(({ id }) => id);
});
afterAll(() => server.close());

interface Asking {
  token?: string | null;
  ifMatch?: number | string | null;
}

function send<T = Scenario>(method: string, path: string, body?: unknown, asking: Asking = {}) {
  const { token = EDIT_TOKEN, ifMatch = null } = asking;
  return server.json<T>(`/api/v1/coverage/scenarios${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(ifMatch === null ? {} : { 'If-Match': typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const input = (name: string, index: number, also: object = {}) => ({
  name,
  at,
  operator: 'MOBIFONE',
  technology: '4G',
  changes: [{ kind: 'off', site_id: siteIds[index] }],
  ...also,
});
const save = async (name: string, index: number, also: object = {}): Promise<Scenario> => {
  const { status, body } = await send('POST', '', input(name, index, also));
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const get = async (id: number): Promise<Scenario> =>
  (await server.json<Scenario>(`/api/v1/coverage/scenarios/${id}`)).body;

describe('a scenario', () => {
  it('is computed when it is saved, listed, and found again as it was written', async () => {
    // Composed and decomposed, and written down composed.
    const saved = await save('Tắt trạm Hạ Hoà'.normalize('NFD'), 3, { note: 'Bảo dưỡng' });
    expect(saved).toMatchObject({ name: 'Tắt trạm Hạ Hoà', note: 'Bảo dưỡng', at, operator: 'MOBIFONE', version: 1 });
    expect(saved.result_stale).toBe(false);
    expect(saved.result?.delta.people).toBeLessThanOrEqual(0);
    const { body } = await server.json<ScenarioList>('/api/v1/coverage/scenarios');
    expect(body.items.map(({ id }) => id)).toContain(saved.id);
    expect(body.numberMatched).toBe(body.items.length);
    expect(await get(saved.id)).toEqual(saved);
  });

  it('pages without repeating or leaving out any', async () => {
    for (const name of ['a', 'b', 'c']) await save(name, 4);
    const all = await server.json<ScenarioList>('/api/v1/coverage/scenarios');
    const paged: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/api/v1/coverage/scenarios?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const { body }: { body: ScenarioList } = await server.json<ScenarioList>(path);
      paged.push(...body.items.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    expect(paged).toEqual(all.body.items.map(({ id }) => id));
  });

  it('is changed and deleted only by who has seen its version', async () => {
    const { id } = await save('Một', 5);
    const changed = input('Hai', 6);
    expect((await send('PUT', `/${id}`, changed)).status).toBe(428);
    expect((await send('PUT', `/${id}`, changed, { ifMatch: 'abc' })).status).toBe(400);
    expect((await send('PUT', `/${id}`, changed, { ifMatch: 9 })).status).toBe(412);
    expect(await get(id)).toMatchObject({ name: 'Một', version: 1 });
    const { status, body } = await send('PUT', `/${id}`, changed, { ifMatch: 1 });
    expect([status, body.name, body.version]).toEqual([200, 'Hai', 2]);
    expect(body.changes).toEqual(changed.changes);
    expect((await send('DELETE', `/${id}`)).status).toBe(428);
    expect((await send('DELETE', `/${id}`, undefined, { ifMatch: 1 })).status).toBe(412);
    expect((await send('DELETE', `/${id}`, undefined, { ifMatch: 2 })).status).toBe(204);
    expect((await server.json(`/api/v1/coverage/scenarios/${id}`)).status).toBe(404);
    expect((await send('DELETE', `/${id}`, undefined, { ifMatch: 2 })).status).toBe(404);
  });

  it('has a name of its own, however its letters are written', async () => {
    const first = await save('Hạ Hoà, phía bắc', 5);
    const second = await save('Hạ Hoà, phía nam', 6);
    for (const name of ['Hạ Hoà, phía bắc', 'Hạ Hoà, phía bắc'.normalize('NFD'), '  HẠ HOÀ,  phía BẮC ']) {
      const tries = [
        await send('POST', '', input(name, 5)),
        await send('PUT', `/${second.id}`, input(name, 6), { ifMatch: 1 }),
      ];
      for (const { status, body } of tries)
        expect([status, body]).toMatchObject([
          409,
          {
            type: 'urn:phusong:problem:scenario-name-taken',
            detail: expect.stringContaining('“Hạ Hoà, phía bắc”'),
            errors: [{ pointer: '/name', value: 'Hạ Hoà, phía bắc' }],
          },
        ]);
    }
    expect(await get(second.id)).toEqual(second);
    // Its own name it may keep, or write in another way; one with other accents is another.
    const own = await send('PUT', `/${first.id}`, input('HẠ HOÀ, PHÍA BẮC', 5), { ifMatch: 1 });
    expect([own.status, own.body.name]).toEqual([200, 'HẠ HOÀ, PHÍA BẮC']);
    await save('Ha Hoa, phia bac', 5);
  });

  it('saved twice at once under one name is kept once', async () => {
    const tries = await Promise.all([1, 2, 3].map(() => send('POST', '', input('Cùng lúc', 5))));
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('is written only with the token', async () => {
    const { id } = await save('Giữ', 7);
    for (const [token, expected] of [
      [null, 401],
      ['x'.repeat(EDIT_TOKEN.length), 403],
    ] as const) {
      const asking = { token, ifMatch: 1 };
      expect((await send('POST', '', input('x', 1), asking)).status).toBe(expected);
      expect((await send('PUT', `/${id}`, input('x', 1), asking)).status).toBe(expected);
      expect((await send('DELETE', `/${id}`, undefined, asking)).status).toBe(expected);
      expect((await send('POST', `/${id}/compute`, undefined, asking)).status).toBe(expected);
    }
    expect(await get(id)).toMatchObject({ name: 'Giữ', version: 1 });
  });

  it('that makes no sense is refused and not stored', async () => {
    const count = async (): Promise<number> =>
      (await server.json<ScenarioList>('/api/v1/coverage/scenarios?limit=1')).body.numberMatched;
    const before = await count();
    const nowhere = { changes: [{ kind: 'off', site_id: 999_999 }] };
    expect((await send('POST', '', input('x', 1, nowhere))).status).toBe(400);
    expect((await send('POST', '', input('', 1))).status).toBe(400);
    expect((await send('POST', '', input('x', 1, { operator: 'NOBODY' }))).status).toBe(400);
    expect((await send('POST', '', { ...input('x', 1), colour: 'red' })).status).toBe(400);
    expect(await count()).toBe(before);
  });
});

describe('the result of a scenario', () => {
  it('has its notes in the language of who reads it, whoever had it computed', async () => {
    const changes = [{ kind: 'add', lon: 105.2, lat: 21.3 }];
    const inWords = (language: string) => ({
      headers: {
        'Accept-Language': language,
        'Content-Type': 'application/json',
        Authorization: `Bearer ${EDIT_TOKEN}`,
      },
    });
    const { operator, technology } = input('', 0);
    const notes = async (language: string): Promise<string[]> => {
      const question = JSON.stringify({ at, operator, technology, changes });
      const asked = { ...inWords(language), method: 'POST', body: question };
      return (await server.json<WhatIfResult>('/api/v1/coverage/what-if', asked)).body.warnings;
    };
    const said = { vi: await notes('vi'), en: await notes('en') };
    expect(said.vi).toHaveLength(said.en.length);
    expect(said.vi).not.toEqual(said.en);
    for (const [language, name] of Object.entries({ vi: 'Tính bằng tiếng Việt', en: 'Computed in English' })) {
      const body = JSON.stringify(input(name, 0, { changes }));
      const saving = { ...inWords(language), method: 'POST', body };
      const saved = (await server.json<Scenario>('/api/v1/coverage/scenarios', saving)).body;
      expect(saved.result?.warnings).toEqual(said[language as 'vi' | 'en']);
      for (const [reader, expected] of Object.entries(said)) {
        const path = `/api/v1/coverage/scenarios/${saved.id}`;
        const again = await server.json<Scenario>(`${path}/compute`, { ...inWords(reader), method: 'POST' });
        const one = await server.json<Scenario>(path, inWords(reader));
        const all = await server.json<ScenarioList>('/api/v1/coverage/scenarios?limit=1000', inWords(reader));
        const listed = all.body.items.find(({ id }) => id === saved.id);
        for (const scenario of [again.body, one.body, listed]) expect(scenario?.result?.warnings).toEqual(expected);
      }
    }
  });

  it('tells, also in its file, what an added site was computed with', async () => {
    const changes = [{ kind: 'add', lon: 105.2, lat: 21.3, eirp_dbm: 44 }];
    const { id, result } = await save('Giá trị đã dùng', 0, { changes });
    expect(result?.taken).toMatchObject([{ change_no: 1, antenna_height_m: 30, eirp_dbm: 44 }]);
    const { body } = await server.json<{ features: { properties: object }[] }>(
      `/api/v1/exports/scenarios.geojson?ids=${id}`,
    );
    const [{ change_no, ...values } = { change_no: 0 }] = result?.taken ?? [];
    const azimuths_deg = ['0', '120', '240'];
    expect(body.features.map(({ properties }) => properties)).toMatchObject([{ ...values, change_no, azimuths_deg }]);
  });

  it('is stale once the inventory changed, not once another scenario was saved, and can be computed again', async () => {
    const saved = await save('Cũ', 8);
    await save('Khác', 9);
    expect((await get(saved.id)).result_stale).toBe(false);
    const { db, revision } = server.database;
    await revision.change((tx) =>
      tx.query(sql`update site set status = 'suspended', version = version + 1 where id = ${siteIds[8]}`),
    );
    await server.context.revision.refresh();
    expect((await get(saved.id)).result_stale).toBe(true);
    const { status, body } = await send('POST', `/${saved.id}/compute`);
    expect([status, body.result_stale, body.version]).toEqual([200, false, 1]);
    // Its cells are not on air any more: switching them off changes nothing.
    expect(body.result?.delta).toEqual({ people: 0, area_km2: 0 });
    await db.query(sql`update site set status = 'active' where id = ${siteIds[8]}`);
    await server.context.revision.refresh();
  });
});

describe('GET /coverage/scenarios/compare', () => {
  it('puts scenarios side by side over the same denominators', async () => {
    const one = await save('Một trạm', 20);
    const two = await save('Hai trạm', 20, {
      changes: [20, 21].map((index) => ({ kind: 'off', site_id: siteIds[index] })),
    });
    const other = await save('Bất kỳ', 20, { operator: undefined, technology: '2G' });
    const ids = [two.id, one.id, other.id].join();
    const { status, body } = await server.json<ScenarioComparison>(`/api/v1/coverage/scenarios/compare?ids=${ids}`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.items.map(({ id }) => id)).toEqual([two.id, one.id, other.id]);
    for (const { before, after } of body.items) {
      expect([before.population, before.area_km2]).toEqual([
        body.items[0]?.before.population,
        body.items[0]?.before.area_km2,
      ]);
      expect([after.population, after.area_km2]).toEqual([before.population, before.area_km2]);
    }
    const [both, single] = body.items;
    expect(both?.delta.people).toBeLessThanOrEqual(single?.delta.people ?? 0);
    for (const { figures } of body.communes) expect(figures).toHaveLength(3);
    body.items.forEach(({ delta }, i) => {
      const people = body.communes.reduce(
        (sum, { figures }) => sum + (figures[i]?.people_after ?? 0) - (figures[i]?.people_before ?? 0),
        0,
      );
      expect(people).toBe(delta.people);
    });
  });

  it('warns of each what its what-if warns of, in the language asked for', async () => {
    const place = { kind: 'add', lon: 105.2, lat: 21.3 };
    const plain = await save('Trạm mới', 20, { changes: [place] });
    const high = await save('Trạm cao', 20, { changes: [{ ...place, antenna_height_m: 60 }] });
    for (const language of ['vi', 'en']) {
      const headers = { 'Accept-Language': language, 'Content-Type': 'application/json' };
      const compare = `/api/v1/coverage/scenarios/compare?ids=${plain.id},${high.id}`;
      const { body } = await server.json<ScenarioComparison>(compare, { headers });
      for (const [i, { operator, technology, changes }] of [plain, high].entries()) {
        const question = { at, operator, technology, changes };
        const answer = await server.json<WhatIfResult>('/api/v1/coverage/what-if', {
          method: 'POST',
          headers,
          body: JSON.stringify(question),
        });
        expect(body.items[i]?.warnings).toEqual(answer.body.warnings);
      }
      const height = language === 'vi' ? /chiều cao ăng ten lấy mặc định/ : /antenna height is the default/;
      expect(body.items.map(({ warnings }) => warnings.some((warning) => height.test(warning)))).toEqual([true, false]);
    }
  });

  it('refuses what it cannot compare', async () => {
    const { id } = await save('Nay', 22);
    const early = await save('Xưa', 0, {
      at: '2008-12-31',
      technology: '2G',
      changes: [{ kind: 'add', lon: 105.2, lat: 21.3 }],
    });
    const compare = (ids: string) => server.json(`/api/v1/coverage/scenarios/compare?ids=${ids}`);
    expect((await compare(`${id},${early.id}`)).status).toBe(409);
    expect((await compare('999999')).status).toBe(404);
    expect((await compare('1,x')).status).toBe(400);
    expect((await compare('1,2,3,4,5,6,7')).status).toBe(400);
  });
});
