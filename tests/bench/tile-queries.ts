import { readConfig } from '../../server/platform/config.ts';
import { startServer } from '../../server/start-server.ts';
import { countingDb } from '../support/counting-db.ts';
import type { BenchContext } from './support/benchmark.ts';
import { benchLog, withPostgres } from './support/databases.ts';
import { atMost, type Metric } from './support/metric.ts';

const ASKED = 300;

/** How often the database is asked while cached tiles and 304 are answered: never. */
export async function tileQueries({ databases }: BenchContext): Promise<Metric[]> {
  const url = await databases.copy('demo');
  return withPostgres(url, async (plain) => {
    const db = countingDb(plain);
    const config = readConfig({ PORT: '0', DATABASE_URL: url });
    const server = await startServer({ config, db, log: benchLog });
    // Other processes' edits are heard of by NOTIFY; the poll beside it runs whether somebody asks or not.
    server.context.revision.stop();
    try {
      const paths = ['sites/9/405/224', 'communes/9/405/224', 'spans/9/405/224'].map(
        (tile) => `/tiles/${tile}.mvt?at=2009-01-01`,
      );
      const etags = new Map<string, string>();
      for (const path of paths) {
        const response = await fetch(`${server.url}${path}`);
        await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
        etags.set(path, response.headers.get('etag') ?? '');
      }
      if (db.asked === 0) throw new Error('the first tiles needed no query: the count does not work');
      const ask = async (status: number, headers: (path: string) => Record<string, string>): Promise<number> => {
        db.reset();
        for (let i = 0; i < ASKED; i++) {
          const path = paths[i % paths.length] ?? '';
          const response = await fetch(`${server.url}${path}`, { headers: headers(path) });
          await response.arrayBuffer();
          if (response.status !== status) throw new Error(`${path} answered ${response.status}, not ${status}`);
        }
        return db.asked;
      };
      return [
        atMost('queries_for_cached_tiles', await ask(200, () => ({})), `in ${ASKED} answers`, 0),
        atMost(
          'queries_for_not_modified',
          await ask(304, (path) => ({ 'If-None-Match': etags.get(path) ?? '' })),
          `in ${ASKED} answers`,
          0,
        ),
      ];
    } finally {
      await server.close();
    }
  });
}
