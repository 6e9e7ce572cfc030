import type { Db } from '../../server/platform/db/db.ts';

/** A database that counts what it is asked, transactions and cursors included. */
export interface CountingDb extends Db {
  /** Questions since the last `reset`. */
  readonly asked: number;
  reset(): void;
}

export function countingDb(db: Db): CountingDb {
  let asked = 0;
  const counted = <T>(work: () => T): T => {
    asked++;
    return work();
  };
  return {
    engine: db.engine,
    get asked() {
      return asked;
    },
    reset: () => {
      asked = 0;
    },
    query: (statement) => counted(() => db.query(statement)),
    script: (text) => counted(() => db.script(text)),
    transaction: (work, options) => counted(() => db.transaction(work, options)),
    cursor: (statement, batchSize) => counted(() => db.cursor(statement, batchSize)),
    listen: (channel, heard, lost) => db.listen(channel, heard, lost),
    close: () => db.close(),
  };
}
