import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ImportFileError } from './format.ts';
import { detectFormat } from './index.ts';
import { ofdsCsv } from './ofds-csv.ts';
import { ofdsGeojson } from './ofds-geojson.ts';
import { ofdsJson } from './ofds-json.ts';
import type { FibreNetworkRecord } from './records.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, readAll, sharedFile } from './test-support.ts';

const example = (name: string) => sharedFile(`fibre/ofds-0.3.0/examples/${name}`);

describe('published examples in JSON', () => {
  it('the network package: two nodes, one span of 276 km', async () => {
    const path = example('json/network-package.json');
    expect(detectFormat(path, await readHead(fileSource(path)))?.id).toBe('ofds-json');
    const { records, errors } = await readAll(ofdsJson, path);
    expect(errors).toEqual([]);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      code: 'a096d627-72e1-4f9b-b129-951b1737bff4',
      name: 'Ghana Fibre Network',
      standard_version: '0.3.0',
    });
    expect(records[0]?.nodes.map((node) => [node.code, node.name, node.geometry?.coordinates])).toEqual([
      ['1', 'Accra', [-0.174, 5.625]],
      ['2', 'Kumasi', [-1.628, 6.711]],
    ]);
    expect(records[0]?.spans[0]).toMatchObject({
      start_node_code: '1',
      end_node_code: '2',
      length_m: 276_000,
      fibre_count: 24,
      deployment: 'duct',
      operator: 'GH-RGD-CS222222222',
      operator_name: 'FastWeb',
      valid_from: '2018-01-01',
    });
  });

  it('the invalid package is refused, with a reason for every fault', async () => {
    const error = await readAll(ofdsJson, example('json/network-package-invalid.json')).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ImportFileError);
    const { code, message, reasons } = error as ImportFileError;
    expect(code).toBe('invalid_package');
    expect(message).toMatch(
      /^"network-package-invalid.json" is not a valid OFDS network package: 20 faults, the first: networks\/0\/id: id must be a UUID$/,
    );
    expect(reasons.map((reason) => reason.field.replace('networks/0/', ''))).toEqual([
      'id',
      'name',
      'publicationDate',
      'website',
      'publisher',
      'accuracy',
      'accuracyDetails',
      'crs',
      'nodes',
      'phases/1/id',
      'organisations/0/id',
      'contracts',
      'spans/0/id',
      'spans/0/status',
      'spans/0/directed',
      'spans/0/fibreCount',
      'spans/0/transmissionMedium',
      'spans/0/start',
      'spans/0/end',
      'spans/0/route',
    ]);
  });

  it.each([
    [
      'network-separate-endpoints.json',
      /are in separate endpoints \(http:\/\/example.com\/networks\/a096d627-[^)]*\/nodes, [^)]*\/spans\)/,
    ],
    ['network-separate-files.json', /are in separate files \(.*nodes\.jsonl, .*spans\.jsonl\)/],
    ['nodes-endpoint.json', /it is one page of a nodes endpoint/],
    ['spans-endpoint.json', /it is one page of a spans endpoint/],
    ['api-response.json', /the network "Ghana Fibre Network" has neither nodes nor spans/],
    ['multiple-networks.json', /"Ghana Fibre Network" has neither .* "Togo Fibre Network" has neither/],
    ['network-embedded.json', /9 faults, the first: networks\/0\/id: id must be a UUID/],
    ['network-package-additional-checks.json', /Two entries of phases have this id/],
  ])('%s is refused: %s', async (name, reason) => {
    const path = example(`json/${name}`);
    expect(detectFormat(path, await readHead(fileSource(path)))?.id).toBe('ofds-json');
    await expect(readAll(ofdsJson, path)).rejects.toThrow(reason);
  });
});

