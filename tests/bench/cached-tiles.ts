import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchContext } from './support/benchmark.ts';
import { beside, startNode } from './support/child.ts';
import { withPostgres } from './support/databases.ts';
import { LoadGenerator } from './support/load.ts';
import { atLeast, type Metric, median, told } from './support/metric.ts';
import { startProduct } from './support/product.ts';
import { selectTiles, tilePath } from './support/tile-sample.ts';

const TIMES_AS_MANY = 5;
const CONNECTIONS = 16;
const SECONDS = 3;
const REPETITIONS = 3;
/** Bytes a typical tile of a city has; the tile nearest to it is taken. */
const TYPICAL_BYTES = 12_000;
const [SERVER_CORE, LOAD_CORE] = [0, 1];

/** The compressed bytes as they go over the wire, and their entity tag. */
function fetchCompressed(url: string): Promise<{ body: Buffer; etag: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'Accept-Encoding': 'gzip' } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve({ body: Buffer.concat(pieces), etag: response.headers.etag ?? '' }));
    });
    asked.on('error', reject).end();
  });
}

/** The path of a zoom-10 tile of about the typical size. */
async function chooseTile(productUrl: string, databaseUrl: string): Promise<string> {
  const tiles = await withPostgres(databaseUrl, (db) => selectTiles(db, 10));
  const likely = tiles.filter(({ sites }) => sites > 200 && sites < 1_500).slice(0, 60);
  let best = { path: '', distance: Number.POSITIVE_INFINITY };
  for (const path of likely.map((tile) => tilePath(tile))) {
    const { body } = await fetchCompressed(`${productUrl}${path}`);
    const distance = Math.abs(body.length - TYPICAL_BYTES);
    if (distance < best.distance) best = { path, distance };
  }
  return best.path;
}

/** One cached tile against Express `res.send` of the same bytes; server and load generator on a core each. */
export async function cachedTiles({ databases, say }: BenchContext): Promise<Metric[]> {
  const databaseUrl = await databases.country();
  const folder = await mkdtemp(join(tmpdir(), 'phusong-bench-'));
  const product = await startProduct({ DATABASE_URL: databaseUrl }, SERVER_CORE);
  const load = await LoadGenerator.start(LOAD_CORE);
  try {
    const path = await chooseTile(product.url, databaseUrl);
    const { body, etag } = await fetchCompressed(`${product.url}${path}`);
    await writeFile(join(folder, 'tile'), body);
    say(`cached tile of ${body.length} bytes`);
    const express = startNode(beside('./support/express-server', import.meta.url), {
      env: { TILE_PATH: path, TILE_FILE: join(folder, 'tile'), NODE_ENV: 'production' },
      core: SERVER_CORE,
      readyWhen: /ready at (http:\S+)/,
    });
    const expressUrl = await express.ready;
    const perSecond = async (url: string, asked: string, status: number, headers = {}): Promise<number> =>
      (await load.run({ url, paths: [asked], headers, connections: CONNECTIONS, seconds: SECONDS }, [status]))
        .perSecond;
    const [cached, revalidated, sent]: [number[], number[], number[]] = [[], [], []];
    for (let i = -1; i < REPETITIONS; i++) {
      const round = [
        await perSecond(product.url, path, 200),
        await perSecond(expressUrl, path, 200),
        await perSecond(product.url, path, 304, { 'If-None-Match': etag }),
      ] as const;
      if (i < 0) continue;
      cached.push(round[0]);
      sent.push(round[1]);
      revalidated.push(round[2]);
    }
    await express.stop();
    return [
      atLeast('cached_tile_ratio', median(cached) / median(sent), '× res.send', TIMES_AS_MANY),
      told('cached_tile_per_second', median(cached), 'tiles/s'),
      told('not_modified_per_second', median(revalidated), 'answers/s'),
      told('express_send_per_second', median(sent), 'answers/s'),
      told('cached_tile_bytes', body.length, 'bytes'),
    ];
  } finally {
    await Promise.all([product.stop(), load.stop()]);
    await rm(folder, { recursive: true });
  }
}
