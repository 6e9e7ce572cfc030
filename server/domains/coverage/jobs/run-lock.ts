import sql from 'sql-template-tag';
import type { Db } from '../../../platform/db/db.ts';

const LOCK = 4_402_781_993_021;

/**
 * Does the work while nobody else on this database does: one run at a time, whatever the number of servers. On
 * PostgreSQL an advisory lock is held by an otherwise idle transaction, so that it ends with the process. The embedded
 * engine belongs to one process already, and has one session that must not be kept.
 * @returns false when somebody else is at it
 */
export async function withRunLock(db: Db, work: () => Promise<void>): Promise<boolean> {
  if (db.engine === 'embedded') {
    await work();
    return true;
  }
  return db.transaction(
    async (tx) => {
      const [lock] = await tx.query<{ taken: boolean }>(
        sql`select pg_try_advisory_xact_lock(${LOCK}::bigint) as taken`,
      );
      if (!lock?.taken) return false;
      await work();
      return true;
    },
    { statementTimeout: 0 },
  );
}
