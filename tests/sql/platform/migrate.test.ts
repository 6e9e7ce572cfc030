import { readdirSync } from 'node:fs';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, schemaFingerprint, selectOptionalSchemaFingerprint } from '../../../server/platform/db/migrate.ts';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { describeSchema, readSchema } from '../../support/describe-schema.ts';
import { testLog } from '../../support/templates.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

const runMigrations = (): Promise<{ name: string }[]> =>
  database.db.query(sql`select name from schema_migration order by id`);

describe('migrations', () => {
  it('run in the order of their numbers, each once', async () => {
    const files = readdirSync(projectPath('sql', 'migrations')).map((name) => name.replace(/\.sql$/, ''));
    expect((await runMigrations()).map((row) => row.name)).toEqual(files.sort());
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, i) => i + 1));
  });

  it('leave the fingerprint that this program looks for', async () => {
    expect(await selectOptionalSchemaFingerprint(database.db)).toBe(await schemaFingerprint());
  });

  it('change nothing when they run again, even when the fingerprint is of another version', async () => {
    const before = describeSchema(await readSchema(database.db));
    const ran = await runMigrations();
    await database.db.query(sql`update schema_state set fingerprint = 'of another version'`);
    await migrate(database.db, testLog);
    await migrate(database.db, testLog);
    expect(describeSchema(await readSchema(database.db))).toBe(before);
    expect(await runMigrations()).toEqual(ran);
    expect(await selectOptionalSchemaFingerprint(database.db)).toBe(await schemaFingerprint());
  });

  it('bring a lost function back', async () => {
    await database.db.script('drop function population_at(bigint, date) cascade');
    await database.db.query(sql`update schema_state set fingerprint = 'of another version'`);
    await migrate(database.db, testLog);
    const [found] = await database.db.query<{ there: boolean }>(
      sql`select to_regprocedure('population_at(bigint, date)') is not null as there`,
    );
    expect(found?.there).toBe(true);
  });

  it('wait for each other when two processes start at once', async () => {
    await database.db.query(sql`update schema_state set fingerprint = 'of another version'`);
    await Promise.all([migrate(database.db, testLog), migrate(database.db, testLog)]);
    expect(await selectOptionalSchemaFingerprint(database.db)).toBe(await schemaFingerprint());
  });
});
