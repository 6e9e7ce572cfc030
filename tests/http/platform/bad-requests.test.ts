import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Problem, problem } from '../../../server/contract/index.ts';
import { EDIT_TOKEN, startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

/** Asks, and checks what every refusal must be: problem+json, with a request id, telling nothing of the inside. */
async function refusal(path: string, init?: RequestInit): Promise<Problem> {
  const { status, headers, body } = await server.json<Problem>(path, init);
  expect(headers.get('content-type'), path).toMatch(/^application\/problem\+json/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('etag')).toBeNull();
  problem.parse(body);
  expect(body.status).toBe(status);
  expect(body.instance).toBe(path);
  expect(body.request_id).toBe(headers.get('x-request-id'));
  expect(JSON.stringify(body)).not.toMatch(/\bselect\b|node_modules|server\/|\bat [\w.]+ \(/i);
  return body;
}

/** Bad requests: path, status, the parameter that is to blame, and what the reader is told. */
const bad: [path: string, status: number, pointer: string | null, told: RegExp][] = [
  ['/api/v1/sites?colour=red', 400, '?colour', /not a parameter/],
  ['/api/v1/sites?at=2008-12-31&at=2009-01-01', 400, '?at', /more than once/],
  ['/api/v1/sites?at=2008-02-30', 400, '?at', /YYYY-MM-DD/],
  ['/api/v1/sites?at=31/12/2008', 400, '?at', /YYYY-MM-DD/],
  ['/api/v1/sites?at=', 400, '?at', /YYYY-MM-DD/],
  ['/api/v1/sites?bbox=1,2,3', 400, '?bbox', /four numbers/],
  ['/api/v1/sites?bbox=a,b,c,d', 400, '?bbox', /four numbers/],
  ['/api/v1/sites?bbox=105,21,104,22', 400, '?bbox', /west/],
  ['/api/v1/sites?bbox=21,105,22,106', 400, '?bbox', /±/],
  ['/api/v1/sites?technology=6G', 400, '?technology', /2G/],
  ['/api/v1/sites?band=loud', 400, '?band', /number/],
  ['/api/v1/sites?status=gone', 400, '?status', /active/],
  ['/api/v1/sites?limit=0', 400, '?limit', /./],
  ['/api/v1/sites?limit=1001', 400, '?limit', /./],
  ['/api/v1/sites?limit=1.5', 400, '?limit', /./],
  ['/api/v1/sites?cursor=hello', 400, '?cursor', /not a cursor/],
  [`/api/v1/sites?q=${'x'.repeat(101)}`, 400, '?q', /./],
  ['/api/v1/sites?district=%27;drop%20table%20site--', 400, '?district', /code/],
  ['/api/v1/sites?district=999', 404, '?district', /no district with code 999/],
  ['/api/v1/sites?commune=99999', 404, '?commune', /no commune with code 99999/],
  ['/api/v1/sites?operator=NOBODY', 404, '?operator', /no operator with code NOBODY/],
  ['/api/v1/sites/0', 404, null, /no site/],
  ['/api/v1/sites/abc', 404, null, /no site/],
  ['/api/v1/sites/99999999999999999999', 404, null, /no site/],
  ['/api/v1/sites/1?at=never', 400, '?at', /YYYY-MM-DD/],
  ['/api/v1/summary?at=2008-13-01', 400, '?at', /YYYY-MM-DD/],
  ['/api/v1/summary?district=227', 400, '?district', /not a parameter/],
  ['/api/v1/admin-units?level=hamlet', 400, '?level', /district/],
  ['/api/v1/coverage/communes', 400, '?technology', /2G/],
  ['/api/v1/coverage/communes?technology=2G&operator=NOBODY', 404, '?operator', /no operator/],
  ['/api/v1/sites?q=a%00b', 400, '?q', /NUL/],
  ['/api/v1/search?q=%00', 400, '?q', /NUL/],
  ['/tiles/sites/8/202/112.mvt?q=%00', 400, '?q', /NUL/],
  ['/api/v1/summary?at=0000-01-01', 400, '?at', /YYYY-MM-DD/],
  ['/api/v1/coverage/gaps?technology=2G&commune=07900', 400, '?commune', /not a parameter/],
  ['/api/v1/connectivity/districts?at=tomorrow', 400, '?at', /YYYY-MM-DD/],
  ['/api/v1/fibre/spans?technology=2G', 400, '?technology', /not a parameter/],
  ['/api/v1/fibre/nodes/0', 404, null, /no node/],
  ['/api/v1/search', 400, '?q', /./],
  ['/api/v1/search?q=%20', 400, '?q', /./],
  ['/api/v1/exports/sites.csv?colour=red', 400, '?colour', /not a parameter/],
  ['/api/v1/exports/sites.csv?district=999', 404, '?district', /no district/],
  ['/api/v1/connectivity/districts?failures_aerial=', 400, '?failures_aerial', /decimal number/],
  ['/api/v1/connectivity/districts?mttr_h=0x10', 400, '?mttr_h', /decimal number/],
  ['/api/v1/coverage/gaps?technology=2G&min_people=%20', 400, '?min_people', /decimal number/],
  ['/api/v1/sites?limit=', 400, '?limit', /decimal number/],
  ['/api/v1/nothing', 404, null, /nothing at/],
  ['/nothing-here', 404, null, /nothing at/],
  ['/tiles/rivers/5/1/1.mvt', 404, null, /rivers/],
  ['/tiles/sites/15/0/0.mvt', 400, 'z', /0 to 14/],
  ['/tiles/sites/-1/0/0.mvt', 400, 'z', /0 to 14/],
  ['/tiles/sites/3/8/0.mvt', 400, 'x', /0 to 7/],
  ['/tiles/sites/3/0/8.mvt', 400, 'y', /0 to 7/],
  ['/tiles/sites/3/1.5/0.mvt', 400, 'x', /0 to 7/],
  ['/tiles/sites/3/0/0.mvt?colour=red', 400, 'colour', /unknown parameter/i],
  ['/tiles/communes/3/0/0.mvt?operator=VIETTEL', 400, 'operator', /unknown parameter/i],
  ['/tiles/sites/3/0/0.mvt?at=2008-02-30', 400, '?at', /YYYY-MM-DD/],
  ['/tiles/sites/8/202/112.mvt?district=999', 404, '?district', /no district/],
];

describe('a bad request', () => {
  it.each(bad)('%s is refused', async (path, status, pointer, told) => {
    const body = await refusal(path);
    expect(body.status).toBe(status);
    expect(body.detail + JSON.stringify(body.errors ?? [])).toMatch(told);
    if (pointer === null) expect(body.errors).toBeUndefined();
    else expect(body.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('names every bad value at once, with the value and the reason', async () => {
    const { errors } = await refusal('/api/v1/sites?at=x&technology=7G&colour=red');
    expect(errors?.map((error) => [error.pointer, error.value]).sort()).toEqual([
      ['?at', 'x'],
      ['?colour', 'red'],
      ['?technology', '7G'],
    ]);
    for (const error of errors ?? []) expect(error.reason.length).toBeGreaterThan(5);
  });

  it.each([
    ['POST', '/api/v1/coverage/what-if'],
    ['POST', '/api/v1/coverage/suggest'],
    ['POST', '/api/v1/coverage/scenarios'],
    ['PUT', '/api/v1/coverage/scenarios/1'],
    ['POST', '/api/v1/coverage/jobs'],
    ['POST', '/api/v1/broadcast/runs'],
    ['POST', '/api/v1/connectivity/cut'],
    ['POST', '/api/v1/connectivity/topology/repairs'],
    ['PATCH', '/api/v1/sites/1'],
  ])('with a body nested without end is refused: %s %s', async (method, path) => {
    const [deep, headers] = [20_000, { 'Content-Type': 'application/json', Authorization: `Bearer ${EDIT_TOKEN}` }];
    const body = `{"a":${'['.repeat(deep)}${']'.repeat(deep)}}`;
    const problem = await refusal(path, { method, body, headers: { ...headers, 'If-Match': '"1"' } });
    expect(problem).toMatchObject({ status: 400, type: 'urn:phusong:problem:invalid-request' });
    expect(problem.detail).toMatch(/nested/);
  });

  it('with a body that is no JSON, too large, or of the wrong shape is refused', async () => {
    const post = (body: string): RequestInit => ({
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    const path = '/api/v1/connectivity/cut';
    expect(await refusal(path, post('{"spans": [1'))).toMatchObject({ status: 400 });
    expect(
      await refusal(path, post(JSON.stringify({ spans: Array.from({ length: 200_000 }, () => 1) }))),
    ).toMatchObject({ status: 413 });
    expect(await refusal(path, post('{"spans": "all"}'))).toMatchObject({
      status: 400,
      errors: [{ pointer: '/spans', value: 'all' }],
    });
    expect(await refusal(path, post('{"routes": []}'))).toMatchObject({
      status: 400,
      errors: [{ pointer: '/routes' }],
    });
    expect(await refusal(path, post('{"spans": [987654321]}'))).toMatchObject({ status: 404 });
  });

  it('with a broken address is refused', async () => {
    expect(await refusal('/api/v1/sites/%E0%A4%A')).toMatchObject({ status: 400 });
    expect((await server.fetch('/tiles/sites/3/0/0.mvt', { method: 'POST' })).status).toBe(405);
  });

  it('leaves the server able to answer the next', async () => {
    expect((await server.json('/api/v1/summary?at=2008-12-31')).status).toBe(200);
  });
});