describe('published examples in GeoJSON', () => {
  const alone = (name: string) =>
    collect(ofdsGeojson.read(bufferSource(name, readFileSync(example(`geojson/${name}`)))));

  it.each(['geojson', 'geojson/nodes.geojson', 'geojson/spans.geojson'])(
    '%s stands for the pair: the same network as the JSON package',
    async (name) => {
      const source = fileSource(example(name));
      expect(detectFormat(source.file_name, await readHead(source))?.id).toBe('ofds-geojson');
      const [json, pair] = [
        await readAll(ofdsJson, example('json/network-package.json')),
        await collect(ofdsGeojson.read(source)),
      ];
      expect(pair.errors).toEqual([]);
      expect(pair.rows).toBe(json.rows);
      expect(plain(pair.records[0])).toEqual(plain(withNamedSuppliers(json.records[0])));
      expect(pair.records[0]?.nodes.map(({ row, scope }) => [row, scope])).toEqual([
        [1, 'nodes.geojson'],
        [2, 'nodes.geojson'],
      ]);
      expect(pair.records[0]?.spans.map(({ row, scope }) => [row, scope])).toEqual([[1, 'spans.geojson']]);
    },
  );

  it('nodes by themselves', async () => {
    const { records, errors } = await alone('nodes.geojson');
    expect(errors).toEqual([]);
    expect(records[0]?.nodes.map((node) => [node.code, node.geometry?.coordinates])).toEqual([
      ['1', [-0.174, 5.625]],
      ['2', [-1.628, 6.711]],
    ]);
    expect(records[0]?.spans).toEqual([]);
  });

  it('spans by themselves bring their nodes: the same network as the JSON package', async () => {
    const [json, geojson] = [
      await readAll(ofdsJson, example('json/network-package.json')),
      await alone('spans.geojson'),
    ];
    expect(plain(geojson.records[0])).toEqual(plain(withNamedSuppliers(json.records[0])));
  });

  it('several networks in one file, nodes without a place', async () => {
    const { records, errors } = await readAll(ofdsGeojson, example('geojson/multiple-networks.geojson'));
    expect(errors.map(({ code, field }) => [code, field])).toEqual([
      ['node_without_location', 'location'],
      ['node_without_location', 'location'],
    ]);
    expect(records.map((network) => [network.name, network.nodes.length])).toEqual([
      ['Ghana Fibre Network', 1],
      ['Togo Fibre Network', 1],
    ]);
  });

  it('a collection without networks is refused', async () => {
    const text = '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"id":"1"}}]}';
    await expect(collect(ofdsGeojson.read(bufferSource('nodes.geojson', text)))).rejects.toThrow(
      /has no feature that names its network/,
    );
  });
});

describe('published examples in CSV', () => {
  it.each(['csv', 'csv/networks.csv', 'csv/nodes.csv', 'csv/spans.csv'])(
    '%s stands for the folder: the same network as the JSON package',
    async (name) => {
      const source = fileSource(example(name));
      expect(detectFormat(source.file_name, await readHead(source))?.id).toBe('ofds-csv');
      const json = await readAll(ofdsJson, example('json/network-package.json'));
      const csv = await collect(ofdsCsv.read(source));
      expect(csv.errors).toEqual([]);
      expect(csv.rows).toBe(json.rows);
      expect(csv.records[0]?.standard_version).toBe('0.3.0');
      expect(plain(csv.records[0])).toEqual(plain(json.records[0]));
      expect(csv.records[0]?.nodes.map(({ row, scope }) => [row, scope])).toEqual([
        [2, 'nodes.csv'],
        [3, 'nodes.csv'],
      ]);
    },
  );

  it.each(['csv/template', 'csv/template/nodes.csv'])('%s has column names only', async (name) => {
    await expect(collect(ofdsCsv.read(fileSource(example(name))))).rejects.toThrow(/^There is no network in /);
  });

  it.each(['contracts', 'links', 'nodes_networkProviders'])('%s.csv by itself is no package', async (table) => {
    const source = fileSource(example(`csv/${table}.csv`));
    expect(detectFormat(source.file_name, await readHead(source))?.id).toBe('ofds-csv');
    await expect(collect(ofdsCsv.read(source))).rejects.toThrow(/import the folder it is in, or its networks\.csv/);
  });
});

/** The standard's own GeoJSON tells of a supplier's organisation only id and name. */
function withNamedSuppliers(network: FibreNetworkRecord | undefined): FibreNetworkRecord | undefined {
  if (!network) return undefined;
  const suppliers = new Set(network.spans.map(({ ofds }) => (ofds['supplier'] as { id?: string } | undefined)?.id));
  const listed = network.ofds['organisations'] as { id: string; name: string }[];
  const organisations = listed.map((each) => (suppliers.has(each.id) ? { id: each.id, name: each.name } : each));
  return { ...network, ofds: { ...network.ofds, organisations } };
}

const byId = (list: unknown): unknown =>
  Array.isArray(list) ? (list as { id: string }[]).toSorted((a, b) => a.id.localeCompare(b.id)) : list;

/** A network without the places of its rows, which differ between the forms. */
function plain(network: FibreNetworkRecord | undefined) {
  const placeless = { row: 0, scope: null };
  return {
    ...network,
    ...placeless,
    ofds: { ...network?.ofds, organisations: byId(network?.ofds['organisations']) },
    nodes: network?.nodes.map((node) => ({ ...node, ...placeless })),
    spans: network?.spans.map((span) => ({ ...span, ...placeless })),
  };
}
