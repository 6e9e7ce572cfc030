import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecodedFeature, decodeGzip } from './testing/decode.ts';
import { FakeSource, parseFakeFilter } from './testing/fake-source.ts';
import { layerOf, site } from './testing/sites.ts';
import { TileService } from './tile-service.ts';
import type { TileRow } from './tile-source.ts';

const sites = layerOf('sites');
const communes = layerOf('communes');
const gaps = layerOf('gaps');
const everything = parseFakeFilter(new URLSearchParams(''), sites);
const active = parseFakeFilter(new URLSearchParams('status=active'), sites);
const world = { z: 0, x: 0, y: 0 };

/** A site that is a polygon as well, so that one table serves layers of both kinds. */
function place(id: number, lon: number, attributes: Record<string, unknown> = {}): TileRow {
  const [west, east, south, north] = [lon, lon + 4, 20, 24];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { ...site(id, lon, 21, attributes), geometry: { type: 'Polygon', coordinates: [ring] } };
}

const idsOf = (features: readonly DecodedFeature[]): number[] =>
  features.map(({ id }) => id ?? -1).toSorted((a, b) => a - b);

/** What the newest committed rows look like on the map: exactly the answer a tile must give. */
const expected = (source: FakeSource, status: string | null): number =>
  [...source.rowsById.values()].filter((row) => status === null || row['status'] === status).length;

describe('TileService', () => {
  it('makes a tile once, and then touches nothing of the source but its revision', async () => {
    const source = new FakeSource([place(1, 0, { status: 'active' }), place(2, 90)]);
    const service = new TileService({ source });
    expect(service.cached(sites, active, world)).toBeUndefined();
    const tiles = await Promise.all(Array.from({ length: 20 }, () => service.tile(sites, active, world)));
    expect(source.calls).toEqual({ changes: 1, rows: 1, select: 1, bounds: 0 });
    expect(idsOf(decodeGzip(tiles[0]?.gzip ?? null, 'sites'))).toEqual([1]);
    expect(service.cached(sites, active, world)).toBe(tiles[0]);
    await service.tile(sites, active, world);
    expect(source.reads).toBe(3);
  });

  it('asks for a filter once per revision, whatever the number of tiles, and loads a day once for all filters', async () => {
    const source = new FakeSource([place(1, 10, { status: 'active' }), place(2, 100)]);
    const service = new TileService({ source });
    const tiles = [0, 1, 2, 3].map((x) => ({ z: 2, x, y: 1 }));
    for (const filter of [active, everything])
      await Promise.all(tiles.map((tile) => service.tile(sites, filter, tile)));
    expect(source.calls).toEqual({ changes: 1, rows: 1, select: 2, bounds: 0 });
  });

  it('reads only the changed rows after an edit', async () => {
    const source = new FakeSource(Array.from({ length: 100 }, (_, i) => place(i + 1, i)));
    const service = new TileService({ source });
    await service.tile(sites, everything, world);
    const asked: (readonly number[] | null)[] = [];
    const rows = source.rows.bind(source);
    source.rows = (layer, day, ids) => {
      asked.push(ids);
      return rows(layer, day, ids);
    };
    const revision = source.edit(
      new Map([
        [5, null],
        [200, place(200, -50)],
      ]),
    );
    const tile = await service.tile(sites, everything, world);
    expect(tile.revision).toBe(revision);
    expect(asked).toEqual([[5, 200]]);
  });

  it('keeps the slices of a layer an edit has not touched', async () => {
    const source = new FakeSource([place(1, 0)]);
    const service = new TileService({ source });
    await service.tile(communes, everything, world);
    source.edit(new Map());
    const tile = await service.tile(communes, everything, world);
    expect(tile.revision).toBe(2);
    expect(source.calls.rows).toBe(1);
  });

  it('filters polygons of a day in memory, and loads only what is selected for a layer kept per filter', async () => {
    const source = new FakeSource([place(1, 0, { status: 'active' }), place(2, 90, { people: 7 })]);
    const service = new TileService({ source });
    expect(idsOf(decodeGzip((await service.tile(communes, everything, world)).gzip, 'communes'))).toEqual([1, 2]);
    expect(idsOf(decodeGzip((await service.tile(communes, active, world)).gzip, 'communes'))).toEqual([1]);
    expect(source.calls.rows).toBe(1);
    expect(idsOf(decodeGzip((await service.tile(gaps, active, world)).gzip, 'gaps'))).toEqual([1]);
    expect(idsOf(decodeGzip((await service.tile(gaps, everything, world)).gzip, 'gaps'))).toEqual([1, 2]);
    expect(source.calls.rows).toBe(3);
  });

  it('has an empty tile for an empty selection of a layer kept per filter, without reading rows', async () => {
    const source = new FakeSource([place(1, 0)]);
    const service = new TileService({ source });
    expect((await service.tile(gaps, active, world)).gzip).toBeNull();
    expect(source.calls.rows).toBe(0);
  });

  it('fails while the source is away, serves what is cached, and recovers by itself', async () => {
    const source = new FakeSource([place(1, 0)]);
    const service = new TileService({ source });
    await service.tile(sites, everything, world);
    source.failure = new Error('away');
    await expect(service.tile(sites, active, world)).rejects.toThrow('away');
    expect((await service.tile(sites, everything, world)).gzip).not.toBeNull();
    source.edit(new Map([[1, null]]));
    await expect(service.tile(sites, everything, world)).rejects.toThrow('away');
    source.failure = null;
    expect((await service.tile(sites, everything, world)).gzip).toBeNull();
  });

  it('has the same fingerprint for the same dataset, layer and filter only', () => {
    const [one, other] = ['a', 'b'].map((datasetId) => new TileService({ source: new FakeSource(), datasetId }));
    const prints = [
      one?.fingerprint(sites, everything),
      one?.fingerprint(sites, active),
      one?.fingerprint(communes, everything),
      other?.fingerprint(sites, everything),
    ];
    expect(new Set(prints).size).toBe(4);
    expect(one?.fingerprint(sites, everything)).toBe(prints[0]);
  });
});

