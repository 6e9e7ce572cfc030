import { seededRandom } from '../../server/platform/seeded-random.ts';
import { compressPoints } from '../../server/tiles/tile-fit.ts';
import type { BenchContext } from './support/benchmark.ts';
import { withPostgres } from './support/databases.ts';
import { atMost, type Metric, percentile, told } from './support/metric.ts';
import { shuffled } from './support/random.ts';
import { loadSites } from './support/snapshot.ts';
import { type SampledTile, selectTiles } from './support/tile-sample.ts';

const P99_MS = 25;
const BIGGEST_KB = 100;
const Z6_SAMPLES = 400;
/** All tiles of a zoom level up to this many; beyond, the fullest half of the sample and as many others. */
const SAMPLE_PER_ZOOM = 300;

function chooseTiles(tiles: readonly SampledTile[], z: number): SampledTile[] {
  if (tiles.length <= SAMPLE_PER_ZOOM) return [...tiles];
  const byDensity = [...tiles].sort((a, b) => b.sites - a.sites);
  const half = SAMPLE_PER_ZOOM / 2;
  return [...byDensity.slice(0, half), ...shuffled(seededRandom(z), byDensity.slice(half)).slice(0, half)];
}

/** Encoding and compressing tiles of the synthetic country from memory: how long at zoom 6, how large from zoom 0 to 14. */
export async function tileEncoding({ databases, say }: BenchContext): Promise<Metric[]> {
  const url = await databases.country();
  return withPostgres(url, async (db) => {
    const { snapshot, selection } = await loadSites(db);
    let biggest = 0;
    let count = 0;
    for (let z = 0; z <= 14; z++) {
      for (const tile of chooseTiles(await selectTiles(db, z), z)) {
        biggest = Math.max(biggest, (await compressPoints(snapshot, selection, tile))?.length ?? 0);
        count++;
      }
    }
    say(`largest of ${count} tiles found`);
    const z6 = await selectTiles(db, 6);
    const times: number[] = [];
    for (let i = -z6.length; i < Z6_SAMPLES; i++) {
      const tile = z6[(i + z6.length) % z6.length];
      if (tile === undefined) throw new Error('the country has no tile at zoom 6');
      const started = performance.now();
      await compressPoints(snapshot, selection, tile);
      if (i >= 0) times.push(performance.now() - started);
    }
    return [
      atMost('z6_encode_gzip_p99', percentile(times, 0.99), 'ms', P99_MS),
      told('z6_encode_gzip_median', percentile(times, 0.5), 'ms'),
      atMost('biggest_tile', biggest / 1000, 'kB', BIGGEST_KB),
      told('snapshot_of_country', snapshot.byteLength / 1e6, 'MB'),
    ];
  });
}
