import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_TILE_BYTES, TILE_EXTENT } from '../../../server/tiles/layer.ts';
import { type LayerId, tileLayers } from '../../../server/tiles/registry.ts';
import { decodeTile } from '../../../server/tiles/testing/decode.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';
import { tileOf } from '../../support/tile-math.ts';
import { expectedTiles, keepRows, type Measured, measure, type TileNumbers } from './oracle.ts';

/** 10 questions of this many tiles each: more than 1,000. */
const TILES_A_QUESTION = 150;
const [WEST, SOUTH, EAST, NORTH] = [104.75, 20.85, 105.5, 21.75];

interface Question {
  layer: LayerId;
  at: string;
  query: string;
  /** The rows of the layer that the query selects, by other means than the shared filter. */
  condition: Sql;
}

const shown = (at: string): Sql => sql`exists (
  select 1 from site s where s.id = r.id and s.valid_from <= ${sql([`'${at}'`])} and coalesce(s.valid_to > ${sql([`'${at}'`])}, true)
     and s.status <> 'planned')`;
const all = sql`true`;

const questions: Question[] = [
  { layer: 'communes', at: '2008-12-31', query: '', condition: all },
  { layer: 'communes', at: '2026-01-01', query: '', condition: all },
  { layer: 'districts', at: '2026-01-01', query: '', condition: all },
  {
    layer: 'coverage',
    at: '2008-12-31',
    query: '&operator=VIETTEL&technology=2G',
    condition: sql`r.operator = 'VIETTEL' and r.technology = '2G'`,
  },
  {
    layer: 'gaps',
    at: '2026-01-01',
    query: '&technology=4G&operator=VIETTEL',
    condition: sql`r.operator = 'VIETTEL' and r.technology = '4G'`,
  },
  { layer: 'no_terrain', at: '2026-01-01', query: '', condition: all },
  { layer: 'broadcast', at: '2008-12-31', query: '', condition: all },
  { layer: 'broadcast_no_terrain', at: '2008-12-31', query: '', condition: all },
  { layer: 'spans', at: '2026-01-01', query: '', condition: all },
  { layer: 'nodes', at: '2008-12-31', query: '', condition: all },
  { layer: 'sites', at: '2026-01-01', query: '', condition: shown('2026-01-01') },
];

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
  // The demo has no terrain: ground without heights is made up, with known ground inside.
  const shape = sql`st_multi(st_difference(st_makeenvelope(104.8, 20.9, 105.05, 21.7, 4326), st_buffer(st_point(104.95, 21.3, 4326), 0.05)))`;
  const { db } = server.database;
  await db.query(sql`insert into no_terrain_area (run_id, geom, area_km2) select id, ${shape}, 1 from coverage_run`);
  await db.query(
    sql`insert into broadcast_no_terrain_area (run_id, geom, area_km2) select id, ${shape}, 1 from broadcast_run`,
  );
});
afterAll(() => server.close());

/** A small, seeded generator (mulberry32): the same tiles in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Tiles somewhere in or beside the province, none twice. */
function randomTiles(minZoom: number, maxZoom: number, seed: number): TileNumbers[] {
  const random = randomNumbers(seed);
  const tiles = new Map<string, TileNumbers>();
  for (let tries = 0; tiles.size < TILES_A_QUESTION && tries < 5_000; tries++) {
    const z = minZoom + Math.floor(random() * (maxZoom + 1 - minZoom));
    const tile = tileOf(WEST + random() * (EAST - WEST), SOUTH + random() * (NORTH - SOUTH), z);
    tiles.set(`${z}/${tile.x}/${tile.y}`, tile);
  }
  return [...tiles.values()];
}

async function drawnTile(layer: string, { z, x, y }: TileNumbers, query: string): Promise<Measured[]> {
  const response = await server.fetch(`/tiles/${layer}/${z}/${x}/${y}.mvt?${query}`);
  const body = new Uint8Array(await response.arrayBuffer());
  if (response.status === 204) return [];
  expect(response.status).toBe(200);
  return decodeTile(body, layer).map(measure);
}

const byId = (features: readonly Measured[]): Map<number, Measured> => {
  const known = new Map<number, Measured>();
  for (const feature of features) {
    if (feature.id === undefined) throw new Error('a feature without an id');
    expect(known.has(feature.id)).toBe(false);
    known.set(feature.id, feature);
  }
  return known;
};

/** Features that rounding to whole units may make vanish, or put on the other side of the edge of the tile. */
function isOnTheEdgeOfBeing({ position, size, outline }: Measured, kind: string): boolean {
  if (position) return position.some((value) => value < 1 || value > TILE_EXTENT - 1);
  return kind === 'polygon' ? size < 2 + outline : size < 2;
}

/** How the tile differs from what it must hold; empty when it does not. */
function differences(drawn: readonly Measured[], expected: readonly Measured[], kind: string): string[] {
  const found: string[] = [];
  const [ours, theirs] = [byId(drawn), byId(expected)];
  for (const [id, feature] of theirs)
    if (!ours.has(id) && !isOnTheEdgeOfBeing(feature, kind)) found.push(`${id} is missing (size ${feature.size})`);
  for (const [id, feature] of ours) {
    const wanted = theirs.get(id);
    if (!wanted) {
      if (!isOnTheEdgeOfBeing(feature, kind)) found.push(`${id} should not be there (size ${feature.size})`);
      continue;
    }
    const [here, there] = [JSON.stringify(sortedEntries(feature)), JSON.stringify(sortedEntries(wanted))];
    if (here !== there) found.push(`${id}: ${here} instead of ${there}`);
    if (feature.position && wanted.position) {
      const away = Math.max(
        ...feature.position.map((value, i) => Math.abs(value - (wanted.position?.[i] ?? Number.NaN))),
      );
      if (!(away <= 1)) found.push(`${id}: ${away} units away`);
    }
    // A vertex rounded to the grid moves by up to half a unit each way: for small shapes that is more than 1 %.
    const tolerance = Math.max(0.01 * wanted.size, kind === 'polygon' ? 0.35 * wanted.outline + 1 : 4);
    if (Math.abs(feature.size - wanted.size) > tolerance)
      found.push(`${id}: size ${feature.size} instead of ${wanted.size}`);
  }
  return found;
}

