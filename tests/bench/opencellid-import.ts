import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { seededRandom } from '../../server/platform/seeded-random.ts';
import type { BenchContext } from './support/benchmark.ts';
import { beside, startNode } from './support/child.ts';
import { withPostgres } from './support/databases.ts';
import { atMost, type Metric, median, told } from './support/metric.ts';
import { pick } from './support/random.ts';

const TARGET_S = 15;
const ROWS = 100_000;
/** Rows that are at the position of the row before, as in published extracts (where 66 to 94 % of positions differ). */
const SAME_POSITION = 0.2;
const REPETITIONS = 2;
const COLUMNS = 'radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal';

interface Place {
  lon: number;
  lat: number;
}

/** Points inside communes of the demo province. */
function selectPlaces(url: string): Promise<Place[]> {
  return withPostgres(url, (db) =>
    db.query<Place>(sql`
      select st_x(p.geom) as lon, st_y(p.geom) as lat
        from admin_unit u cross join lateral st_dump(st_generatepoints(u.geom, 300, 7)) p
       where u.level = 'commune' and u.valid_to is null`),
  );
}

/** An OpenCelliD extract of the province: Vietnamese networks, all radios, positions of six digits. */
function makeExtract(places: readonly Place[]): string {
  const random = seededRandom(452);
  const lines = [COLUMNS];
  let place = pick(random, places);
  let net = '04';
  for (let cell = 1; cell <= ROWS; cell++) {
    if (random() >= SAME_POSITION) {
      const near = pick(random, places);
      // Metres of jitter, so that positions do not repeat; still inside, as the points of a commune are hundreds of metres apart.
      place = { lon: near.lon + (random() - 0.5) * 1e-4, lat: near.lat + (random() - 0.5) * 1e-4 };
      net = pick(random, ['01', '02', '04', '05', '07']);
    }
    const radio = pick(random, ['GSM', 'UMTS', 'LTE', 'LTE', 'NR']);
    const created = 1_300_000_000 + Math.floor(random() * 4e8);
    const range = 500 + Math.floor(random() * 5_000);
    const area = 1_000 + (cell % 400);
    lines.push(
      `${radio},452,${net},${area},${cell},0,${place.lon.toFixed(6)},${place.lat.toFixed(6)},${range},${1 + (cell % 50)},1,${created},${created + 86_400},0`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Import of an OpenCelliD extract of 100,000 cells into the demo province on PostgreSQL, in a process of its own. */
export async function opencellidImport({ databases, say }: BenchContext): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'phusong-bench-'));
  const file = join(folder, 'opencellid.csv');
  try {
    const seconds: number[] = [];
    const peaks: number[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      const url = await databases.copy('demo');
      if (i === 0) await writeFile(file, makeExtract(await selectPlaces(url)));
      const child = startNode(beside('./support/import-child', import.meta.url), {
        env: { DATABASE_URL: url, IMPORT_FILE: file, NODE_ENV: 'production' },
        readyWhen: /^done (.*)$/m,
      });
      const done = JSON.parse(await child.ready) as {
        seconds: number;
        peakMb: number;
        accepted: number;
        sites: number;
      };
      await child.stop();
      if (done.accepted < ROWS * 0.99) throw new Error(`only ${done.accepted} of ${ROWS} rows were accepted`);
      say(`${done.accepted} rows, ${done.sites} new sites in ${done.seconds.toFixed(1)} s`);
      seconds.push(done.seconds);
      peaks.push(done.peakMb);
    }
    return [
      atMost('import_100k_opencellid', median(seconds), 's', TARGET_S),
      told('import_100k_opencellid_peak_memory', Math.max(...peaks), 'MB'),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
