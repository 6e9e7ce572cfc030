import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectFormat } from './index.ts';
import { ofdsCsv } from './ofds-csv.ts';
import { ofdsGeojson } from './ofds-geojson.ts';
import { ofdsJson } from './ofds-json.ts';
import { standardVersion } from './ofds-network.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';

describe('network packages', () => {
  it('have our own members read, and lengths in kilometres, mistaken metres, or by the route', async () => {
    const { records, errors, counts } = await readAll(ofdsJson, fixture('fibre_extension_members_and_lengths.json'));
    // Node D has no location, and no drawn line leads to it.
    expect(errors.map(({ scope, row, code, proposal }) => [scope, row, code, proposal])).toEqual([
      ['networks/0/nodes', 4, 'node_without_location', undefined],
    ]);
    expect(counts).toEqual({ straight_routes: 1, fibre_lengths_taken_as_metres: 1 });
    const [network] = records;
    expect(network).toMatchObject({
      code: '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c25ff',
      name: 'Mạng thử',
      standard_version: '0.4.0',
    });
    expect(
      network?.nodes.map((node) => [node.code, node.kind, node.serves_unit_code, node.status, node.geometry !== null]),
    ).toEqual([
      ['A', 'core', null, 'operational', true],
      ['B', 'district', '227', 'operational', true],
      ['C', 'site', null, 'planned', true],
      ['D', 'joint', null, 'operational', false],
    ]);
    expect(
      network?.spans.map((span) => [span.code, span.deployment, span.status, span.length_m, span.route_is_straight]),
    ).toEqual([
      ['s1', 'aerial', 'operational', 1_500, false],
      // 0.01° of longitude at 21.32° N on the ellipsoid: 1,037.47 m
      ['s2', 'buried', 'planned', 1_037, true],
      ['s3', 'duct', 'operational', 2_000, false],
      ['s4', null, 'operational', 2_100, false],
    ]);
    expect(network?.spans[0]).toMatchObject({
      route_group: 'QL32',
      valid_from: '2005-01-01',
      valid_to: '2020-01-01',
      synthetic: true,
    });
    expect(network?.spans[2]?.geometry).toBeNull();
  });

  it('have our operator and deployment read where the members of the standard are absent, and only there', async () => {
    const place = (lon: number) => ({ type: 'Point', coordinates: [lon, 21.3] });
    const network = {
      id: '5b3d2c8a-0f5e-4c39-9a59-2f1f5f0c2599',
      name: 'Mạng',
      phusong: { operator: 'VIETTEL' },
      nodes: [
        { id: 'A', location: place(105.2) },
        { id: 'B', location: place(105.3), networkProviders: [{ id: 'FPT', name: 'FPT Telecom' }] },
      ],
      spans: [
        { id: 'own', start: 'A', end: 'B', phusong: { deployment: 'duct' } },
        {
          id: 'standard',
          start: 'A',
          end: 'B',
          physicalInfrastructureProvider: { id: 'FPT' },
          deployment: ['aboveGround'],
          phusong: { deployment: 'duct' },
        },
        { id: 'odd', start: 'A', end: 'B', phusong: { deployment: 'under water' } },
      ],
    };
    const text = JSON.stringify({ networks: [network] });
    const { records } = await collect(ofdsJson.read(bufferSource('network.json', text)));
    expect(records[0]?.nodes.map(({ operator, operator_name }) => [operator, operator_name])).toEqual([
      ['VIETTEL', null],
      ['FPT', 'FPT Telecom'],
    ]);
    expect(records[0]?.spans.map(({ code, operator, deployment }) => [code, operator, deployment])).toEqual([
      ['own', 'VIETTEL', 'duct'],
      ['standard', 'FPT', 'aerial'],
      ['odd', 'VIETTEL', null],
    ]);
  });

  it('may have a span without a course between two nodes at one place: it has no length', async () => {
    const location = { type: 'Point', coordinates: [105.2, 21.4] };
    const nodes = ['A', 'B'].map((code) => ({ id: code, location }));
    const id = 'fd7b30d6-f514-4cd0-a5ac-29a774f53a43';
    const text = JSON.stringify({ networks: [{ id, nodes, spans: [{ id: 's', start: 'A', end: 'B' }] }] });
    const { records, errors } = await collect(ofdsJson.read(bufferSource('patch.json', text)));
    expect(errors).toEqual([]);
    const { coordinates } = location;
    expect(records[0]?.spans).toMatchObject([
      { code: 's', length_m: 0, geometry: { coordinates: [coordinates, coordinates] }, route_is_straight: true },
    ]);
  });

  it('give a row error for each bad node and span, and the others go on', async () => {
    const { records, errors, rows } = await readAll(ofdsJson, fixture('fibre_row_errors.json'));
    expect(rows).toBe(16);
    expect(records[0]?.nodes.map((node) => node.code)).toEqual(['A', 'B']);
    expect(records[0]?.spans.map((span) => span.code)).toEqual(['s1']);
    expect(errors.map((error) => [error.field.replace('networks/0/', ''), error.code])).toEqual([
      ['nodes/3/location', 'lat_lon_swapped'],
      ['nodes/4/phusong/kind', 'not_in_list'],
      ['nodes/5/id', 'missing'],
      ['nodes/6', 'not_an_object'],
      ['nodes/2/id', 'duplicate_id'],
      ['spans/2/end', 'unknown_node'],
      ['spans/3/end', 'missing'],
      ['spans/4/end', 'same_ends'],
      ['spans/5/end', 'unknown_node'],
      ['spans/6/route', 'not_a_line'],
      ['spans/7/status', 'not_allowed'],
      ['spans/8/fibreCount', 'not_allowed'],
      ['spans/1/id', 'duplicate_id'],
    ]);
  });

  it('say their version by the describedby link, whatever it is', () => {
    expect(
      by(
        'https://raw.githubusercontent.com/Open-Telecoms-Data/open-fibre-data-standard/0__2__0/schema/network-schema.json',
      ),
    ).toBe('0.2.0');
    expect(by('https://example.org/ofds/0.5.1/schema/network-schema.json')).toBe('0.5.1');
    expect(by('https://example.org/schema.json')).toBeNull();
    expect(standardVersion(undefined)).toBeNull();
  });
});

