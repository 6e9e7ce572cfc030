import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportFileError, type ImportReport } from '../../../server/domains/imports/index.ts';
import { selectRevision } from '../../../server/platform/dataset-revision.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { sharedData } from '../../support/shared-data.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

async function count(statement: Parameters<TestDatabase['db']['query']>[0]): Promise<number> {
  const [row] = await database.db.query<{ n: number }>(statement);
  return row?.n ?? Number.NaN;
}

const communes2009 = sharedData('admin', 'phu-tho-communes-2009.geojson');
const communes2025 = sharedData('admin', 'phu-tho-communes-2025.geojson');

describe('the communes of 2009', () => {
  const vintage = { valid_from: '2007-04-09', valid_to: '2025-07-01' };
  let report: ImportReport;

  it('as a dry run tell their faults and write nothing', async () => {
    const revision = await selectRevision(database.db);
    report = await importPath(database.revision, communes2009, { ...vintage, dryRun: true });
    expect(report).toMatchObject({ rows_read: 277, rows_accepted: 277, rows_refused: 0, batch_id: null });
    expect(await count(sql`select count(*) as n from admin_unit`)).toBe(0);
    expect(await selectRevision(database.db)).toBe(revision);
  });

  it('go in with the overlaps and gaps that are known of them', async () => {
    report = await importPath(database.revision, communes2009, vintage);
    // Known of this file: 483 overlapping pairs (1,773 ha), 679 gaps (2,362 ha), exterior rings clockwise (278: one commune in two parts).
    expect(report.findings).toMatchObject({ overlapping_pairs: 483, gaps: 679, rings_rewound: 278 });
    expect(report.findings['overlap_area_ha']).toBeCloseTo(1_773, -1);
    expect(report.findings['gap_area_ha']).toBeCloseTo(2_362, -1);
    expect(await count(sql`select count(*) as n from admin_unit where level = 'commune'`)).toBe(277);
    expect(await count(sql`select count(*) as n from admin_unit where level = 'district' and geom is not null`)).toBe(
      13,
    );
    expect(
      await count(sql`select count(*) as n from admin_unit where level = 'commune' and st_numgeometries(geom) = 2`),
    ).toBe(1);
    // Population of the census of 2009 in the old province.
    expect(await count(sql`select count(*) as n from admin_stat where year = 2009 and population > 0`)).toBe(277);
  });

  it('imported again leave the dataset revision', async () => {
    const before = await selectRevision(database.db);
    const again = await importPath(database.revision, communes2009, vintage);
    expect(again.tables).toMatchObject({
      admin_unit: { inserted: 0, updated: 0 },
      admin_stat: { inserted: 0, updated: 0 },
    });
    expect(await selectRevision(database.db)).toBe(before);
  });

  it('answer the point-in-commune rule where they overlap and where they gape', async () => {
    const [overlap] = await database.db.query<{ smaller: string; found: string; method: string }>(sql`
        with pair as (
          select least(a.code, b.code) as smaller, st_pointonsurface(st_collectionextract(st_intersection(a.geom, b.geom), 3)) as point
            from admin_unit a join admin_unit b on a.id < b.id and st_overlaps(a.geom, b.geom)
           where a.level = 'commune' and b.level = 'commune' order by st_area(st_intersection(a.geom, b.geom)) desc limit 1)
        select p.smaller, u.code as found, c.method from pair p cross join lateral commune_of_point(p.point, '2007-04-09') c join admin_unit u on u.id = c.commune_id`);
    expect(overlap?.method).toBe('contains');
    expect(overlap?.found).toBe(overlap?.smaller);
    const [gap] = await database.db.query<{ method: string; distance_m: number }>(sql`
        with hole as (
          select st_pointonsurface(st_makepolygon(st_interiorringn(d.geom, n))) as point
            from (select (st_dump(st_union(geom))).geom from admin_unit where level = 'commune') d cross join generate_series(1, st_numinteriorrings(d.geom)) n
           order by st_area(st_makepolygon(st_interiorringn(d.geom, n))) desc limit 1)
        select c.method, c.distance_m from hole cross join lateral commune_of_point(hole.point, '2007-04-09') c`);
    expect(gap?.method).toBe('nearest');
    expect(gap?.distance_m).toBeGreaterThan(0);
    expect(gap?.distance_m).toBeLessThan(2_000);
  });
});

