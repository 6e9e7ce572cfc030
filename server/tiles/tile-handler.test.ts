import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailableError, HttpError } from '../platform/http-error.ts';
import { decodeGzip, decodeTile } from './testing/decode.ts';
import { FakeSource, parseFakeFilter } from './testing/fake-source.ts';
import { site } from './testing/sites.ts';
import { createTileHandler, type TileHandlerOptions } from './tile-handler.ts';
import { TileService } from './tile-service.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A server with only the tile handler; what it leaves alone is answered with 418. */
async function serve(source: FakeSource, options: Partial<TileHandlerOptions> = {}) {
  const service = new TileService({ source });
  const handle = createTileHandler({ service, source, parseFilter: parseFakeFilter, ...options });
  const server = createServer((req, res) => {
    if (!handle(req, res)) res.writeHead(418).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });
}

const twoSites = () => new FakeSource([site(1, 105, 21, { status: 'active' }), site(2, -100, 40)]);
const gzip = { 'Accept-Encoding': 'gzip' };

describe('a tile', () => {
  it('is answered compressed, with its type, a strong tag and without being hidden by caches', async () => {
    const get = await serve(twoSites());
    const { status, headers, body } = await get('/tiles/sites/0/0/0.mvt', gzip);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'content-length': String(body.length),
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
      'access-control-allow-origin': '*',
    });
    expect(headers.etag).toMatch(/^"1-[\w-]{16}"$/);
    expect(decodeGzip(body, 'sites').map(({ id }) => id)).toEqual([2, 1]);
  });

  it('is answered plain, with a tag of its own, to a client that does not take gzip', async () => {
    const get = await serve(twoSites());
    const compressed = await get('/tiles/sites/0/0/0.mvt', gzip);
    for (const encoding of [{}, { 'Accept-Encoding': 'br' }, { 'Accept-Encoding': 'gzip;q=0, br' }]) {
      const plain = await get('/tiles/sites/0/0/0.mvt', encoding as Record<string, string>);
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.body).toEqual(gunzipSync(compressed.body));
      expect(plain.headers.etag).not.toBe(compressed.headers.etag);
    }
  });

  it('holds what the filter selects', async () => {
    const get = await serve(twoSites());
    const { body } = await get('/tiles/sites/0/0/0.mvt?status=active');
    expect(decodeTile(body, 'sites').map(({ id }) => id)).toEqual([1]);
  });

  it('is 204 without a body when empty', async () => {
    const get = await serve(twoSites());
    const { status, headers, body } = await get('/tiles/sites/3/0/7.mvt', gzip);
    expect([status, body.length]).toEqual([204, 0]);
    expect(headers['content-length']).toBeUndefined();
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('is 304 without Content-Length and without any read when the client has it', async () => {
    const source = twoSites();
    const get = await serve(source);
    const { headers } = await get('/tiles/sites/0/0/0.mvt', gzip);
    const reads = source.reads;
    const etag = headers.etag ?? '';
    for (const known of [etag, `"other", W/${etag}`, '*']) {
      const again = await get('/tiles/sites/0/0/0.mvt', { ...gzip, 'If-None-Match': known });
      expect([again.status, again.body.length]).toEqual([304, 0]);
      expect(again.headers['content-length']).toBeUndefined();
      expect(again.headers['transfer-encoding']).toBeUndefined();
      expect(again.headers.etag).toBe(etag);
      expect(again.headers['cache-control']).toBe('no-cache');
    }
    const never = await get('/tiles/sites/5/25/14.mvt', { ...gzip, 'If-None-Match': etag });
    expect(never.status).toBe(304);
    expect(source.reads).toBe(reads);
  });

  it('is 200 with the new content to the old tag after an edit, and with another filter', async () => {
    const source = twoSites();
    const get = await serve(source);
    const before = await get('/tiles/sites/0/0/0.mvt', gzip);
    const known = { ...gzip, 'If-None-Match': before.headers.etag ?? '' };
    expect((await get('/tiles/sites/0/0/0.mvt?status=active', known)).status).toBe(200);
    source.edit(new Map([[1, null]]));
    const after = await get('/tiles/sites/0/0/0.mvt', known);
    expect(after.status).toBe(200);
    expect(decodeGzip(after.body, 'sites').map(({ id }) => id)).toEqual([2]);
  });

  it('has the same headers and no body for HEAD', async () => {
    const get = await serve(twoSites());
    const whole = await get('/tiles/sites/0/0/0.mvt', gzip);
    const head = await get('/tiles/sites/0/0/0.mvt', gzip, 'HEAD');
    expect(head.body.length).toBe(0);
    for (const name of ['content-length', 'etag', 'content-type', 'content-encoding'] as const) {
      expect(head.headers[name]).toBe(whole.headers[name]);
    }
  });
});

