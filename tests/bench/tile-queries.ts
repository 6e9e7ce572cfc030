import { readConfig } from '../../server/platform/config.ts';
import type { Db } from '../../server/platform/db/db.ts';
import { startServer } from '../../server/start-server.ts';
import type { BenchContext } from './support/benchmark.ts';
import { benchLog, withPostgres } from './support/databases.ts';
import { atMost, type Metric } from './support/metric.ts';

const ASKED = 300;

const ASKING = new Set<string | symbol>(['query', 'script', 'transaction', 'cursor']);

/** The same database, telling `asked` of everything it is asked. */
function counting(db: Db, asked: () => void): Db {
  return new Proxy(db, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        if (ASKING.has(name)) asked();
        return Reflect.apply(member, target, values) as unknown;
      };
    },
  });
}

/** How often the database is asked while cached tiles and 304 are answered: never. */
export async function tileQueries({ databases }: BenchContext): Promise<Metric[]> {
  const url = await databases.copy('demo');
  return withPostgres(url, async (plain) => {
    let queries = 0;
    const db = counting(plain, () => queries++);
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
      const needed = queries;
      if (needed === 0) throw new Error('the first tiles needed no query: the count does not work');
      const ask = async (status: number, headers: (path: string) => Record<string, string>): Promise<number> => {
        queries = 0;
        for (let i = 0; i < ASKED; i++) {
          const path = paths[i % paths.length] ?? '';
          const response = await fetch(`${server.url}${path}`, { headers: headers(path) });
          await response.arrayBuffer();
          if (response.status !== status) throw new Error(`${path} answered ${response.status}, not ${status}`);
        }
        return queries;
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
