import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../client/src/api/client.ts';
import { watchReachability } from '../../client/src/api/reachability.ts';
import { createDomains } from '../../client/src/domains.tsx';
import { layerOrder } from '../../client/src/map/layer-order.ts';
import { buildStyle, labelFont } from '../../client/src/map/style.ts';
import { createAppContext } from '../../client/src/state/app-context.ts';
import { layerGroupIds, visibleGroups } from '../../client/src/state/layer-groups.ts';
import { tabs } from '../../client/src/state/url-state.ts';
import { createUrlStore } from '../../client/src/state/url-store.ts';
import { tileLayers } from '../../server/tiles/registry.ts';

const fontFaces = { [labelFont]: [{ url: 'http://localhost/font.woff2', 'unicode-range': ['U+0-FF'] }] };

const operators = {
  items: [
    { code: 'VIETTEL', name: 'Viettel', colour: '#D55E00', valid_from: '2004-10-15', valid_to: null, successor: null },
    {
      code: 'MOBIFONE',
      name: 'MobiFone',
      colour: '#009E73',
      valid_from: '1994-04-16',
      valid_to: null,
      successor: null,
    },
  ],
};

function answer(url: string): Response {
  return Response.json(url.includes('/operators') ? operators : { items: [], today: '2026-11-23', bounds: null });
}

/** The page's own domains over a server that only knows two operators. */
async function pageAt(search: string) {
  const page: Parameters<typeof createUrlStore>[0] = {
    location: { search, pathname: '/' },
    history: { pushState: () => undefined, replaceState: () => undefined },
    addEventListener: () => undefined,
  };
  const api = createApiClient({
    base: 'http://localhost/',
    language: () => 'vi',
    fetch: (url) => Promise.resolve(answer(new Request(url).url)),
  });
  const app = createAppContext(
    createUrlStore(page),
    api,
    watchReachability(() => Promise.resolve(true)),
  );
  const domains = createDomains(app);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { domains, style: () => buildStyle({ domains, visible: visibleGroups(app.url.state.value), fontFaces }) };
}

const addresses = [
  '',
  '?lang=en',
  ...tabs.map((tab) => `?tab=${tab}&at=2008-12-31`),
  '?operator=VIETTEL&technology=4G&district=227&layers=none',
  ...['site', 'commune', 'district', 'gap', 'span', 'node'].map((kind) => `?sel=${kind}:7`),
];

function errorsOf(style: StyleSpecification): string[] {
  return validateStyleMin(style).map((error) => error.message);
}

describe.each(addresses)('the style at "%s"', async (search) => {
  const { domains, style: make } = await pageAt(search);
  const style = make();
  const layers = style.layers.filter((layer) => layer.type !== 'background');

  it('is valid by the MapLibre style specification', () => {
    expect(errorsOf(style)).toEqual([]);
  });

  it('has every layer of the order, in that order, and no other', () => {
    expect(style.layers.map((layer) => layer.id)).toEqual([...layerOrder]);
  });

  it('takes every layer from a source that is there, and tiles from a layer of the registry', () => {
    const known = new Set<string>(tileLayers.map((layer) => layer.id));
    for (const layer of layers) {
      const source = style.sources[layer.source];
      expect(source, layer.id).toBeDefined();
      if (source?.type === 'vector') expect(known, layer.id).toContain(layer['source-layer']);
    }
  });

  it('writes text only in symbol layers called label or count, and only in the font that is served', () => {
    for (const layer of layers) {
      const isText = layer.type === 'symbol' && layer.layout?.['text-field'] !== undefined;
      expect(/-(label|count)$/.test(layer.id), layer.id).toBe(isText);
      if (isText) expect(layer.layout?.['text-font'], layer.id).toEqual([labelFont]);
    }
  });

  it('asks nobody but its own server', () => {
    const urls = JSON.stringify(style).match(/https?:\/\/[^/"]+/g) ?? [];
    expect(new Set(urls)).toEqual(new Set(['http://localhost']));
    expect(style).not.toHaveProperty('glyphs');
    expect(style).not.toHaveProperty('sprite');
  });

  it('gives clicks and hovers only to layers that exist', () => {
    const ids = new Set<string>(layerOrder);
    for (const domain of domains) {
      for (const id of [...Object.keys(domain.clicks ?? {}), ...Object.keys(domain.hovers ?? {})])
        expect(ids).toContain(id);
    }
  });
});

describe('layer groups', () => {
  it('are each brought by one domain, and hide exactly their layers', async () => {
    const { domains, style } = await pageAt('?layers=none');
    const groups = domains.flatMap((domain) => domain.groups ?? []);
    expect(groups.map((group) => group.id).sort()).toEqual([...layerGroupIds].sort());
    const grouped = new Set(groups.flatMap((group) => group.layers));
    for (const layer of style().layers) {
      if (layer.type === 'background') continue;
      expect(layer.layout?.visibility, layer.id).toBe(grouped.has(layer.id) ? 'none' : 'visible');
    }
  });

  it.each([
    ['gaps', 'visible'],
    ['coverage_area', 'visible'],
    ['gaps,coverage_area', 'visible'],
    ['choropleth', 'none'],
  ])('share the hatch of unknown communes: with %s it is %s', async (groups, visibility) => {
    const { style } = await pageAt(`?layers=${groups}`);
    const layer = style().layers.find(({ id }) => id === 'coverage-unknown-pattern');
    expect(layer?.layout?.visibility).toBe(visibility);
  });

  it('use every picture that a layer names', async () => {
    const { domains, style } = await pageAt('');
    const drawn = new Set(domains.flatMap((domain) => domain.images ?? []).map((image) => image.id));
    const text = JSON.stringify(style().layers);
    const named = [...text.matchAll(/"(?:fill-pattern|icon-image)":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(2);
    for (const id of named) expect(drawn).toContain(id);
    expect(drawn).toContain('connectivity-none');
  });
});
