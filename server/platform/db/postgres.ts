import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import { DatabaseUnavailableError, HttpError } from '../http-error.ts';
import type { Log } from '../log.ts';
import type { Db, Queryable, TransactionOptions } from './db.ts';
import { spatialValueParsers } from './postgis-types.ts';
import { valueParsers } from './values.ts';

const defaultStatementTimeout = 30_000;

/** Codes of Node and PostgreSQL (class 08, 57P0x, 53300) that mean "the server is not there", not "the statement is wrong". */
const unavailable =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN|08\w{3}|57P0[123]|53300)$/;

/** insufficient_privilege and read_only_sql_transaction: the server's role or the standby may only read. */
const readOnly = /^(42501|25006)$/;

function translate(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (readOnly.test(code)) {
    return new HttpError(403, 'not-allowed', 'This server is not allowed to change the inventory.', { cause: error });
  }
  const lost =
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    );
  return unavailable.test(code) || lost ? new DatabaseUnavailableError(error) : error;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

class PostgresDb implements Db {
  readonly engine = 'postgres';
  #pool: pg.Pool;
  #url: string;
  #log: Log;
  #listeners: pg.Client[] = [];
  #closed = false;
  #spatial: Record<number, (text: string) => unknown> = {};
  #parsersReady: Promise<void> | undefined;

  constructor(url: string, poolSize: number, log: Log) {
    this.#url = url;
    this.#log = log;
    this.#pool = this.#createPool(poolSize);
  }

  #createPool(max: number): pg.Pool {
    const parsers = (oid: number): ((text: string) => unknown) => {
      const parser = valueParsers[oid] ?? this.#spatial[oid];
      return parser ?? (pg.types.getTypeParser(oid) as (text: string) => unknown);
    };
    const pool = new pg.Pool({
      connectionString: this.#url,
      max,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      application_name: 'phusong',
      statement_timeout: defaultStatementTimeout,
      options: '-c TimeZone=UTC -c extra_float_digits=1',
      types: { getTypeParser: parsers as typeof pg.types.getTypeParser },
    });
    // A connection lost while it is lent out and nobody is asking: the next statement on it fails, the process must not.
    pool.on('connect', (client) => client.on('error', () => undefined));
    pool.on('error', (error) => this.#log.warn({ err: error }, 'an idle database connection was lost'));
    return pool;
  }

  /** Spatial OIDs are looked up once PostGIS is there; before that (first migration) there are none to parse. */
  async #ensureParsers(): Promise<void> {
    this.#parsersReady ??= (async () => {
      const run = async <T>(statement: Sql): Promise<T[]> =>
        (await this.#pool.query(statement.text, statement.values as unknown[])).rows as T[];
      this.#spatial = await spatialValueParsers({ query: run, script: () => Promise.resolve() });
    })();
    try {
      await this.#parsersReady;
    } catch (error) {
      this.#parsersReady = undefined;
      throw error;
    }
    if (Object.keys(this.#spatial).length === 0) this.#parsersReady = undefined;
  }

  query<T>(statement: Sql): Promise<T[]> {
    return guarded(async () => {
      await this.#ensureParsers();
      return (await this.#pool.query(statement.text, statement.values as unknown[])).rows as T[];
    });
  }

  script(text: string): Promise<void> {
    return guarded(async () => {
      await this.#pool.query(text);
    });
  }

  transaction<T>(work: (tx: Queryable) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return guarded(async () => {
      await this.#ensureParsers();
      const client = await this.#pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        await client.query(
          `set local statement_timeout = ${Math.trunc(options.statementTimeout ?? defaultStatementTimeout)}`,
        );
        const result = await work(queryableOf(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    });
  }

  async *cursor<T>(statement: Sql, batchSize = 1_000): AsyncIterable<T[]> {
    await guarded(() => this.#ensureParsers());
    const client = await guarded(() => this.#pool.connect());
    const tx = queryableOf(client);
    let broken: Error | undefined;
    try {
      await tx.query(sql`begin read only`);
      await tx.query(sql`declare reader no scroll cursor for ${statement}`);
      for (;;) {
        const rows = await tx.query<T>(sql`fetch ${raw(String(Math.trunc(batchSize)))} from reader`);
        if (rows.length === 0) break;
        yield rows;
      }
    } catch (error) {
      throw translate(error);
    } finally {
      await tx.query(sql`rollback`).catch((error: Error) => {
        broken = error;
      });
      client.release(broken);
    }
  }

  async listen(channel: string, heard: (payload: string) => void, lost: () => void): Promise<void> {
    const connect = async (): Promise<void> => {
      const client = new pg.Client({ connectionString: this.#url, application_name: 'phusong-listen' });
      this.#listeners.push(client);
      const again = (): void => {
        const position = this.#listeners.indexOf(client);
        if (position < 0) return;
        this.#listeners.splice(position, 1);
        lost();
        void reconnect();
      };
      client.on('error', again);
      client.on('end', again);
      client.on('notification', (message) => heard(message.payload ?? ''));
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      lost();
    };
    const reconnect = async (): Promise<void> => {
      while (!this.#closed) {
        try {
          await delay(1_000, undefined, { ref: false });
          return await connect();
        } catch (error) {
          this.#log.debug({ err: error }, 'listening again failed');
        }
      }
    };
    await guarded(connect);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const listeners = this.#listeners.splice(0);
    await Promise.all(listeners.map((client) => client.end().catch(() => undefined)));
    await this.#pool.end();
  }
}

function queryableOf(client: pg.PoolClient): Queryable {
  return {
    query: async <T>(statement: Sql) => (await client.query(statement.text, statement.values as unknown[])).rows as T[],
    script: async (text) => {
      await client.query(text);
    },
  };
}

/** Opens a PostgreSQL/PostGIS server. No connection is made yet: an absent server shows at the first query as 503. */
export function openPostgres(url: string, poolSize: number, log: Log): Db {
  return new PostgresDb(url, poolSize, log);
}
