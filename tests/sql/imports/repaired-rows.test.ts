import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { todayInVietnam } from '../../../server/contract/index.ts';
import { DEFAULT_TOLERANCES } from '../../../server/domains/connectivity/rules/topology-rows.ts';
import { repairTopology, topologyNow } from '../../../server/domains/connectivity/topology.ts';
import { writePackage } from '../../../server/domains/exports/ofds/package.ts';
import { selectOfdsRows } from '../../../server/domains/exports/ofds/queries.ts';
import type { ImportReport } from '../../../server/domains/imports/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  folder = await mkdtemp(join(tmpdir(), 'phusong-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

type Position = [number, number];
interface Item {
  id: string;
  [member: string]: unknown;
}
interface File {
  id: string;
  nodes: Item[];
  spans: Item[];
}

const node = (id: string, lon: number, lat: number, kind: string, members: object = {}): Item => ({
  id,
  location: { type: 'Point', coordinates: [lon, lat] },
  phusong: { kind, ...members },
});
const span = (id: string, start: string, end: string, ...coordinates: Position[]): Item => ({
  id,
  start,
  end,
  route: { type: 'LineString', coordinates },
});

/** One fault of each kind whose repair changes rows of a network. */
const faulty = (id: string): File => ({
  id,
  nodes: [
    node('A', 105, 21, 'core'),
    node('B', 105.1, 21, 'joint'),
    node('B2', 105.1, 21.0001, 'district', { serves_unit_code: '228' }),
    node('C', 105.2, 21, 'site'),
    node('F', 105.04, 21.1, 'site'),
    node('G', 105.3, 21, 'site'),
    node('H', 105.3, 21.05, 'site'),
    node('J', 105.04, 21.0005, 'joint'),
    node('U', 105.6, 21.3, 'joint'),
    { ...node('X', 105.4, 21, 'site'), networkProviders: [{ id: 'VIETTEL', name: 'Viettel' }] },
    node('Y', 105.4, 21, 'joint'),
    node('Z', 105.5, 21, 'site'),
  ],
  spans: [
    span('divided', 'A', 'B', [105, 21], [105.1, 21]),
    span('s2', 'B2', 'C', [105.1, 21.0001], [105.2, 21]),
    span('loose', 'F', 'J', [105.04, 21.1], [105.04, 21.0005]),
    span('s4', 'C', 'G', [105.2, 21], [105.3, 21]),
    span('s5', 'G', 'H', [105.3, 21], [105.3, 21.05]),
    span('led', 'C', 'H', [105.2, 21], [105.25, 20.99], [105.3, 21]),
    span(
      'loop',
      'C',
      'H',
      [105.2, 21],
      [105.25, 21.03],
      [105.25, 21.06],
      [105.22, 21.06],
      [105.22, 21],
      [105.3, 21.05],
    ),
    span('s8', 'G', 'X', [105.3, 21], [105.4, 21]),
    span('nothing', 'X', 'Y', [105.4, 21], [105.400002, 21]),
    span('s10', 'Y', 'Z', [105.4, 21], [105.5, 21]),
  ],
});

async function take(network: File, options: { dryRun?: boolean } = {}): Promise<ImportReport> {
  const path = join(folder, 'network.json');
  await writeFile(path, JSON.stringify({ networks: [{ name: 'Mạng', ...network }] }));
  const report = await importPath(database.revision, path, { allowOutside: true, ...options });
  expect(report.errors).toEqual([]);
  return report;
}

/** Accepts every repair that is proposed. */
async function repairAll(): Promise<void> {
  const cache = { get: (_revision: number, _key: string, make: () => unknown) => make() };
  const context = { db: database.db, revision: database.revision, cache } as never;
  const { findings } = await topologyNow(context, DEFAULT_TOLERANCES.snap_m);
  const keys = findings.filter(({ proposal }) => proposal !== null).map(({ key }) => key);
  await database.revision.change((tx) =>
    repairTopology(tx, { keys, tolerance_m: DEFAULT_TOLERANCES.snap_m }, { actor: 'test', why: undefined }),
  );
}

const rowsOf = (network: string) =>
  database.db.query(sql`
    select 'node ' || n.code as what, to_jsonb(n) - 'geom' || jsonb_build_object('at', st_astext(n.geom)) as row
      from fibre_node n join fibre_network w on w.id = n.network_id where w.code = ${network}
    union all
    select 'span ' || s.code, to_jsonb(s) - 'geom' || jsonb_build_object('line', st_astext(s.geom))
      from fibre_span s join fibre_network w on w.id = s.network_id where w.code = ${network}
    union all
    select 'former ' || f.code, to_jsonb(f) from fibre_former_node f join fibre_node n on n.id = f.node_id
      join fibre_network w on w.id = n.network_id where w.code = ${network}
     order by 1`);