describe('TileJSON', () => {
  it('describes the layer, with absolute addresses that carry the filter', async () => {
    const get = await serve(twoSites());
    const { headers, body } = await get('/tiles/sites.json?status=active', { Host: 'map.example:8080' });
    expect(headers['content-type']).toBe('application/json');
    const json = JSON.parse(body.toString());
    expect(json).toMatchObject({
      tilejson: '3.0.0',
      scheme: 'xyz',
      tiles: ['http://map.example:8080/tiles/sites/{z}/{x}/{y}.mvt?status=active'],
      minzoom: 0,
      maxzoom: 14,
      bounds: [104.8, 20.9, 105.5, 21.8],
    });
    expect(json.vector_layers[0].id).toBe('sites');
    expect(json.vector_layers[0].fields.height_m).toBe('Chiều cao cột lớn nhất, m (number)');
    expect(Object.keys(json.vector_layers[0].fields)).toContain('count');
  });

  it('is in English for who prefers it, and uses the public address when there is one', async () => {
    const get = await serve(twoSites(), { publicBaseUrl: 'https://phusong.example/map' });
    const answer = await get('/tiles/spans.json', { 'Accept-Language': 'en-GB,en;q=0.9,vi;q=0.5' });
    const json = JSON.parse(answer.body.toString());
    expect(json.name).toBe('Fibre spans');
    expect(json.tiles).toEqual(['https://phusong.example/map/tiles/spans/{z}/{x}/{y}.mvt']);
    expect(answer.headers.vary).toBe('Accept-Language');
    const again = await get('/tiles/spans.json', {
      'Accept-Language': 'en',
      'If-None-Match': answer.headers.etag ?? '',
    });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it('refuses a Host that is not one', async () => {
    const get = await serve(twoSites());
    expect((await get('/tiles/sites.json', { Host: 'a/b"<' })).status).toBe(400);
  });
});

const problem = ({ status, headers, body }: Answer) => {
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  const json = JSON.parse(body.toString());
  expect(json.status).toBe(status);
  expect(json.request_id).toBe(headers['x-request-id']);
  expect(json.request_id).toBeTruthy();
  return json;
};

const refuse = (code: string) =>
  new HttpError(400, code, 'No.', { errors: [{ pointer: 'at', value: 'x', reason: 'no date' }] });

describe('a request that cannot be answered', () => {
  it.each([
    ['/tiles/sites/15/0/0.mvt', 'z'],
    ['/tiles/sites/-1/0/0.mvt', 'z'],
    ['/tiles/sites/1.5/0/0.mvt', 'z'],
    ['/tiles/sites/1e1/0/0.mvt', 'z'],
    ['/tiles/sites/3/8/0.mvt', 'x'],
    ['/tiles/sites/3/0/8.mvt', 'y'],
    ['/tiles/sites/3/0/99999999999999999999.mvt', 'y'],
    ['/tiles/sites/0/0/0.mvt?colour=red', 'colour'],
    ['/tiles/nodes/0/0/0.mvt?district=227', 'district'],
    ['/tiles/sites.json?colour=red', 'colour'],
  ])('%s is 400 and names %s', async (path, pointer) => {
    const get = await serve(twoSites());
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(problem(answer).errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('is 404 for an unknown layer and 405 for writing', async () => {
    const get = await serve(twoSites());
    expect(problem(await get('/tiles/roads/0/0/0.mvt')).type).toBe('urn:phusong:problem:unknown-layer');
    const post = await get('/tiles/sites/0/0/0.mvt', {}, 'POST');
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('passes on what the filter parser and the source refuse', async () => {
    const get = await serve(twoSites(), {
      parseFilter: () => {
        throw refuse('bad-date');
      },
    });
    expect(problem(await get('/tiles/sites/0/0/0.mvt?at=x')).type).toBe('urn:phusong:problem:bad-date');
    const source = twoSites();
    source.failure = refuse('unknown-district');
    expect(problem(await (await serve(source))('/tiles/sites/0/0/0.mvt')).type).toBe(
      'urn:phusong:problem:unknown-district',
    );
  });

  it('is 503 with Retry-After while the database is away, and 200 when it is back', async () => {
    const source = twoSites();
    const errors: unknown[] = [];
    const get = await serve(source, { onError: (error) => errors.push(error), requestId: () => 'r-17' });
    source.failure = new DatabaseUnavailableError(new Error('connect ECONNREFUSED'));
    for (const path of ['/tiles/sites/0/0/0.mvt', '/tiles/sites.json']) {
      const answer = await get(path);
      expect(answer.status).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(problem(answer).request_id).toBe('r-17');
    }
    expect(errors).toHaveLength(2);
    source.failure = null;
    expect((await get('/tiles/sites/0/0/0.mvt')).status).toBe(200);
    expect((await get('/tiles/sites.json')).status).toBe(200);
  });

  it('is 500 without any detail for what was not foreseen', async () => {
    const source = twoSites();
    source.failure = new Error('select * from secrets');
    const answer = await (await serve(source))('/tiles/sites/0/0/0.mvt');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(problem(answer))).not.toContain('secrets');
  });
});

it('leaves every other URL alone', async () => {
  const get = await serve(twoSites());
  for (const path of [
    '/',
    '/tiles',
    '/tiles/',
    '/tiles/sites',
    '/tiles/sites/0/0.mvt',
    '/tiles/sites/0/0/0.png',
    '/ogc/tiles/sites.json',
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 418]);
  }
});

it('answers a preflight request', async () => {
  const get = await serve(twoSites());
  const { status, headers } = await get('/tiles/sites/0/0/0.mvt', { Origin: 'https://a.example' }, 'OPTIONS');
  expect(status).toBe(204);
  expect(headers['access-control-allow-methods']).toBe('GET, HEAD');
});

it('takes a default day anew when the day changes', async () => {
  let day = '2026-11-23';
  const source = twoSites();
  const days: string[] = [];
  const rows = source.rows.bind(source);
  source.rows = (layer, at, ids) => {
    days.push(at);
    return rows(layer, at, ids);
  };
  const realNow = Date.now;
  try {
    const parseFilter: TileHandlerOptions['parseFilter'] = () => ({ key: `at=${day}`, day, filter: { status: null } });
    const get = await serve(source, { parseFilter });
    Date.now = () => Date.parse('2026-11-23T23:59:59+07:00');
    await get('/tiles/sites/0/0/0.mvt');
    day = '2026-11-24';
    Date.now = () => Date.parse('2026-11-24T00:00:00+07:00');
    await get('/tiles/sites/0/0/0.mvt');
    expect(days).toEqual(['2026-11-23', '2026-11-24']);
  } finally {
    Date.now = realNow;
  }
});
