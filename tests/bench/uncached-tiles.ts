import sql from 'sql-template-tag';
import { TILE_EXTENT } from '../../server/tiles/layer.ts';
import type { BenchContext } from './support/benchmark.ts';
import { beside, type Child, startNode } from './support/child.ts';
import { withPostgres } from './support/databases.ts';
import { type DecodedFeature, decodeSites } from './support/decode.ts';
import { LoadGenerator } from './support/load.ts';
import { atLeast, type Metric, median, told } from './support/metric.ts';
import { startProduct } from './support/product.ts';
import { type SampledTile, sampleTiles, tilePath } from './support/tile-sample.ts';

const TIMES_AS_MANY = 2.5;
const CONNECTIONS = 8;
const SECONDS = 4;
const WARM_UP_SECONDS = 1;
const REPETITIONS = 3;
const COMPARED_TILES = 40;
/** The product's smallest cache, and what an entry costs in it beside its bytes. */
const CACHE_BYTES = 2 ** 20;
const CACHE_ENTRY_BYTES = 400;
/** Asked in turn: so many tiles that none is still in that cache when its turn comes again. */
const TILES = { 10: 500, 14: 6_000 } as const;

/** The finished rows of the layer for the faster ST_AsMVT side: what the product shows on a day, Web Mercator, clustered by place. */
async function makeComparisonTable(url: string): Promise<void> {
  await withPostgres(url, (db) =>
    db.transaction(
      (tx) =>
        tx.script(`
      set local timezone = 'Asia/Ho_Chi_Minh';
      drop table if exists bench_mvt;
      create table bench_mvt as
      select st_transform(st_setsrid(st_makepoint(lon, lat), 4326), 3857) as geom, r.id, code, name, r.status, environment, mast_class, height_m,
             operators, technologies, station_count, cell_count, certificate, synthetic
        from tile_rows_sites(current_date, null) r
       where r.status in ('active', 'suspended') and exists (select 1 from site s where s.id = r.id and is_valid_at(s.valid_from, s.valid_to, current_date));
      create index bench_mvt_geom on bench_mvt using gist (geom);
      cluster bench_mvt using bench_mvt_geom;
      analyze bench_mvt`),
      { statementTimeout: 0 },
    ),
  );
  await withPostgres(url, (db) => db.query(sql`vacuum bench_mvt`));
}

async function fetchSites(url: string): Promise<DecodedFeature[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return decodeSites(new Uint8Array(await response.arrayBuffer()));
}

const attributesOf = ({ properties }: DecodedFeature): string => JSON.stringify(Object.entries(properties).sort());
const isOnEdge = ({ x, y }: DecodedFeature): boolean => Math.min(x, y) <= 0 || Math.max(x, y) >= TILE_EXTENT;

/**
 * Ids and attributes must be equal, positions within one tile unit. A site on the very edge may be missing on either side:
 * one counts it to the neighbour. @throws Error at the first difference
 */
async function requireEqualTiles(ours: string, theirs: string, tiles: readonly SampledTile[]): Promise<void> {
  for (const path of tiles.map((tile) => tilePath(tile))) {
    const [a, b] = await Promise.all([fetchSites(`${ours}${path}`), fetchSites(`${theirs}${path}`)]);
    const others = new Map(b.map((feature) => [feature.id, feature]));
    for (const feature of a) {
      const other = others.get(feature.id);
      others.delete(feature.id);
      if (other === undefined && isOnEdge(feature)) continue;
      const near = other && Math.abs(feature.x - other.x) <= 1 && Math.abs(feature.y - other.y) <= 1;
      if (!near || attributesOf(feature) !== attributesOf(other))
        throw new Error(`${path}: site ${feature.id} differs`);
    }
    const extra = [...others.values()].find((feature) => !isOnEdge(feature));
    if (extra) throw new Error(`${path}: site ${extra.id} is only in the tile of ST_AsMVT`);
  }
}