describe('after an acknowledged edit', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('edit' as const),
      id: fc.integer({ min: 1, max: 12 }),
      status: fc.constantFrom('active', 'planned', null),
      gone: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('replace' as const), count: fc.integer({ min: 0, max: 8 }) }),
    fc.record({
      kind: fc.constant('tile' as const),
      layer: fc.constantFrom('sites', 'nodes', 'communes', 'gaps'),
      filtered: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 6 }) }),
  );

  it('no tile is stale, however edits, requests and slow reads interleave', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.infiniteStream(fc.nat({ max: 4 })),
        async (steps, delays) => {
          const source = new FakeSource([place(1, 0, { status: 'active' }), place(2, 5)]);
          source.pause = async () => {
            for (let turns = delays.next().value ?? 0; turns > 0; turns--) await Promise.resolve();
          };
          const service = new TileService({ source });
          const checks: Promise<void>[] = [];
          const ask = async (layerId: string, filtered: boolean): Promise<void> => {
            const filter = filtered ? active : everything;
            const acknowledged = source.revision();
            const tile = await service.tile(layerOf(layerId), filter, world);
            expect(tile.revision).toBeGreaterThanOrEqual(acknowledged);
            if (source.revision() > acknowledged) return;
            const counts = decodeGzip(tile.gzip, layerId).map(({ properties }) => Number(properties['count'] ?? 1));
            expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected(source, filtered ? 'active' : null));
          };
          for (const action of steps) {
            if (action.kind === 'edit') {
              source.edit(
                new Map([[action.id, action.gone ? null : place(action.id, action.id * 9, { status: action.status })]]),
              );
            } else if (action.kind === 'replace') {
              source.replaceAll(
                Array.from({ length: action.count }, (_, i) => place(i + 1, i * 9, { status: 'active' })),
              );
            } else if (action.kind === 'wait') {
              for (let i = 0; i < action.turns; i++) await Promise.resolve();
            } else checks.push(ask(action.layer, action.filtered));
          }
          await Promise.all(checks);
          for (const layerId of ['sites', 'communes', 'gaps']) await ask(layerId, true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
