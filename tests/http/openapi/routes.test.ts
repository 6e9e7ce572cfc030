import type { Express } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { operations } from '../../../server/openapi/describe-api.ts';
import { createMetrics } from '../../../server/platform/metrics.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

/** What Express keeps of a mounted handler; `rawPath` is where it is mounted. */
interface Layer {
  rawPath: string;
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

function routesIn(stack: readonly Layer[], prefix: string): string[] {
  return stack.flatMap((layer) => {
    if (layer.route) {
      const path = `${prefix}${layer.route.path}`.replace(/:(\w+)/g, '{$1}');
      return Object.keys(layer.route.methods).map((method) => `${method} ${path}`);
    }
    return layer.handle.stack ? routesIn(layer.handle.stack, prefix + layer.rawPath.replace(/\/$/, '')) : [];
  });
}

describe('routes', () => {
  test('every route of Express is described, and nothing else but the tiles', () => {
    const app: Express = createApp(server.context, createMetrics());
    const found = routesIn((app.router as unknown as { stack: Layer[] }).stack, '');
    const described = operations.filter(({ tag }) => tag !== 'tiles').map(({ method, path }) => `${method} ${path}`);
    expect(found.sort()).toEqual(described.sort());
  });

  test('a described tile and TileJSON are answered', async () => {
    const tile = await server.fetch('/tiles/communes/8/202/112.mvt?at=2008-12-31');
    expect(tile.status).toBe(200);
    expect(tile.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect((await server.fetch('/tiles/communes.json')).status).toBe(200);
  });
});

describe('GET /api/openapi.json, /api/docs', () => {
  test('the document has its type and a strong ETag that is answered with 304', async () => {
    const response = await server.fetch('/api/openapi.json');
    expect(response.headers.get('content-type')).toContain('application/json');
    const { openapi, paths } = (await response.json()) as { openapi: string; paths: object };
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toContain('/api/v1/sites');
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await server.fetch('/api/openapi.json', { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test('the page loads only its own style sheet, under the strict policy', async () => {
    const response = await server.fetch('/api/docs');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
    const page = await response.text();
    expect([...page.matchAll(/\b(?:src|href)="(?!#)([^"]*)"/g)].map((match) => match[1])).toEqual([
      'docs.css',
      'openapi.json',
    ]);
    const style = await server.fetch('/api/docs.css');
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(await style.text()).toContain(':focus-visible');
  });
});