interface Sides {
  product: string;
  /** ST_AsMVT over the tables of the inventory: the comparison that the target is about. */
  live: string;
  /** ST_AsMVT over a table made for it, which does not show edits. */
  prepared: string;
  load: LoadGenerator;
}

async function measureZoom(z: 10 | 14, tiles: readonly SampledTile[], sides: Sides): Promise<Metric[]> {
  for (const other of [sides.live, sides.prepared]) {
    await requireEqualTiles(sides.product, other, tiles.slice(0, COMPARED_TILES));
  }
  const paths = tiles.map((tile) => tilePath(tile));
  const perSecond = async (url: string, seconds: number): Promise<number> => {
    const result = await sides.load.run({ url, paths, connections: CONNECTIONS, seconds }, [200, 204]);
    const bytesOfAll = (result.bytes / result.requests + CACHE_ENTRY_BYTES) * paths.length;
    if (bytesOfAll < 2 * CACHE_BYTES) throw new Error(`z${z}: all tiles together fit the cache; take more tiles`);
    return result.perSecond;
  };
  const urls = [sides.product, sides.live, sides.prepared];
  const rates = urls.map((): number[] => []);
  for (let i = -1; i < REPETITIONS; i++) {
    for (const [side, url] of urls.entries()) {
      const rate = await perSecond(url, i < 0 ? WARM_UP_SECONDS : SECONDS);
      if (i >= 0) rates[side]?.push(rate);
    }
  }
  const [ours = 0, live = 0, prepared = 0] = rates.map(median);
  return [
    atLeast(`uncached_z${z}_ratio`, ours / live, '× ST_AsMVT', TIMES_AS_MANY),
    told(`uncached_z${z}_ratio_prepared_table`, ours / prepared, '× ST_AsMVT'),
    told(`uncached_z${z}_per_second`, ours, 'tiles/s'),
    told(`uncached_z${z}_st_asmvt_per_second`, live, 'tiles/s'),
    told(`uncached_z${z}_st_asmvt_prepared_per_second`, prepared, 'tiles/s'),
  ];
}

/** Tiles made anew for every request, over HTTP, against Node → ST_AsMVT over the same PostgreSQL with equal content. */
export async function uncachedTiles({ databases, say }: BenchContext): Promise<Metric[]> {
  const url = await databases.country();
  say('making the table of the faster ST_AsMVT side');
  await makeComparisonTable(url);
  const tiles = await withPostgres(url, async (db) => ({
    10: await sampleTiles(db, 10, TILES[10]),
    14: await sampleTiles(db, 14, TILES[14]),
  }));
  const product = await startProduct({ DATABASE_URL: url, TILE_CACHE_MB: '1' });
  const startOther = (rows: 'live' | 'prepared'): Child =>
    startNode(beside('./support/st-asmvt-server', import.meta.url), {
      env: { DATABASE_URL: url, ROWS: rows, NODE_ENV: 'production' },
      readyWhen: /ready at (http:\S+)/,
    });
  const others = { live: startOther('live'), prepared: startOther('prepared') };
  const load = await LoadGenerator.start();
  try {
    const started = performance.now();
    await fetch(`${product.url}/tiles/sites/0/0/0.mvt`);
    const loaded = (performance.now() - started) / 1000;
    const sides = { product: product.url, live: await others.live.ready, prepared: await others.prepared.ready, load };
    const metrics: Metric[] = [];
    for (const z of [10, 14] as const) {
      say(
        `z${z}: ${tiles[z].length} tiles, ${Math.round(tiles[z].reduce((n, t) => n + t.sites, 0) / tiles[z].length)} sites each`,
      );
      metrics.push(...(await measureZoom(z, tiles[z], sides)));
    }
    return [...metrics, told('first_tile_of_country', loaded, 's')];
  } finally {
    await Promise.all([product.stop(), others.live.stop(), others.prepared.stop(), load.stop()]);
  }
}