describe('tables of the CSV form', () => {
  it('give a row error for each bad row, by table and spreadsheet row, and the others go on', async () => {
    const { records, errors, rows } = await readAll(ofdsCsv, fixture('ofds_csv_row_errors'));
    expect(records).toHaveLength(1);
    expect(records[0]?.nodes.map(({ code, kind, synthetic }) => [code, kind, synthetic])).toEqual([
      ['A', 'core', true],
      ['B', 'site', false],
    ]);
    expect(records[0]?.spans.map((span) => [span.code, span.fibre_count, span.geometry?.coordinates.length])).toEqual([
      ['s1', 24, 3],
    ]);
    expect(errors.map(({ scope, row, field, code }) => [scope, row, field, code])).toEqual([
      ['nodes.csv', 5, 'row', 'wrong_column_count'],
      ['nodes.csv', 9, 'id', 'unknown_network'],
      ['nodes.csv', 10, 'id', 'missing'],
      ['nodes.csv', 4, 'nodes/0/location', 'lat_lon_swapped'],
      ['nodes.csv', 6, 'nodes/0/location', 'not_a_point'],
      ['nodes.csv', 7, 'nodes/0/status', 'not_allowed'],
      ['nodes.csv', 8, 'nodes/0/id', 'duplicate_id'],
      ['spans.csv', 3, 'spans/0/end', 'unknown_node'],
      ['spans.csv', 4, 'spans/0/directed', 'not_allowed'],
      ['spans.csv', 4, 'spans/0/fibreCount', 'not_allowed'],
      ['spans.csv', 5, 'spans/0/route', 'not_a_line'],
      ['networks.csv', 3, 'networks.csv', 'network_without_parts'],
    ]);
    const refused = new Set(errors.map(({ scope, row }) => `${scope} ${row}`));
    expect(rows).toBe(3 + refused.size);
  });

  it('of before 0.3 have a geometry in two columns, and may lack networks.csv', async () => {
    const { records, errors } = await readAll(ofdsCsv, fixture('ofds_csv_type_and_coordinates'));
    expect(errors).toEqual([]);
    expect(records[0]?.nodes[0]?.geometry?.coordinates).toEqual([105.4, 21.32]);
    expect(records[0]?.spans[0]?.geometry?.coordinates).toEqual([
      [105.4, 21.32],
      [105.3, 21.35],
      [105.22, 21.4],
    ]);
  });

  it('cannot be read without the nodes that the spans name', async () => {
    const text = 'id,spans/0/id,spans/0/start,spans/0/end\na,s1,A,B\n';
    await expect(collect(ofdsCsv.read(bufferSource('spans.csv', text)))).rejects.toThrow(/there is no nodes\.csv/);
  });
});