describe('the communes of 2025', () => {
  it('go in as another vintage, with every vertex', async () => {
    const report = await importPath(database.revision, communes2025, { valid_from: '2025-07-01' });
    expect(report).toMatchObject({
      rows_read: 148,
      rows_accepted: 148,
      rows_refused: 0,
      findings: { vertices: 265_824 },
    });
    expect(
      await count(sql`select count(*) as n from admin_unit where level = 'commune' and valid_from = '2025-07-01'`),
    ).toBe(148);
    expect(
      await count(
        sql`select sum(st_npoints(geom)) as n from admin_unit where level = 'commune' and valid_from = '2025-07-01'`,
      ),
    ).toBe(265_824);
    // Codes are used again: the same code, another unit.
    expect(
      await count(
        sql`select count(*) as n from admin_unit a join admin_unit b on b.code = a.code and b.valid_from > a.valid_from and b.level = a.level where a.level = 'commune'`,
      ),
    ).toBeGreaterThan(50);
  });
});

describe('OpenCelliD cells of far away', () => {
  it.each([
    ['opencellid-mcc313.csv', 3_517],
    ['opencellid-mcc651-renamed-columns.csv', 1_936],
  ])('%s: every row is a row error, and with --allow-outside every row is a cell', async (name, rows) => {
    const path = sharedData('stations', name);
    const revision = await selectRevision(database.db);
    const refused = await importPath(database.revision, path);
    expect(refused).toMatchObject({ rows_read: rows, rows_accepted: 0, rows_refused: rows });
    for (const error of refused.errors.slice(0, 50))
      expect(error).toMatchObject({ field: 'lon', code: 'outside_province' });
    expect(await selectRevision(database.db)).toBe(revision);

    const before = await count(sql`select count(*) as n from cell`);
    const taken = await importPath(database.revision, path, { allowOutside: true });
    expect(taken).toMatchObject({ rows_read: rows, rows_accepted: rows, rows_refused: 0 });
    expect(await count(sql`select count(*) as n from cell`)).toBe(before + rows);
    const after = await selectRevision(database.db);
    await importPath(database.revision, path, { allowOutside: true });
    expect(await selectRevision(database.db)).toBe(after);
  });
});

describe('examples of the Open Fibre Data Standard', () => {
  const example = (...parts: string[]): string => sharedData('fibre', 'ofds-0.3.0', 'examples', ...parts);
  const networks = (): Promise<number> => count(sql`select count(*) as n from fibre_network`);

  it('the invalid package is refused with every reason, and nothing of it is written', async () => {
    const before = await networks();
    const error: unknown = await importPath(database.revision, example('json', 'network-package-invalid.json'), {
      allowOutside: true,
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ImportFileError);
    const { message, reasons } = error as ImportFileError;
    expect(message).toContain('network-package-invalid.json');
    expect(reasons.length).toBeGreaterThan(10);
    expect(reasons.map((reason) => reason.field)).toEqual(
      expect.arrayContaining(['networks/0/id', 'networks/0/crs', 'networks/0/nodes']),
    );
    for (const reason of reasons) expect(reason.reason.length).toBeGreaterThan(10);
    expect(await networks()).toBe(before);
  });

  it.each([
    'network-package-additional-checks.json',
    'network-embedded.json',
    'network-separate-endpoints.json',
    'network-separate-files.json',
    'nodes-endpoint.json',
    'spans-endpoint.json',
    'api-response.json',
    'multiple-networks.json',
  ])('%s is refused with a sentence that says what is missing', async (name) => {
    const before = await networks();
    const refused = importPath(database.revision, example('json', name), { allowOutside: true });
    await expect(refused).rejects.toThrow(ImportFileError);
    await expect(refused).rejects.toThrow(
      /not a valid OFDS network package|cannot be imported as an OFDS network package/,
    );
    expect(await networks()).toBe(before);
  });

  it('the valid package goes in, and again changes nothing', async () => {
    const path = example('json', 'network-package.json');
    const report = await importPath(database.revision, path, { allowOutside: true });
    expect(report.tables).toMatchObject({
      fibre_network: { inserted: 1 },
      fibre_node: { inserted: 2 },
      fibre_span: { inserted: 1 },
    });
    const revision = await selectRevision(database.db);
    await importPath(database.revision, path, { allowOutside: true });
    expect(await selectRevision(database.db)).toBe(revision);
  });

  it('the same network as GeoJSON nodes and spans is the same network, by the folder and by either file', async () => {
    const folder = await importPath(database.revision, example('geojson'), { allowOutside: true });
    expect(folder).toMatchObject({ rows_read: 3, rows_refused: 0 });
    expect(folder.tables).toMatchObject({ fibre_node: { inserted: 0 }, fibre_span: { inserted: 0 } });
    expect(await networks()).toBe(1);
    const revision = await selectRevision(database.db);
    for (const name of ['nodes.geojson', 'spans.geojson'])
      await importPath(database.revision, example('geojson', name), { allowOutside: true });
    expect(await selectRevision(database.db)).toBe(revision);
  });
});
