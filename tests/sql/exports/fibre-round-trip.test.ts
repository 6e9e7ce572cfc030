import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { todayInVietnam } from '../../../server/contract/index.ts';
import { DEFAULT_TOLERANCES } from '../../../server/domains/connectivity/rules/topology-rows.ts';
import { describeFindings, repairTopology, topologyNow } from '../../../server/domains/connectivity/topology.ts';
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

const FORMS = ['json', 'geojson', 'csv'] as const;
type Form = (typeof FORMS)[number];

/** Writes an export into a folder of its own. @returns the file to import it by */
async function exported(network: string, form: Form, at = todayInVietnam()): Promise<string> {
  const made = await mkdtemp(join(folder, 'export-'));
  const path = join(made, form === 'csv' ? 'networks.csv' : `export.${form}`);
  if (form === 'csv') {
    const networks = writePackage(await selectOfdsRows(database.db, at, network), at);
    for (const { name, columns, rows } of toTables(networks))
      await writeFile(join(made, `${name}.csv`), stringify([columns, ...rows]));
  } else await writeFile(path, await written({ network, at }, form));
  return path;
}

/** Imports what was exported: nothing may change. */
async function again(network: string, form: Form, at?: string): Promise<void> {
  const path = await exported(network, form, at);
  const report = await importPath(database.revision, path, { allowOutside: true });
  expect([report.errors, report.tables['fibre_node'], report.tables['fibre_span']]).toEqual([
    [],
    { inserted: 0, updated: 0 },
    { inserted: 0, updated: 0 },
  ]);
}

/** Accepts the repairs that are proposed for faults of a kind in a network. */
async function repair(kind: string, network: string): Promise<void> {
  const cache = { get: (_revision: number, _key: string, make: () => unknown) => make() };
  const context = { db: database.db, revision: database.revision, cache } as never;
  const topology = await topologyNow(context, DEFAULT_TOLERANCES.snap_m);
  const found = describeFindings(topology, 'en').filter((each) => each.kind === kind && each.network === network);
  const keys = found.map(({ key }) => key);
  expect(keys).toHaveLength(1);
  await database.revision.change((tx) =>
    repairTopology(tx, { keys, tolerance_m: DEFAULT_TOLERANCES.snap_m }, { actor: 'test', why: undefined }),
  );
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
    for (const form of FORMS) await again(id, form);
  });
});