describe('a GeoJSON pair', () => {
  const network = { id: 'fd7b30d6-f514-4cd0-a5ac-29a774f53a43', name: 'Mạng đôi', publisher: { name: 'Sở' } };
  const feature = (properties: object, type: string, coordinates: unknown) => ({
    type: 'Feature',
    geometry: { type, coordinates },
    properties: { ...properties, network },
  });
  const node = (id: string, lon: number, provider: object) =>
    feature({ id, featureType: 'node', physicalInfrastructureProvider: provider }, 'Point', [lon, 21.3]);
  const span = (id: string, start: string, end: string) =>
    feature({ id, featureType: 'span', start: { id: start }, end: { id: end } }, 'LineString', [
      [105.2, 21.3],
      [105.3, 21.3],
    ]);
  const vnpt = { id: '9a1b', name: 'VNPT' };

  let folder: string;
  const write = (name: string, features: object[]): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
    return path;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'phusong-pair-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is one network: spans find their nodes, organisations are those of both, each row has the name of its file', async () => {
    const described = { ...vnpt, country: 'VN' };
    const nodes = write('vnpt-nodes.geojson', [
      node('A', 105.2, vnpt),
      node('B', 105.3, described),
      node('', 105, vnpt),
    ]);
    const spans = write('vnpt-spans.geojson', [span('s1', 'A', 'B'), span('s2', 'A', 'C')]);
    const [fromNodes, fromSpans] = [await readAll(ofdsGeojson, nodes), await readAll(ofdsGeojson, spans)];
    expect(fromSpans).toEqual(fromNodes);
    expect(fromNodes.rows).toBe(5);
    expect(fromNodes.errors.map(({ scope, row, code }) => [scope, row, code])).toEqual([
      ['vnpt-nodes.geojson', 3, 'not_allowed'],
      ['vnpt-spans.geojson', 2, 'node_without_location'],
    ]);
    expect(fromNodes.records).toHaveLength(1);
    const [record] = fromNodes.records;
    expect(record?.ofds['organisations']).toEqual([described]);
    // C is only named by a span; the loader leaves it and its span out, as it has no place.
    expect(record?.nodes.map(({ code, geometry }) => [code, geometry !== null])).toEqual([
      ['A', true],
      ['B', true],
      ['C', false],
    ]);
    expect(record?.spans.map(({ code, start_node_code: start, end_node_code: end }) => [code, start, end])).toEqual([
      ['s1', 'A', 'B'],
      ['s2', 'A', 'C'],
    ]);
    // Refused rows are kept as received by the same places.
    const raw = [];
    for await (const rows of ofdsGeojson.rows(fileSource(spans))) raw.push(...rows);
    expect(raw.find(({ scope, row }) => scope === 'vnpt-spans.geojson' && row === 2)?.raw).toEqual(
      span('s2', 'A', 'C'),
    );
    expect(raw).toHaveLength(5);
  });

  it('loses no organisation and no phase: not one that only a span or the network names, nor what is told of it elsewhere', async () => {
    const supplier = { id: 'GH-3', name: 'ProjectCo' };
    const fund = { id: 'F', name: 'Quỹ' };
    const listed = { id: 'L', name: 'Không ai nhắc tới' };
    const known = { ...network, organisations: [listed], phases: [{ id: '2', name: 'Giai đoạn 2', funders: [fund] }] };
    const of = ({ properties, ...others }: ReturnType<typeof feature>, members: object) => ({
      ...others,
      properties: { ...properties, ...members, network: known },
    });
    const nodes = write('nodes.geojson', [
      of(node('A', 105.2, { ...vnpt, country: 'VN' }), {}),
      of(node('B', 105.3, { ...vnpt, website: 'https://example.com' }), { phase: { id: '1', name: 'Giai đoạn 1' } }),
    ]);
    write('spans.geojson', [of(span('s1', 'A', 'B'), { supplier })]);
    const { records, errors } = await readAll(ofdsGeojson, nodes);
    expect(errors).toEqual([]);
    const [record] = records;
    expect(record?.ofds['organisations']).toEqual([
      listed,
      fund,
      { ...vnpt, country: 'VN', website: 'https://example.com' },
      supplier,
    ]);
    expect(record?.ofds['phases']).toEqual([
      { id: '2', name: 'Giai đoạn 2', funders: [fund] },
      { id: '1', name: 'Giai đoạn 1' },
    ]);
    expect(record?.spans[0]?.ofds['supplier']).toEqual(supplier);
  });

  it('without feature types and places is told by ends and by the names of its files', async () => {
    const bare = (properties: object, geometry: object | null = null) => ({
      type: 'Feature',
      geometry,
      properties: { ...properties, network },
    });
    const nodes = write('nodes.geojson', [
      bare({ id: 'A' }, { type: 'Point', coordinates: [105.2, 21.4] }),
      bare({ id: 'B' }, { type: 'Point', coordinates: [105.3, 21.4] }),
      bare({ id: 'C' }),
    ]);
    const coordinates = [
      [105.3, 21.4],
      [105.4, 21.5],
    ];
    write('spans.geojson', [
      bare({ id: 's1', start: 'A', end: 'B', status: 'planned' }),
      bare({ id: 's2', start: 'B', end: 'C' }, { type: 'LineString', coordinates }),
      bare({ id: 's3' }),
    ]);
    const { records, errors, named } = await readAll(ofdsGeojson, nodes);
    expect(records[0]?.nodes.map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    expect(records[0]?.spans.map(({ code, route_is_straight }) => [code, route_is_straight])).toEqual([
      ['s1', true],
      ['s2', false],
    ]);
    expect(named?.['straight_routes']?.map(({ scope, row, id }) => [scope, row, id])).toEqual([
      ['spans.geojson', 1, 's1'],
    ]);
    expect(errors.map(({ scope, row, code }) => [scope, row, code])).toEqual([
      ['nodes.geojson', 3, 'node_without_location'],
      ['spans.geojson', 3, 'missing'],
      ['spans.geojson', 3, 'missing'],
    ]);
    expect(errors[0]?.proposal).toContain('--accept missing_geometry');
  });

  it('whose other file is something else is refused by the name of that file', async () => {
    const nodes = write('nodes.geojson', [node('A', 105.2, vnpt)]);
    writeFileSync(join(folder, 'spans.geojson'), '{"type":"Topology"}');
    await expect(readAll(ofdsGeojson, nodes)).rejects.toThrow('"spans.geojson" is not a GeoJSON FeatureCollection');
  });
});

