import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import sql, { raw, type Sql } from 'sql-template-tag';
import { DatabaseUnavailableError } from '../http-error.ts';
import { workerEntry } from '../workers.ts';
import { type DataLock, lockDataDirectory } from './data-lock.ts';
import type { Db, Queryable } from './db.ts';
import type { EmbeddedReply, EmbeddedRequest, EmbeddedSettings } from './embedded-protocol.ts';

type RequestBody = EmbeddedRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;
interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** An error of the embedded engine, shaped like pg's: `code` is the SQLSTATE. */
export class EmbeddedQueryError extends Error {
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly constraint: string | undefined;
  constructor(error: {
    message: string;
    code: string | undefined;
    detail: string | undefined;
    constraint: string | undefined;
  }) {
    super(error.message);
    this.name = 'EmbeddedQueryError';
    this.code = error.code;
    this.detail = error.detail;
    this.constraint = error.constraint;
  }
}

/** PGlite with PostGIS in a worker thread: one session, so transactions queue behind each other. */
export class EmbeddedDb implements Db {
  readonly engine = 'embedded';
  #worker: Worker;
  #lock: DataLock | undefined;
  #waiting = new Map<number, Waiting>();
  #listeners = new Map<string, (payload: string) => void>();
  #nextId = 1;
  #nextCursor = 1;
  #queue: Promise<unknown> = Promise.resolve();
  #insideTransaction = new AsyncLocalStorage<boolean>();
  #stopped: Error | undefined;

  private constructor(worker: Worker, lock: DataLock | undefined) {
    this.#worker = worker;
    this.#lock = lock;
    worker.on('message', (reply: EmbeddedReply) => this.#receive(reply));
    worker.on('error', (error) => this.#stop(error));
    worker.on('exit', () => this.#stop(new Error('the embedded database has stopped')));
  }

  /**
   * Opens (or creates) a data directory, or a database in memory when `folder` is undefined.
   * @throws Error with one clear sentence when another process uses the folder.
   */
  static async open(options: { dataDir: string | undefined; image?: string | undefined }): Promise<EmbeddedDb> {
    const folder = options.dataDir === undefined ? undefined : join(options.dataDir, 'embedded');
    let lock: DataLock | undefined;
    if (options.dataDir !== undefined) {
      await mkdir(options.dataDir, { recursive: true }).catch((error: Error) => {
        throw new Error(
          `The data directory ${options.dataDir} cannot be made: ${error.message}. Set DATA_DIR to another folder.`,
          { cause: error },
        );
      });
      lock = await lockDataDirectory(options.dataDir);
    }
    const isNew = folder === undefined || !existsSync(join(folder, 'PG_VERSION'));
    const settings: EmbeddedSettings = { folder, image: isNew ? options.image : undefined };
    try {
      return new EmbeddedDb(await startWorker(settings), lock);
    } catch (error) {
      await lock?.release();
      throw new Error(`The embedded database in ${folder ?? 'memory'} does not open: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  #receive(reply: EmbeddedReply): void {
    if (reply.kind === 'notification') {
      this.#listeners.get(reply.channel)?.(reply.payload);
      return;
    }
    if (reply.kind === 'ready') return;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'done') waiting?.resolve(reply.value);
    else waiting?.reject(new EmbeddedQueryError(reply.error));
  }

  #stop(error: Error): void {
    this.#stopped ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(new DatabaseUnavailableError(error));
    this.#waiting.clear();
  }

  #send<T>(body: RequestBody): Promise<T> {
    if (this.#stopped) return Promise.reject(new DatabaseUnavailableError(this.#stopped));
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.postMessage({ ...body, id });
    });
  }

  #run<T>(statement: Sql): Promise<T[]> {
    return this.#send<T[]>({ kind: 'query', text: statement.text, values: statement.values as unknown[] });
  }

  /** One session: whoever needs it for more than one message takes a place in the queue. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    if (this.#insideTransaction.getStore()) {
      return Promise.reject(
        new Error('The database itself was asked inside a transaction: use the tx that transaction() gives.'),
      );
    }
    const result = this.#queue.then(() => this.#insideTransaction.run(true, work));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  query<T>(statement: Sql): Promise<T[]> {
    return this.#exclusive(() => this.#run<T>(statement));
  }

  script(text: string): Promise<void> {
    return this.#exclusive(() => this.#send<void>({ kind: 'script', text }));
  }

  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const tx: Queryable = {
      query: (statement) => this.#run(statement),
      script: (text) => this.#send<void>({ kind: 'script', text }),
    };
    return this.#exclusive(async () => {
      await this.#run(sql`begin`);
      try {
        const result = await work(tx);
        await this.#run(sql`commit`);
        return result;
      } catch (error) {
        await this.#run(sql`rollback`).catch(() => undefined);
        throw error;
      }
    });
  }

  /** The result is materialised (WITH HOLD), so that other queries run between the batches. */
  async *cursor<T>(statement: Sql, batchSize = 1_000): AsyncIterable<T[]> {
    const name = raw(`reader_${this.#nextCursor++}`);
    await this.transaction(async (tx) => {
      await tx.query(sql`declare ${name} cursor with hold for ${statement}`);
    });
    try {
      for (;;) {
        const rows = await this.query<T>(sql`fetch ${raw(String(Math.trunc(batchSize)))} from ${name}`);
        if (rows.length === 0) return;
        yield rows;
      }
    } finally {
      await this.query(sql`close ${name}`);
    }
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<void> {
    this.#listeners.set(channel, heard);
    await this.#send({ kind: 'listen', channel });
  }

  /** A compressed image of the whole data directory, to start another database from. */
  image(): Promise<Uint8Array> {
    return this.#exclusive(() => this.#send<Uint8Array>({ kind: 'image' }));
  }

  async close(): Promise<void> {
    if (!this.#stopped) {
      await this.#exclusive(() => this.#send({ kind: 'close' })).catch(() => undefined);
      await this.#worker.terminate();
    }
    await this.#lock?.release();
  }
}

async function startWorker(settings: EmbeddedSettings): Promise<Worker> {
  const { url, argv } = workerEntry('embedded-worker', import.meta.url);
  const worker = new Worker(url, { argv, workerData: settings });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`its thread ended with code ${code}`)));
  });
  worker.removeAllListeners('error').removeAllListeners('exit');
  return worker;
}
