import sql from 'sql-template-tag';
import type { Db, Queryable, TransactionOptions } from './db/db.ts';
import { DatabaseUnavailableError } from './http-error.ts';
import type { Log } from './log.ts';

const pollMilliseconds = 2_000;

/**
 * What this process knows of the dataset revision: raised by its own writes before they are acknowledged, by NOTIFY for
 * the writes of others, and by polling in case a notification was lost.
 */
export class DatasetRevision {
  #db: Db;
  #log: Log;
  #current: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(db: Db, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  /** Starts following. A database that is away does not fail the start: the revision becomes known when it is back. */
  static async follow(db: Db, log: Log): Promise<DatasetRevision> {
    const revision = new DatasetRevision(db, log);
    await revision.#tryRefresh();
    const listening = db.listen(
      'dataset_revision',
      (payload) => revision.#advance(Number(payload)),
      () => void revision.#tryRefresh(),
    );
    await listening.catch((error: unknown) => log.warn({ err: error }, 'not listening for changes yet; polling'));
    if (db.engine === 'postgres') {
      revision.#timer = setInterval(() => void revision.#tryRefresh(), pollMilliseconds).unref();
    }
    return revision;
  }

  /** The newest revision known. @throws DatabaseUnavailableError (503) before the database has answered once */
  get current(): number {
    if (this.#current === undefined)
      throw new DatabaseUnavailableError(new Error('the dataset revision is not known yet'));
    return this.#current;
  }

  #advance(revision: number): void {
    if (Number.isSafeInteger(revision)) this.#current = Math.max(this.#current ?? 0, revision);
  }

  /** Asks the database. */
  async refresh(): Promise<number> {
    this.#advance(await selectRevision(this.#db));
    return this.current;
  }

  async #tryRefresh(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.#log.debug({ err: error }, 'the dataset revision could not be read');
    }
  }

  /**
   * Runs a change in one transaction. When it resolves, this process already knows the new revision, so that no answer
   * after the acknowledgement can be older than the change.
   */
  async change<T>(work: (tx: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T> {
    const { result, revision } = await this.#db.transaction(async (tx) => {
      const result = await work(tx);
      return { result, revision: await selectRevision(tx) };
    }, options);
    this.#advance(revision);
    return result;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The committed revision of the dataset (inside a transaction: its own). */
export async function selectRevision(db: Queryable): Promise<number> {
  const [row] = await db.query<{ revision: number }>(sql`select revision from dataset_revision`);
  if (!row) throw new Error('dataset_revision has no row: the schema is damaged.');
  return row.revision;
}
