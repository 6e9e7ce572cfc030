import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { describeSchema, readSchema, type SchemaDescription } from '../../support/describe-schema.ts';

let database: TestDatabase;
let schema: SchemaDescription;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  schema = await readSchema(database.db);
});
afterAll(() => database.close());

/** The migration runner's own table. */
const FOREIGN_TABLES = new Set(['schema_migration']);

describe('the schema', () => {
  it('is the one described in sql/schema, on either engine', async () => {
    await expect(describeSchema(schema)).toMatchFileSnapshot(projectPath('sql', 'schema', 'schema.txt'));
  });

  it('has the tables of the data model', () => {
    const names = schema.tables.map((table) => table.name);
    for (const name of [
      'admin_unit',
      'site',
      'mast',
      'station',
      'cell',
      'certificate',
      'fibre_span',
      'coverage_run',
      'gap',
      'audit_log',
    ])
      expect(names).toContain(name);
  });

  it('explains every table, column and function in a comment', () => {
    const silent = [
      ...schema.tables.flatMap((table) =>
        FOREIGN_TABLES.has(table.name)
          ? []
          : [
              ...(table.comment ? [] : [`table ${table.name}`]),
              ...table.columns
                .filter((column) => !column.comment)
                .map((column) => `column ${table.name}.${column.name}`),
            ],
      ),
      ...schema.functions.filter((fn) => !fn.comment).map((fn) => `function ${fn.name}`),
    ];
    expect(silent).toEqual([]);
  });

  it('indexes every geometry column that is searched by place', () => {
    const unindexed = schema.tables.flatMap((table) =>
      table.columns
        .filter((column) => column.type.startsWith('geometry') && column.name === 'geom')
        .filter(() => !table.indexes.some((index) => /USING gist \(geom\)/.test(index)))
        .map(() => table.name),
    );
    // Read by run, by code or as a whole; never searched by place.
    expect(unindexed).toEqual([
      'agency',
      'broadcast_area',
      'broadcast_no_terrain_area',
      'coverage_area',
      'gap',
      'no_terrain_area',
    ]);
  });

  it('keeps functions that read tables from claiming to be immutable', () => {
    const immutable = schema.functions
      .filter((fn) => fn.volatility === 'immutable')
      .map((fn) => fn.name.replace(/\(.*/, ''));
    expect(immutable.sort()).toEqual([
      'fold_text',
      'is_valid_at',
      'search_key',
      'site_status_at',
      'sort_key',
      'span_status_at',
    ]);
  });

  it('follows changes of every dataset table', () => {
    const unfollowed = schema.tables
      .filter((table) => table.triggers.filter((trigger) => /^note_(insert|update|delete) /.test(trigger)).length !== 3)
      .map((table) => table.name);
    // Parts of a run change with it alone, and the run is followed; a job is no part of the dataset.
    expect(unfollowed).toEqual([
      'audit_log',
      'broadcast_commune',
      'broadcast_no_terrain_area',
      'change_log',
      'coverage_cell',
      'coverage_job',
      'coverage_key',
      'coverage_level',
      'coverage_spread',
      'dataset_revision',
      'import_batch',
      'import_error',
      'import_row',
      'no_terrain_area',
      'schema_migration',
      'schema_state',
      'unlisted_gaps',
    ]);
  });
});
