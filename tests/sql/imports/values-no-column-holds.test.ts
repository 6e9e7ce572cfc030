import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportFileError } from '../../../server/domains/imports/index.ts';
import { unstorable } from '../../../server/domains/imports/unstorable.ts';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { insertUnit } from '../../support/units.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  await insertUnit(database.db, { code: '10001', box: [105.1, 21.2, 105.35, 21.3] });
});
afterAll(() => database.close());

const take = (name: string, options: Parameters<typeof importPath>[2] = {}) =>
  importPath(database.revision, projectPath('fixtures', 'imports', name), options);
const toldOf = ({ errors }: Awaited<ReturnType<typeof take>>) =>
  errors.map(({ row, field, code }) => [row, field, code]);

describe('an odd value is a row error and the rest goes on', () => {
  it('in fibre', async () => {
    const report = await take('fibre_values_no_column_holds.json');
    expect(report).toMatchObject({
      tables: { fibre_network: { inserted: 2 }, fibre_span: { inserted: 2 } },
      rows_refused: 2 + 11 + 3,
    });
    const spans = await database.db.query<{ code: string }>(sql`select code from fibre_span order by id`);
    expect(spans.map(({ code }) => code)).toEqual(['good', 'beside']);
  });

  it('in a site list; a building of 0 m is none, and counted', async () => {
    const report = await take('sites_values_no_column_holds.csv');
    expect(toldOf(report)).toEqual([
      [3, 'band_mhz', 'bad_band'],
      [4, 'band_mhz', 'bad_band'],
      [5, 'antenna_height_m', 'out_of_range'],
      [6, 'antenna_height_m', 'out_of_range'],
      [7, 'power_w', 'out_of_range'],
      [8, 'site_to', 'date_order'],
      [9, 'decommissioned', 'date_order'],
      [10, 'decommissioned', 'date_order'],
      [11, 'cell_to', 'date_order'],
    ]);
    expect(report.errors[2]?.reason).toBe('Must be over 0 and at most 350 m');
    expect(report.errors[4]?.reason).toBe('Must be over 0 and at most 100,000 W');
    expect(report).toMatchObject({
      tables: { site: { inserted: 1 }, cell: { inserted: 1 } },
      findings: { building_heights_of_0_left_out: 1 },
    });
  });

  it('in OpenCelliD', async () => {
    const report = await take('opencellid_values_no_column_holds.csv');
    expect(toldOf(report)).toEqual([
      [3, 'mcc', 'out_of_range'],
      [4, 'net', 'out_of_range'],
      [5, 'cell', 'out_of_range'],
    ]);
    expect(report.tables['site']).toEqual({ inserted: 1, updated: 0 });
  });

  it('in claims and measurements', async () => {
    const claims = await take('claims_values_no_column_holds.csv');
    expect([toldOf(claims), claims.tables['coverage_claim']?.inserted]).toEqual([[[3, 'source', 'too_long']], 1]);
    const points = await take('measurements_values_no_column_holds.csv', { srid: 9208 });
    expect([toldOf(points), points.tables['measurement']?.inserted]).toEqual([
      [
        [3, 'source', 'too_long'],
        [4, 'lon', 'out_of_range'],
      ],
      1,
    ]);
  });

  it('in transmitters, villages and boundaries', async () => {
    const transmitters = await take('transmitters_values_no_column_holds.csv');
    expect([toldOf(transmitters), transmitters.tables['transmitter']?.inserted]).toEqual([
      [[3, 'valid_to', 'ends_before_start']],
      1,
    ]);
    const villages = await take('villages_values_no_column_holds.csv');
    expect([toldOf(villages), villages.tables['admin_unit']?.inserted]).toEqual([[[3, 'year', 'not_whole']], 1]);
    const boundaries = await take('boundaries_values_no_column_holds.geojson');
    expect([toldOf(boundaries), boundaries.tables['admin_unit']?.inserted]).toEqual([
      [
        [2, 'code', 'bad_code'],
        [3, 'parent_code', 'bad_code'],
        [4, 'province_code', 'bad_code'],
        [5, 'population/2009', 'out_of_range'],
      ],
      1,
    ]);
  });
});

describe('what no check names', () => {
  it('is said in words of the file, with the constraint and without the words of the database', async () => {
    const broken = await database.db
      .query(sql`update fibre_span set fibre_count = -1`)
      .then(() => null)
      .catch((error: unknown) => error);
    const said = unstorable(broken, 'network.json');
    expect(said).toBeInstanceOf(ImportFileError);
    expect(said).toMatchObject({ code: 'not_storable', cause: broken });
    expect(said?.message).toContain('A value of "network.json" cannot be stored (fibre_span_fibre_count_check)');
    expect(unstorable(new Error('no code'), 'network.json')).toBeNull();
    expect(unstorable(Object.assign(new Error('away'), { code: '08006' }), 'network.json')).toBeNull();
  });
});

describe('fibre whose file does not tell its days', () => {
  it('has those given; a dry run says the same and writes nothing', async () => {
    const given = { valid_from: '2012-05-01', valid_to: '2024-01-01' };
    const days = () =>
      database.db.query<{ code: string }>(sql`
        select s.code, s.valid_from, s.valid_to, s.route_is_straight, s.length_m from fibre_span s join fibre_network w on w.id = s.network_id
         where w.name = 'Chiều dài' order by s.id`);
    const tried = await take('fibre_lengths_that_cannot_be.json', { ...given, dryRun: true });
    expect(tried.findings).toMatchObject({
      valid_from_as_given: 9,
      valid_to_as_given: 9,
      straight_routes: 1,
      fibre_lengths_not_taken: 5,
    });
    expect(await days()).toEqual([]);
    const { findings, named, batch_id } = await take('fibre_lengths_that_cannot_be.json', given);
    expect([findings, named]).toEqual([tried.findings, tried.named]);
    const rows = await days();
    expect(rows).toHaveLength(9);
    expect(rows[0]).toEqual({
      code: 'of-its-route',
      valid_from: '2012-05-01',
      valid_to: '2024-01-01',
      route_is_straight: false,
      length_m: 10_380,
    });
    expect(rows.at(-1)).toMatchObject({ code: 'no-course', route_is_straight: true });
    const [batch] = await database.db.query<{ findings: { named: typeof named } }>(
      sql`select findings from import_batch where id = ${batch_id}`,
    );
    expect(batch?.findings.named['straight_routes']).toEqual([{ id: 'no-course', row: 9, scope: 'networks/0/spans' }]);
  });
});
