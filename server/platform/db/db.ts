import type { Sql } from 'sql-template-tag';

export type Engine = 'postgres' | 'embedded';

/** What can be asked of a connection, inside or outside a transaction. */
export interface Queryable {
  /** Runs one statement and returns its rows. int8 and numeric are numbers, date is 'YYYY-MM-DD', timestamptz an ISO string. */
  query<T = Record<string, unknown>>(statement: Sql): Promise<T[]>;
  /** Runs a script of several statements without parameters; only for SQL files of the project. */
  script(text: string): Promise<void>;
}

export interface TransactionOptions {
  /** Milliseconds a statement may take on PostgreSQL; 0 lifts the limit (imports, computations). */
  statementTimeout?: number;
}

/** One database behind two engines. Everything outside platform/db sees only this. */
export interface Db extends Queryable {
  readonly engine: Engine;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. Inside, use only `tx`. */
  transaction<T>(work: (tx: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Reads a long result in batches without holding it in memory and without keeping other queries waiting. */
  cursor<T = Record<string, unknown>>(statement: Sql, batchSize?: number): AsyncIterable<T[]>;
  /** Calls `heard` for every NOTIFY on the channel; calls `lost` when notifications may have been missed. */
  listen(channel: string, heard: (payload: string) => void, lost: () => void): Promise<void>;
  close(): Promise<void>;
}