describe('what nodes were that were made one with a node', () => {
  it('is read from our own members, and a fault of it is one of the node', async () => {
    const location = { type: 'Point', coordinates: [105.4, 21.3] };
    const was = { code: 'gone', kind: 'commune', serves_unit_code: '7900', location };
    const network = {
      id: 'fd7b30d6-f514-4cd0-a5ac-29a774f53a43',
      name: 'Mạng gộp',
      nodes: [
        { id: 'A', location, phusong: { kind: 'site', former: [was] } },
        {
          id: 'B',
          location,
          phusong: {
            former: [
              { ...was, kind: 'hut' },
              { kind: 'site', location: null },
            ],
          },
        },
        { id: 'C', location, phusong: { former: was } },
      ],
    };
    const text = JSON.stringify({ networks: [network] });
    const { records, errors } = await collect(ofdsJson.read(bufferSource('network.json', text)));
    const [node] = records[0]?.nodes ?? [];
    expect(node?.former).toEqual([was]);
    expect(node?.ofds).toEqual({ id: 'A', phusong: { kind: 'site' } });
    expect(errors.map(({ field, code }) => [field.replace('networks/0/nodes/', ''), code])).toEqual([
      ['1/phusong/former/0/kind', 'not_in_list'],
      ['1/phusong/former/1/code', 'missing'],
      ['1/phusong/former/1/location', 'not_a_point'],
      ['2/phusong/former', 'not_a_list'],
    ]);
  });
});

