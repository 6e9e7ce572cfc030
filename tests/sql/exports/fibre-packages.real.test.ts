import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fibreFormats, openFibre } from '../../../server/domains/exports/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { sharedData } from '../../support/shared-data.ts';

const example = sharedData('fibre', 'ofds-0.3.0', 'examples', 'json', 'network-package.json');

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

async function written(extension: string): Promise<string> {
  const opened = await openFibre(
    { db: database.db },
    {},
    fibreFormats.find((format) => format.extension === extension)!,
  );
  const pieces: string[] = [];
  for await (const piece of opened.write()) pieces.push(Buffer.from(piece).toString('utf8'));
  return pieces.join('');
}

/** The order of members means nothing. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return (value as unknown[]).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([member, each]) => [member, sorted(each)]));
};

describe('the published package', () => {
  it('goes through the database and out again without loss', async () => {
    const report = await importPath(database.revision, example, { allowOutside: true });
    expect(report).toMatchObject({
      rows_refused: 0,
      tables: { fibre_node: { inserted: 2 }, fibre_span: { inserted: 1 } },
    });
    expect(sorted(JSON.parse(await written('json')))).toEqual(sorted(JSON.parse(await readFile(example, 'utf8'))));
  });

  it('as it went out changes nothing when it comes in again, from JSON and from GeoJSON', async () => {
    for (const [extension, name] of [
      ['json', 'again.json'],
      ['geojson', 'nodes.geojson'],
    ] as const) {
      const path = join(folder, name);
      await writeFile(path, await written(extension));
      const { tables } = await importPath(database.revision, path, { allowOutside: true });
      expect([tables['fibre_node'], tables['fibre_span']]).toEqual([
        { inserted: 0, updated: 0 },
        { inserted: 0, updated: 0 },
      ]);
    }
  });
});

describe('the published pair of GeoJSON', () => {
  const organisations = (text: string): unknown =>
    (JSON.parse(text) as { networks: { organisations: { name: string }[] }[] }).networks[0]?.organisations
      .map(({ name }) => name)
      .toSorted();

  it('loses no organisation on its way out and in again, not one that only a span names', async () => {
    const pair = sharedData('fibre', 'ofds-0.3.0', 'examples', 'geojson');
    const all = ['FastWeb', 'FibreCo', 'Ghana Infrastructure Investment Fund', 'ProjectCo'];
    await importPath(database.revision, pair, { allowOutside: true });
    expect(organisations(await written('json'))).toEqual(all);
    const path = join(folder, 'nodes.geojson');
    await writeFile(path, await written('geojson'));
    const { tables } = await importPath(database.revision, path, { allowOutside: true });
    expect(tables['fibre_network']).toEqual({ inserted: 0, updated: 0 });
    expect(organisations(await written('json'))).toEqual(all);
  });
});
