import { readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { Point } from 'geojson';
import { describe, expect, it } from 'vitest';
import { toTables } from '../../../server/domains/exports/ofds/csv.ts';
import { toGeojson } from '../../../server/domains/exports/ofds/geojson.ts';
import { type OfdsObject, type OfdsRows, writePackage } from '../../../server/domains/exports/ofds/package.ts';
import type { FibreNetworkRecord } from '../../../server/domains/imports/formats/records.ts';
import { bufferSource } from '../../../server/domains/imports/formats/source.ts';
import { IMPORT_FORMATS } from '../../../server/domains/imports/index.ts';
import { sharedData } from '../../support/shared-data.ts';

const TODAY = '2026-11-23';
const formatOf = (id: string) => IMPORT_FORMATS.find((format) => format.id === id)!;

interface Source {
  file_name: string;
  sibling?: (name: string) => Source | null;
}

async function read(id: string, source: unknown): Promise<FibreNetworkRecord[]> {
  const records: FibreNetworkRecord[] = [];
  for await (const batch of formatOf(id).read(source as never)) {
    expect(batch.errors).toEqual([]);
    records.push(...(batch.records as FibreNetworkRecord[]));
  }
  return records;
}

/** Rows as the database holds them after the import of these records. */
function rowsOf(records: readonly FibreNetworkRecord[]): OfdsRows {
  const operator = (each: { operator: string | null; operator_name: string | null }) => ({
    operator: each.operator,
    operator_name: each.operator_name,
  });
  return {
    networks: records.map(({ code, name, ofds }, at) => ({ id: at + 1, code, name, ofds, synthetic: false })),
    nodes: records.flatMap(({ nodes }, at) =>
      nodes.map((node) => ({
        ...node,
        status_on_day: node.status,
        ...operator(node),
        network_id: at + 1,
        name: node.name ?? '',
        location: node.geometry as Point,
      })),
    ),
    spans: records.flatMap(({ spans }, at) =>
      spans.map((span) => ({
        ...span,
        status_on_day: span.status,
        ...operator(span),
        network_id: at + 1,
        name: span.name ?? '',
        start_code: span.start_node_code,
        end_code: span.end_node_code,
        length_m: span.length_m ?? 0,
        valid_from: span.valid_from ?? '1900-01-01',
        route: span.geometry!,
      })),
    ),
  };
}

const files = [
  ['the published example', sharedData('fibre', 'ofds-0.3.0', 'examples', 'json', 'network-package.json')],
  ['the demo province', 'fixtures/demo/data/fibre.json'],
] as const;

/** The order of members and of the describing link means nothing. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return (value as unknown[]).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, each]) => [member, sorted(each)]),
  );
};

/** Networks of which the order of organisations means nothing. */
const plain = ({ networks }: { networks: readonly OfdsObject[] }) =>
  networks.map((network) => ({
    ...network,
    organisations: (network['organisations'] as { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));

describe.each(files)('%s', (_name, path) => {
  const original = readFileSync(path, 'utf8');
  const written = async () =>
    writePackage(rowsOf(await read('ofds-json', bufferSource('network.json', original))), TODAY);

  it('goes out as the JSON package that came in', async () => {
    expect(sorted(await written())).toEqual(sorted(JSON.parse(original)));
  });

  it('is the same package again after GeoJSON', async () => {
    const text = JSON.stringify(toGeojson(await written()));
    const again = writePackage(rowsOf(await read('ofds-geojson', bufferSource('nodes.geojson', text))), TODAY);
    expect(sorted(plain(again))).toEqual(sorted(plain(await written())));
  });

  it('is the same package again after CSV', async () => {
    const files = new Map(
      toTables(await written()).map(({ name, columns, rows }) => [`${name}.csv`, stringify([columns, ...rows])]),
    );
    const source = (name: string): Source | null => {
      const text = files.get(name);
      return text === undefined ? null : { ...bufferSource(name, text), sibling: source };
    };
    const again = writePackage(rowsOf(await read('ofds-csv', source('networks.csv'))), TODAY);
    expect(sorted(again)).toEqual(sorted(await written()));
  });
});

describe('what a column says after the import', () => {
  it('replaces what came in, and a network without a package gets one', () => {
    const location = { type: 'Point' as const, coordinates: [105.4, 21.3] };
    const node = {
      network_id: 1,
      code: 'A',
      name: 'Việt Trì',
      kind: 'district' as const,
      serves_unit_code: '227',
      status: 'decommissioned' as const,
      status_on_day: 'decommissioned' as const,
      location,
      operator: 'VIETTEL',
      operator_name: 'Viettel',
      synthetic: false,
      former: [],
      ofds: { id: 'A', status: 'proposed', networkProviders: [{ id: 'FPT', name: 'FPT' }], technologies: ['ip'] },
    };
    const { networks } = writePackage(
      { networks: [{ id: 1, code: 'NEW', name: 'Mạng', synthetic: false, ofds: {} }], nodes: [node], spans: [] },
      TODAY,
    );
    expect(networks[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as string,
      publicationDate: TODAY,
      phusong: { code: 'NEW' },
      nodes: [
        {
          id: 'A',
          name: 'Việt Trì',
          status: 'decommissioned',
          networkProviders: [{ id: 'VIETTEL', name: 'Viettel' }],
          technologies: ['ip'],
          location,
          phusong: { kind: 'district', serves_unit_code: '227' },
        },
      ],
    });
    expect(networks[0]).not.toHaveProperty('spans');
  });
});