describe('networks without nodes and spans', () => {
  it('are row errors beside one that is complete, and the page that follows is told', async () => {
    const complete = JSON.parse(readFileSync(fixture('fibre_extension_members_and_lengths.json'), 'utf8')) as {
      networks: object[];
    };
    const hollow = { id: 'fd7b30d6-f514-4cd0-a5ac-29a774f53a43', name: 'Elsewhere', links: [] };
    const text = JSON.stringify({
      networks: [hollow, ...complete.networks],
      links: { next: 'http://example.com/networks?cursor=100' },
    });
    const { records, errors, rows, counts } = await collect(ofdsJson.read(bufferSource('page.json', text)));
    expect(records.map((network) => network.name)).toEqual(['Mạng thử']);
    expect(errors.map(({ scope, row, code }) => [scope, row, code])).toEqual([
      ['networks', 1, 'network_without_parts'],
      ['networks/1/nodes', 4, 'node_without_location'],
    ]);
    expect(rows).toBe(1 + (records[0]?.nodes.length ?? 0) + (records[0]?.spans.length ?? 0));
    expect(counts['further_pages_not_in_the_file']).toBe(1);
  });
});

describe('networks with faults of their own', () => {
  it('are left out with every reason beside one that is complete, and refuse a package of nothing else', async () => {
    const complete = JSON.parse(readFileSync(fixture('fibre_extension_members_and_lengths.json'), 'utf8')) as {
      networks: object[];
    };
    const node = { id: 'a', location: { type: 'Point', coordinates: [105.3, 21.3] } };
    const faulty = { id: 'fd7b30d6-f514-4cd0-a5ac-29a774f53a43', name: 'Without spans', nodes: [node], spans: [] };
    const read = (networks: object[]) => collect(ofdsJson.read(bufferSource('x.json', JSON.stringify({ networks }))));
    const { records, errors, rows } = await read([faulty, ...complete.networks]);
    expect(records.map((network) => network.name)).toEqual(['Mạng thử']);
    expect(errors.map(({ scope, row, field, code }) => [scope, row, field, code])).toEqual([
      ['networks', 1, 'networks/0/spans', 'empty_list'],
      ['networks/1/nodes', 4, 'location', 'node_without_location'],
    ]);
    expect(rows).toBe(1 + (records[0]?.nodes.length ?? 0) + (records[0]?.spans.length ?? 0));
    await expect(read([faulty])).rejects.toThrow(/one fault: networks\/0\/spans: spans must not be an empty list/);
  });
});