const sortedEntries = ({ properties }: Measured): unknown[] =>
  Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));

describe('tiles against PostGIS', () => {
  let compared = 0;
  let featuresCompared = 0;
  const areas: number[] = [];

  it.each(questions)('$layer on $at, filtered by "$query"', async ({ layer: id, at, query, condition }) => {
    const layer = tileLayers.find((candidate) => candidate.id === id);
    if (!layer) throw new Error(`no layer ${id}`);
    await keepRows(server.database.db, layer, at, condition);
    const tiles = randomTiles(layer.cluster?.belowZoom ?? 3, 14, compared + 1);
    const expected = await expectedTiles(server.database.db, layer, tiles);
    const found: string[] = [];
    for (const [i, tile] of tiles.entries()) {
      const drawn = await drawnTile(id, tile, `at=${at}${query}`);
      const wanted = expected[i] ?? [];
      featuresCompared += wanted.length;
      for (const difference of differences(drawn, wanted, layer.geometry))
        found.push(`${tile.z}/${tile.x}/${tile.y}: ${difference}`);
      if (layer.geometry === 'polygon') {
        const theirs = byId(wanted);
        for (const feature of drawn) {
          const size = theirs.get(feature.id ?? -1)?.size ?? 0;
          if (size > 40_000) areas.push(Math.abs(feature.size - size) / size);
        }
      }
    }
    compared += tiles.length;
    expect(found).toEqual([]);
  });

  it('compared at least 1,000 tiles, and thousands of features', () => {
    expect(compared).toBeGreaterThanOrEqual(1_000);
    expect(featuresCompared).toBeGreaterThan(5_000);
  });

  // Both round to whole units: at 100 × 100 units that alone may be 1 %.
  it('keeps the area of polygons of more than 200 × 200 units within 1 %', () => {
    expect(areas.length).toBeGreaterThan(500);
    expect(Math.max(...areas)).toBeLessThan(0.01);
  });
});

describe('merged sites at low zoom', () => {
  it('stand for exactly the sites of their tile, and a lone site stays itself', async () => {
    const layer = tileLayers.find((candidate) => candidate.id === 'sites');
    if (!layer) throw new Error('no layer sites');
    await keepRows(server.database.db, layer, '2026-01-01', shown('2026-01-01'));
    const tiles = randomTiles(0, 9, 99);
    expect(tiles.length).toBeGreaterThan(12);
    const expected = await expectedTiles(server.database.db, layer, tiles);
    for (const [i, tile] of tiles.entries()) {
      const drawn = await drawnTile('sites', tile, 'at=2026-01-01');
      const wanted = expected[i] ?? [];
      const border = wanted.filter((feature) => isOnTheEdgeOfBeing(feature, 'point')).length;
      const count = drawn.reduce(
        (sum, feature) => sum + (feature.id === undefined ? Number(feature.properties['count']) : 1),
        0,
      );
      expect(Math.abs(count - wanted.length), `${tile.z}/${tile.x}/${tile.y}`).toBeLessThanOrEqual(border);
      const alone = byId(wanted);
      for (const feature of drawn) {
        if (feature.id === undefined) {
          expect(Object.keys(feature.properties)).toEqual(['count']);
          expect(feature.properties['count']).toBeGreaterThan(1);
        } else expect(sortedEntries(feature)).toEqual(sortedEntries(alone.get(feature.id) ?? feature));
      }
    }
  });
});

describe('every tile', () => {
  it('is at most 100 kB compressed, at any zoom', async () => {
    for (const { layer, at, query } of questions) {
      for (let z = 0; z <= 12; z++) {
        const { x, y } = tileOf(105.2, 21.35, z);
        const response = await server.fetch(`/tiles/${layer}/${z}/${x}/${y}.mvt?at=${at}${query}`, {
          headers: { 'Accept-Encoding': 'gzip' },
        });
        const length = Number(response.headers.get('content-length') ?? 0);
        await response.arrayBuffer();
        expect(length, `${layer} ${z}/${x}/${y}`).toBeLessThanOrEqual(MAX_TILE_BYTES);
      }
    }
  });

  it('is described by its TileJSON', async () => {
    for (const layer of tileLayers) {
      const { status, body } = await server.json<{
        tilejson: string;
        tiles: string[];
        minzoom: number;
        maxzoom: number;
        bounds: number[];
        vector_layers: { id: string; fields: object }[];
      }>(`/tiles/${layer.id}.json`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ tilejson: '3.0.0', minzoom: 0, maxzoom: 14, vector_layers: [{ id: layer.id }] });
      expect(body.tiles).toEqual([`${server.url}/tiles/${layer.id}/{z}/{x}/{y}.mvt`]);
      expect(Object.keys(body.vector_layers[0]?.fields ?? {})).toEqual(
        expect.arrayContaining(layer.attributes.map(({ name }) => name)),
      );
      const [west = 0, south = 0, east = 0, north = 0] = body.bounds;
      expect(west).toBeGreaterThan(104);
      expect(east).toBeLessThan(106.5);
      expect(south).toBeGreaterThan(20);
      expect(north).toBeLessThan(22);
    }
  });
});