const codesOf = async (network: string) => (await rowsOf(network)).map(({ what }) => what);
const idsOf = (report: ImportReport, finding: string) => (report.named[finding] ?? []).map(({ id }) => id);

const REPAIRED = ['B', 'Y', 'U', 'divided', 'led', 'loop', 'nothing', 's10'];

describe('a file that comes in again after its faults were repaired', () => {
  const id = '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c0301';

  it('leaves every repair as it is, and names them in the dry run too', async () => {
    await take(faulty(id));
    await repairAll();
    const repaired = await rowsOf(id);
    expect(repaired.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['span divided/2', `span led/to-${todayInVietnam()}`, 'former B', 'former Y']),
    );
    for (const dryRun of [true, false]) {
      const report = await take(faulty(id), { dryRun });
      expect(idsOf(report, 'repairs_kept').toSorted()).toEqual(REPAIRED.toSorted());
      expect(report.findings).toMatchObject({ repairs_kept: REPAIRED.length });
      expect(report.findings).not.toHaveProperty('repairs_undone');
      expect(report.tables['fibre_node']).toEqual({ inserted: 0, updated: 0 });
      expect(report.tables['fibre_span']).toEqual({ inserted: 0, updated: 0 });
    }
    const report = await take(faulty(id));
    const noteOf = (row: string) => report.named['repairs_kept']?.find((named) => named.id === row)?.note;
    expect([noteOf('B'), noteOf('led'), noteOf('U')]).toEqual([
      'made one with B2',
      `repaired on ${todayInVietnam()}`,
      `repaired on ${todayInVietnam()}, taken out`,
    ]);
    expect(await rowsOf(id)).toEqual(repaired);
  });

  it('finds nothing in what goes out with the repairs, and keeps them when the old file comes in after that', async () => {
    const before = await rowsOf(id);
    const { networks } = writePackage(
      await selectOfdsRows(database.db, todayInVietnam(), id),
      todayInVietnam(),
    ) as unknown as { networks: File[] };
    const report = await take(networks[0]!);
    expect([idsOf(report, 'repairs_kept'), idsOf(report, 'repairs_undone')]).toEqual([[], []]);
    expect(idsOf(await take(faulty(id)), 'repairs_kept').toSorted()).toEqual(REPAIRED.toSorted());
    const plain = (rows: typeof before) =>
      rows.map(({ what, row }) => ({ what, row: { ...(row as object), ofds: null } }));
    expect(plain(await rowsOf(id))).toEqual(plain(before));
  });

  it('takes what is new in it beside them: a span to a node that was made one leads to the one that stays', async () => {
    const { nodes, spans } = faulty(id);
    const before = await rowsOf(id);
    await take({ id, nodes, spans: [...spans, span('new', 'B', 'F', [105.1, 21], [105.04, 21.1])] });
    const [row] = await database.db.query(sql`
      select a.code as start, b.code as end from fibre_span s join fibre_node a on a.id = s.start_node_id
        join fibre_node b on b.id = s.end_node_id where s.code = 'new'`);
    expect(row).toEqual({ start: 'B2', end: 'F' });
    expect((await rowsOf(id)).filter(({ what }) => what !== 'span new')).toEqual(before);
  });

  it('brings a node back that was taken out where a span leads to it by now, and says so', async () => {
    const { nodes, spans } = faulty(id);
    const led = span('to-unused', 'Z', 'U', [105.5, 21], [105.6, 21.3]);
    const report = await take({ id, nodes, spans: [...spans, led] });
    expect(idsOf(report, 'repairs_undone')).toEqual(['U']);
    expect(await codesOf(id)).toEqual(expect.arrayContaining(['node U', 'span to-unused']));
  });

  it('takes a row as it stands that says something else by now, and names the repair that this undoes', async () => {
    const { nodes, spans } = faulty(id);
    const changed: File = {
      id,
      nodes: nodes.map((each) => (each.id === 'B' ? node('B', 105.11, 21, 'joint') : each)),
      spans: spans.map((each) => (each.id === 'led' ? { ...each, status: 'decommissioned' } : each)),
    };
    const report = await take(changed);
    // The divided span leads to the node that is back, so it is whole again.
    expect(idsOf(report, 'repairs_undone').toSorted()).toEqual(['B', 'divided', 'led']);
    expect(idsOf(report, 'repairs_kept').toSorted()).toEqual(['Y', 'loop', 'nothing', 's10']);
    const codes = await codesOf(id);
    expect(codes.filter((code) => /divided|led|former|node B/.test(String(code)))).toEqual([
      'former Y',
      'node B',
      'node B2',
      'span divided',
      'span led',
    ]);
    const again = await take(changed);
    expect(again.findings).not.toHaveProperty('repairs_undone');
    expect(again.tables['fibre_span']).toEqual({ inserted: 0, updated: 0 });
  });
});