describe('what can be mended at an import', () => {
  const location = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
  const route = {
    type: 'LineString',
    coordinates: [
      [105.3, 21.3],
      [105.32, 21.31],
      [105.34, 21.3],
    ],
  };
  const id = 'fd7b30d6-f514-4cd0-a5ac-29a774f53a43';
  const nodes = [
    { id: 'A', location: location(105.3, 21.3) },
    { id: 'B' },
    { id: 'C', location: location(105.3401, 21.3001) },
  ];
  const network = {
    id,
    name: 'Mạng',
    nodes,
    spans: [
      { id: 's1', start: 'A', end: 'B', route },
      { id: 's2', start: 'A', end: 'GONE', route },
      {
        id: 's3',
        start: 'NOWHERE',
        end: 'C',
        route: {
          ...route,
          coordinates: [
            [105.2, 21.2],
            [105.34, 21.3],
          ],
        },
      },
      { id: 's4', start: 'A', end: 'LOST' },
    ],
  };
  const read = (accept: string[], networks: object[] = [network]) =>
    collect(ofdsJson.read(bufferSource('network.json', JSON.stringify({ networks })), { accept }));

  it('is proposed and not done unless it is accepted', async () => {
    const { records, errors } = await read([]);
    expect(records[0]?.spans.map(({ code }) => code)).toEqual(['s1']);
    expect(errors.map(({ code, value, proposal }) => [code, value, proposal])).toEqual([
      ['node_without_location', null, 'put it at 105.34 21.3, where its lines end (--accept missing_geometry)'],
      ['unknown_node', 'GONE', "join it to node C, 15 m from the line's end (--accept missing_node)"],
      ['unknown_node', 'NOWHERE', "add a joint at the line's end (--accept missing_node)"],
      ['unknown_node', 'LOST', undefined],
    ]);
  });

  it('is done and counted when it is accepted; what the data do not say stays an error', async () => {
    const { records, errors, counts } = await read(['missing_node', 'missing_geometry']);
    expect(errors.map(({ value }) => value)).toEqual(['LOST']);
    expect(counts).toMatchObject({ repaired_missing_geometry: 1, repaired_missing_node: 2 });
    const [mended] = records;
    expect(mended?.nodes.find(({ code }) => code === 'B')?.geometry?.coordinates).toEqual([105.34, 21.3]);
    expect(mended?.nodes.find(({ code }) => code === 'NOWHERE')).toMatchObject({
      kind: 'joint',
      geometry: { coordinates: [105.2, 21.2] },
    });
    expect(
      mended?.spans.map(({ code, start_node_code, end_node_code }) => [code, start_node_code, end_node_code]),
    ).toEqual([
      ['s1', 'A', 'B'],
      // Where B was put nothing else is nearer.
      ['s2', 'A', 'B'],
      ['s3', 'NOWHERE', 'C'],
    ]);
  });

  it('is not two networks with one id: the second is named and counted, the first is taken', async () => {
    const twin = { ...network, name: 'Mạng khác' };
    const { records, errors } = await read([], [network, twin]);
    expect(records.map(({ name }) => name)).toEqual(['Mạng']);
    const repeated = errors.find(({ code }) => code === 'duplicate_network');
    expect(repeated).toMatchObject({ field: 'networks/1/id', value: id });
    expect(repeated?.reason).toContain('its 3 nodes and 4 spans are left out');
    const source = bufferSource('network.json', JSON.stringify({ networks: [network, twin] }));
    const refused: [rows: number, refused: number][] = [];
    for await (const { rows, errors: blamed, rows_left_out = 0 } of ofdsJson.read(source))
      refused.push([rows, new Set(blamed.map(({ scope, row }) => `${scope} ${row}`)).size + rows_left_out]);
    expect(refused).toEqual([
      [7, 4],
      [7, 7],
    ]);
  });
});

describe('detection', () => {
  it.each([
    ['fixtures/demo/data/fibre.json', 'ofds-json'],
    ['fixtures/demo/data/sites.csv', 'sites-csv'],
    ['fixtures/demo/data/boundaries-2009.geojson', 'boundaries-geojson'],
    ['fixtures/demo/data/boundaries-2025.geojson', 'boundaries-geojson'],
    ['fixtures/imports/opencellid_without_header.csv', 'opencellid-csv'],
    ['package.json', undefined],
  ])('%s', async (path, id) => {
    const head = await readHead(fileSource(path));
    expect(detectFormat(path, head)?.id).toBe(id);
  });

  it('keeps to what was asked for', async () => {
    const path = 'fixtures/demo/data/sites.csv';
    expect(detectFormat(path, await readHead(fileSource(path)), 'fibre')).toBeNull();
    expect(detectFormat(path, await readHead(fileSource(path)), 'sites')?.id).toBe('sites-csv');
  });

  it('the demo fibre is read without an error', async () => {
    const { records, errors } = await readAll(ofdsJson, 'fixtures/demo/data/fibre.json');
    expect(errors).toEqual([]);
    expect(
      records
        .flatMap((network) => network.nodes)
        .filter((node) => node.kind === 'district' && node.serves_unit_code !== null).length,
    ).toBeGreaterThanOrEqual(13);
    expect(records.flatMap((network) => network.spans).every((span) => span.synthetic)).toBe(true);
  });
});

function by(href: string) {
  return standardVersion([{ rel: 'describedby', href }]);
}
