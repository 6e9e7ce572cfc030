import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOLERANCES } from '../../../server/domains/connectivity/rules/topology-rows.ts';
import { repairTopology, topologyNow } from '../../../server/domains/connectivity/topology.ts';
import { fibreFormats, openFibre } from '../../../server/domains/exports/index.ts';
import { toTables } from '../../../server/domains/exports/ofds/csv.ts';
import { writePackage } from '../../../server/domains/exports/ofds/package.ts';
import { selectOfdsRows } from '../../../server/domains/exports/ofds/queries.ts';
import { nodeCondition } from '../../../server/domains/fibre/index.ts';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
  folder = await mkdtemp(join(tmpdir(), 'phusong-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});
const fixture = (name: string): string => projectPath('fixtures', 'imports', name);

interface Written {
  networks: {
    id: string;
    name: string;
    nodes: { id: string; location: { coordinates: number[] } }[];
    spans: { id: string; route?: { coordinates: number[][] }; fibreLength?: number; phusong?: object }[];
  }[];
}

async function written(asked: { at?: string; network?: string }, extension = 'json'): Promise<string> {
  const format = fibreFormats.find((each) => each.extension === extension)!;
  const pieces: string[] = [];
  for await (const piece of (await openFibre({ db: database.db }, asked, format)).write())
    pieces.push(Buffer.from(piece).toString('utf8'));
  return pieces.join('');
}

/** Imports what was exported: nothing may change. */
async function again(network: string, extension: 'json' | 'geojson', at?: string): Promise<void> {
  const path = join(folder, `again.${extension}`);
  await writeFile(path, await written({ network, ...(at === undefined ? {} : { at }) }, extension));
  const report = await importPath(database.revision, path, { allowOutside: true });
  expect([report.errors, report.tables['fibre_node'], report.tables['fibre_span']]).toEqual([
    [],
    { inserted: 0, updated: 0 },
    { inserted: 0, updated: 0 },
  ]);
}

describe('a package of a day', () => {
  it('has the nodes of the list of that day, and none of later days', async () => {
    for (const at of ['2008-12-31', '2026-01-01']) {
      const { networks } = JSON.parse(await written({ at })) as Written;
      const listed = await database.db.query<{ code: string }>(
        sql`select n.code from fibre_node n where ${nodeCondition({ at, operator: undefined })}`,
      );
      const codes = networks.flatMap(({ nodes }) => nodes.map(({ id }) => id));
      expect(codes.toSorted()).toEqual(listed.map(({ code }) => code).toSorted());
    }
    const [all] = await database.db.query<{ count: number }>(sql`select count(*) as count from fibre_node`);
    const { networks } = JSON.parse(await written({ at: '2008-12-31' })) as Written;
    expect(networks.flatMap(({ nodes }) => nodes).length).toBeLessThan(all?.count ?? 0);
  });
});

describe('an operator and a deployment that only our own members tell', () => {
  const id = '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c2598';
  const between = { start: 'A', end: 'B' };
  const network = {
    id,
    name: 'Mạng riêng',
    phusong: { operator: 'VIETTEL' },
    nodes: [
      { id: 'A', location: { type: 'Point', coordinates: [105.4, 21.32] } },
      { id: 'B', location: { type: 'Point', coordinates: [105.3, 21.35] } },
    ],
    spans: [
      { id: 'own', ...between, phusong: { deployment: 'duct' } },
      { id: 'untold', ...between },
      { id: 'stranger', ...between, deployment: ['aboveGround'], networkProviders: [{ id: 'X-9', name: 'Người lạ' }] },
    ],
  };

  it('are taken; spans without are counted and named, and it goes out as it came in', async () => {
    const path = join(folder, 'own-members.json');
    await writeFile(path, JSON.stringify({ networks: [network] }));
    const { findings, named, errors } = await importPath(database.revision, path, { allowOutside: true });
    expect(errors).toEqual([]);
    expect(findings).toMatchObject({ spans_without_operator: 1, spans_without_deployment: 1 });
    expect(named['spans_without_operator']).toEqual([
      { row: 3, scope: 'networks/0/spans', id: 'stranger', note: 'Người lạ is no operator of the inventory' },
    ]);
    expect(named['spans_without_deployment']).toEqual([{ row: 2, scope: 'networks/0/spans', id: 'untold' }]);
    const rows = await database.db.query(sql`
      select s.code, o.code as operator, s.deployment from fibre_span s join fibre_network w on w.id = s.network_id
        left join operator o on o.id = s.operator_id where w.code = ${id} order by s.id`);
    expect(rows).toEqual([
      { code: 'own', operator: 'VIETTEL', deployment: 'duct' },
      { code: 'untold', operator: 'VIETTEL', deployment: null },
      { code: 'stranger', operator: null, deployment: 'aerial' },
    ]);
    const [out] = (JSON.parse(await written({ network: id })) as Written).networks;
    expect(out?.nodes[0]).not.toHaveProperty('networkProviders');
    expect(out?.spans[0]).toMatchObject({ phusong: { deployment: 'duct' } });
    expect(out?.spans[0]).not.toHaveProperty('deployment');
    await again(id, 'json');
    await again(id, 'geojson');
  });
});

describe('a span that is decommissioned since the day of its package', () => {
  it('goes out in operation and comes in again as it is recorded', async () => {
    for (const extension of ['json', 'geojson'] as const) {
      await again('VNPT', extension, '2008-12-31');
      const text = await written({ network: 'VNPT', at: '2008-12-31' }, extension);
      expect(text).toContain('"decommissioned_since":true');
    }
    expect(await written({ network: 'VNPT', at: '2026-01-01' })).not.toContain('decommissioned_since');
    expect(
      await database.db.query(
        sql`select status, ofds ->> 'status' as received from fibre_span where code = 'VNPT-S020'`,
      ),
    ).toEqual([{ status: 'decommissioned', received: 'decommissioned' }]);
  });
});

describe('a span that goes on past ±180° after its repair', () => {
  const network = '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c0065';
  const stored = async () =>
    (
      await database.db.query<{ line: string }>(
        sql`select st_asgeojson(s.geom, 9) as line from fibre_span s join fibre_network w on w.id = s.network_id where w.code = ${network}`,
      )
    )[0]?.line;

  it('is written within ±180° and comes in again as it was', async () => {
    await importPath(database.revision, fixture('fibre_antimeridian.json'), { allowOutside: true });
    expect(await stored()).toContain('[[179.9,21],[-179.9,21]]');
    await again(network, 'json');
    const cache = { get: (_revision: number, _key: string, make: () => unknown) => make() };
    const { findings } = await topologyNow(
      { db: database.db, revision: database.revision, cache } as never,
      DEFAULT_TOLERANCES.snap_m,
    );
    const crossing = findings.filter(({ kind }) => kind === 'crosses_antimeridian').map(({ key }) => key);
    expect(crossing).toHaveLength(1);
    await database.revision.change((tx) =>
      repairTopology(tx, { keys: crossing, tolerance_m: DEFAULT_TOLERANCES.snap_m }, { actor: 'test', why: undefined }),
    );
    const repaired = await stored();
    expect(repaired).toContain('[[179.9,21],[180.1,21]]');

    const { networks } = JSON.parse(await written({ network })) as Written;
    const [span] = networks[0]?.spans ?? [];
    expect(span?.route?.coordinates).toEqual([
      [179.9, 21],
      [-179.9, 21],
    ]);
    expect(span?.phusong).toMatchObject({ past_antimeridian: true });
    await again(network, 'json');
    await again(network, 'geojson');
    expect(await stored()).toBe(repaired);
    const { networks: rows } = writePackage(await selectOfdsRows(database.db, '2026-01-01', network), '2026-01-01');
    const spans = toTables({ networks: rows }).find(({ name }) => name === 'spans');
    expect(spans?.rows[0]?.[spans.columns.indexOf('spans/0/phusong/past_antimeridian')]).toBe('True');
  });
});

describe('lengths and courses that the file does not have', () => {
  const network = '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c0064';

  it('are written as they were taken, and no course is made of a straight line', async () => {
    await importPath(database.revision, fixture('fibre_lengths_that_cannot_be.json'));
    const { networks } = JSON.parse(await written({ network })) as Written;
    const spans = new Map(networks[0]?.spans.map((span) => [span.id, span]));
    expect([spans.get('kilometres')?.fibreLength, spans.get('metres')?.fibreLength]).toEqual([12.5, 10_400]);
    expect([spans.get('negative')?.fibreLength, spans.get('beyond-all')?.fibreLength]).toEqual([10.38, 10.38]);
    expect([spans.get('of-its-route')?.fibreLength, spans.get('no-course')]).toEqual([
      undefined,
      expect.not.objectContaining({ route: expect.anything() as unknown }),
    ]);
  });

  it('and a straight span whose node was moved since has its course', async () => {
    await database.db.query(sql`
      update fibre_node set geom = st_translate(geom, 0.01, 0) where code = 'B'
         and network_id = (select id from fibre_network where code = ${network})`);
    const { networks } = JSON.parse(await written({ network })) as Written;
    expect(networks[0]?.spans.find(({ id }) => id === 'no-course')?.route?.coordinates).toHaveLength(2);
  });
});