describe('a span that is decommissioned since the day of its package', () => {
  it('goes out in operation and comes in again as it is recorded', async () => {
    for (const form of FORMS) await again('VNPT', form, '2008-12-31');
    for (const extension of ['json', 'geojson']) {
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
    await repair('crosses_antimeridian', network);
    const repaired = await stored();
    expect(repaired).toContain('[[179.9,21],[180.1,21]]');

    const { networks } = JSON.parse(await written({ network })) as Written;
    const [span] = networks[0]?.spans ?? [];
    expect(span?.route?.coordinates).toEqual([
      [179.9, 21],
      [-179.9, 21],
    ]);
    expect(span?.phusong).toMatchObject({ past_antimeridian: true });
    for (const form of FORMS) await again(network, form);
    expect(await stored()).toBe(repaired);
    const { networks: rows } = writePackage(await selectOfdsRows(database.db, '2026-01-01', network), '2026-01-01');
    const spans = toTables({ networks: rows }).find(({ name }) => name === 'spans');
    expect(spans?.rows[0]?.[spans.columns.indexOf('spans/0/phusong/past_antimeridian')]).toBe('True');
  });
});

describe('spans and nodes that are decommissioned since', () => {
  const id = '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c0067';
  const day = '2010-06-01';

  it('come in again from each form as they are recorded, into an inventory that has them and one that does not', async () => {
    const gone = { status: 'decommissioned', phusong: { valid_from: '2000-01-01', valid_to: '2015-01-01' } };
    const network = {
      id,
      name: 'Mạng đã ngừng',
      nodes: [
        { id: 'A', name: 'Gốc', location: { type: 'Point', coordinates: [105.4, 21.32] }, phusong: { kind: 'core' } },
        { id: 'B', status: 'decommissioned', location: { type: 'Point', coordinates: [105.3, 21.35] } },
        { id: 'C', status: 'planned', location: { type: 'Point', coordinates: [105.35, 21.4] } },
      ],
      spans: [
        { id: 'ended', start: 'A', end: 'B', deployment: ['aboveGround'], fibreCount: 24, ...gone },
        { id: 'stays', start: 'A', end: 'C', phusong: { valid_from: '2001-02-03', route_group: 'G' } },
      ],
    };
    const path = join(folder, 'ended.json');
    await writeFile(path, JSON.stringify({ networks: [network] }));
    await importPath(database.revision, path, { allowOutside: true });
    const rows = () =>
      database.db.query(sql`
        select n.code, to_jsonb(n) - 'id' - 'network_id' as row from fibre_node n join fibre_network w on w.id = n.network_id where w.code = ${id}
        union all
        select s.code, to_jsonb(s) - 'id' - 'network_id' - 'start_node_id' - 'end_node_id'
          from fibre_span s join fibre_network w on w.id = s.network_id where w.code = ${id} order by 1`);
    const stored = await rows();
    const out = await written({ network: id, at: day });
    expect(out.match(/"decommissioned_since":true/g)).toHaveLength(2);
    for (const form of FORMS) {
      await again(id, form, day);
      const made = await exported(id, form, day);
      await database.db.query(sql`delete from fibre_network where code = ${id}`);
      expect((await importPath(database.revision, made, { allowOutside: true })).errors).toEqual([]);
      expect(await rows()).toEqual(stored);
      expect(JSON.parse(await written({ network: id, at: day }))).toEqual(JSON.parse(out));
    }
  });
});

describe('nodes that were made one', () => {
  const id = '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c0066';
  const node = (code: string, lon: number, lat: number, phusong: object) => ({
    id: code,
    location: { type: 'Point', coordinates: [lon, lat] },
    phusong,
  });
  const network = {
    id,
    name: 'Mạng gộp',
    nodes: [
      node('core', 105.4, 21.32, { kind: 'core' }),
      node('stays', 105.3, 21.35, { kind: 'district' }),
      node('gone', 105.3, 21.3501, { kind: 'commune', serves_unit_code: '7900' }),
    ],
    spans: [
      { id: 's1', start: 'core', end: 'stays' },
      { id: 's2', start: 'core', end: 'gone' },
    ],
  };
  const served = () =>
    database.db.query(sql`
      select n.code, s.kind, s.serves_unit_code, st_astext(s.geom) as place from serving_nodes() s join fibre_node n on n.id = s.id
        join fibre_network w on w.id = n.network_id where w.code = ${id} order by 1, 2, 3, 4`);

  it('go out with what they were, and serve the same places wherever they come in', async () => {
    const path = join(folder, 'merged.json');
    await writeFile(path, JSON.stringify({ networks: [network] }));
    await importPath(database.revision, path, { allowOutside: true });
    await repair('duplicate_nodes', id);
    const before = await served();
    expect(before).toContainEqual({
      code: 'stays',
      kind: 'commune',
      serves_unit_code: '7900',
      place: 'POINT(105.3 21.3501)',
    });
    const out = await written({ network: id });
    const was = { code: 'gone', kind: 'commune', serves_unit_code: '7900' };
    expect((JSON.parse(out) as { networks: { nodes: object[] }[] }).networks[0]?.nodes).toContainEqual(
      expect.objectContaining({
        id: 'stays',
        phusong: expect.objectContaining({
          former: [{ ...was, location: { type: 'Point', coordinates: [105.3, 21.3501] } }],
        }) as unknown,
      }),
    );
    // Of the repaired rows, what the file had beside the columns becomes what the export has.
    const { findings } = await importPath(database.revision, await exported(id, 'json'), { allowOutside: true });
    expect(findings).not.toHaveProperty('repairs_undone');
    for (const form of FORMS) {
      await again(id, form);
      expect(await served()).toEqual(before);
      const made = await exported(id, form);
      await database.db.query(sql`delete from fibre_network where code = ${id}`);
      const { errors, tables } = await importPath(database.revision, made, { allowOutside: true });
      expect([errors, tables['fibre_former_node']]).toEqual([[], { inserted: 1, updated: 0 }]);
      expect(await served()).toEqual(before);
      expect(JSON.parse(await written({ network: id }))).toEqual(JSON.parse(out));
    }
    // The old file does not part them, though this inventory never saw the repair: the place goes on being served.
    const { named } = await importPath(database.revision, path, { allowOutside: true });
    expect(named['repairs_kept']?.map(({ id: code, note }) => [code, note])).toEqual([['gone', 'made one with stays']]);
    expect(await served()).toContainEqual(before.find(({ place }) => place === 'POINT(105.3 21.3501)'));
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
