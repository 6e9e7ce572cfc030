import sql, { raw } from 'sql-template-tag';
import type { Db } from '../../../server/platform/db/db.ts';
import { openPostgres } from '../../../server/platform/db/postgres.ts';
import { createLog } from '../../../server/platform/log.ts';
import { databaseUrl, preparePostgresTemplates, type TemplateName } from '../../support/templates.ts';
import { fillCountry } from './country.ts';

export const benchLog = createLog('error');

/** Opens a database for the time of some work. */
export async function withPostgres<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = openPostgres(url, 4, benchLog);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Databases of one run on one PostgreSQL server; made when first asked for, dropped at the end. */
export class BenchDatabases {
  readonly #serverUrl: string;
  readonly #sites: number;
  readonly #say: (text: string) => void;
  readonly #made: string[] = [];
  #country: Promise<string> | undefined;

  /** @param sites sites of the synthetic country */
  constructor(serverUrl: string, sites: number, say: (text: string) => void) {
    this.#serverUrl = serverUrl;
    this.#sites = sites;
    this.#say = say;
  }

  /** URL of a copy of a template: the schema alone, or with the demo province. */
  async copy(template: TemplateName): Promise<string> {
    const templates = await preparePostgresTemplates(this.#serverUrl);
    const name = `phusong_bench_${process.pid}_${this.#made.length + 1}`;
    await withPostgres(this.#serverUrl, (server) =>
      server.query(sql`create database ${raw(name)} template ${raw(templates[template])}`),
    );
    this.#made.push(name);
    return databaseUrl(this.#serverUrl, name);
  }

  /** URL of the synthetic country, shared by all benchmarks of a run. BENCH_COUNTRY_URL names one made before. */
  country(): Promise<string> {
    this.#country ??= this.#makeCountry();
    return this.#country;
  }

  async #makeCountry(): Promise<string> {
    const known = process.env['BENCH_COUNTRY_URL'];
    if (known) return known;
    const started = performance.now();
    const url = await this.copy('empty');
    await withPostgres(url, (db) => fillCountry(db, this.#sites));
    // VACUUM cannot run inside a transaction; it makes the visibility map that index-only scans need.
    await withPostgres(url, (db) => db.query(sql`vacuum`));
    this.#say(
      `synthetic country of ${this.#sites} sites made in ${Math.round((performance.now() - started) / 1000)} s`,
    );
    return url;
  }

  async drop(): Promise<void> {
    await withPostgres(this.#serverUrl, async (server) => {
      for (const name of this.#made.splice(0))
        await server.query(sql`drop database if exists ${raw(name)} with (force)`);
    });
  }
}
