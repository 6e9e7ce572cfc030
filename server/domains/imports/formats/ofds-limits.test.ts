import { describe, expect, it } from 'vitest';
import { ofdsCsv } from './ofds-csv.ts';
import { ofdsGeojson } from './ofds-geojson.ts';
import { ofdsJson } from './ofds-json.ts';
import { readLength } from './ofds-values.ts';
import type { FibreNetworkRecord } from './records.ts';
import { bufferSource } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';

const spansOf = (records: readonly FibreNetworkRecord[]) => records.flatMap(({ spans }) => spans);
const short = (text: string) => (text.length > 30 ? `${text.slice(0, 3)}…` : text);
const route = [
  [105.2, 21.25],
  [105.3, 21.25],
];

describe('values that no column holds', () => {
  it('are row errors with field, value and reason; the other spans and networks are taken', async () => {
    const { records, errors } = await readAll(ofdsJson, fixture('fibre_values_no_column_holds.json'));
    expect(spansOf(records).map(({ code }) => code)).toEqual(['good', 'beside']);
    const told = errors.map(({ field, value, code }) => [field, short(value ?? ''), code]);
    expect(told).toEqual(
      [
        ['networks/0/nodes/2/name', 'mmm…', 'too_long'],
        ['networks/0/nodes/3/location', '[105.25,95]', 'out_of_range'],
        ['networks/0/spans/1/fibreCount', '3000000000', 'out_of_range'],
        ['networks/0/spans/2/fibreCount', '-4', 'out_of_range'],
        ['networks/0/spans/3/fibreCount', '0', 'out_of_range'],
        ['networks/0/spans/4/phusong/valid_to', '2009-01-01', 'date_order'],
        ['networks/0/spans/5/phusong/valid_to', '2010-01-01', 'date_order'],
        ['networks/0/spans/6/phusong/valid_to', '1850-01-01', 'date_order'],
        ['networks/0/spans/7/readyForServiceDate', '2010-02-30', 'not_allowed'],
        ['networks/0/spans/8/phusong/valid_from', '99999-01-01', 'bad_date'],
        ['networks/0/spans/9/id', 'nnn…', 'too_long'],
        ['networks/0/spans/10/phusong/route_group', 'ggg…', 'too_long'],
        ['networks/0/spans/11/route', '[1e+300,21.25]', 'out_of_range'],
        ['networks/2/id', '5b3d2c8a-0f5e-4c39-9a59-2f1f5f…', 'duplicate_network'],
      ].map(([field, value, code]) => [field, short(value ?? ''), code]),
    );
    expect(errors.find(({ field }) => field.endsWith('spans/2/fibreCount'))?.reason).toBe(
      'fibreCount must be from 1 to 100,000',
    );
    expect(errors.find(({ field }) => field.endsWith('spans/4/phusong/valid_to'))?.reason).toContain('2010-01-01');
  });

  const network = { id: 'fd7b30d6-f514-4cd0-a5ac-29a774f53a43', name: 'Mạng' };
  const feature = (properties: object, type: string, coordinates: unknown) => ({
    type: 'Feature',
    geometry: { type, coordinates },
    properties: { network, ...properties },
  });
  const node = (id: string, lon: number, more: object = {}) =>
    feature({ id, featureType: 'node', ...more }, 'Point', [lon, 21.25]);
  const span = (id: string, more: object) =>
    feature({ id, featureType: 'span', start: { id: 'A' }, end: { id: 'B' }, ...more }, 'LineString', route);

  it('are so in GeoJSON too, and a second network of one code is left out', async () => {
    const twin = { network: { id: 'other', phusong: { code: network.id } } };
    const text = JSON.stringify({
      type: 'FeatureCollection',
      features: [
        node('A', 105.2),
        node('B', 105.3),
        span('good', {}),
        span('bad', { fibreCount: 3e9 }),
        span('late', { phusong: { valid_from: '2010-01-01', valid_to: '2009-01-01' } }),
        node('T', 105.3, twin),
        node('U', 105.3, twin),
        node('L', 105.3, { network: { id: 'i'.repeat(501) } }),
      ],
    });
    const { records, errors } = await collect(ofdsGeojson.read(bufferSource('network.geojson', text)));
    expect(spansOf(records).map(({ code }) => code)).toEqual(['good']);
    expect(errors.map(({ row, code }) => [row, code])).toEqual([
      [8, 'too_long'],
      [6, 'duplicate_network'],
      [4, 'out_of_range'],
      [5, 'date_order'],
    ]);
  });

  it('are so in the CSV form too', async () => {
    const id = network.id;
    const nodes = bufferSource(
      'nodes.csv',
      `id,nodes/0/id,nodes/0/location\n${id},A,POINT (105.2 21.25)\n${id},B,POINT (105.3 21.25)\n`,
    );
    const spans = bufferSource(
      'spans.csv',
      [
        'id,spans/0/id,spans/0/start,spans/0/end,spans/0/fibreCount,spans/0/phusong/valid_from,spans/0/phusong/valid_to',
        `${id},good,A,B,24,,`,
        `${id},bad,A,B,3000000000,,`,
        `${id},late,A,B,24,2010-01-01,2009-01-01`,
        '',
      ].join('\n'),
    );
    const source = { ...nodes, sibling: (name: string) => (name === 'spans.csv' ? spans : null) };
    const { records, errors } = await collect(ofdsCsv.read(source));
    expect(spansOf(records).map(({ code }) => code)).toEqual(['good']);
    expect(errors.map(({ scope, row, code }) => [scope, row, code])).toEqual([
      ['spans.csv', 3, 'out_of_range'],
      ['spans.csv', 4, 'date_order'],
    ]);
  });

  it('are not lists that lie 5,000 deep in each other: such a file is refused', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const text = `{"networks":[{"id":"${network.id}","nodes":[{"id":"A","x":${deep}}]}]}`;
    await expect(collect(ofdsJson.read(bufferSource('deep.json', text)))).rejects.toThrow(/more than 200 deep/);
    const brackets = JSON.stringify({ networks: [{ ...network, nodes: [{ id: '['.repeat(300) + '\\"' }] }] });
    expect((await collect(ofdsJson.read(bufferSource('text.json', brackets)))).rows).toBe(1);
  });
});

describe('lengths of cable', () => {
  it('that cannot be the route’s give way to that of the route, and each span is named', async () => {
    const { records, errors, counts, named } = await readAll(ofdsJson, fixture('fibre_lengths_that_cannot_be.json'));
    expect(errors).toEqual([]);
    // 0.1° of longitude at 21.25° N on the ellipsoid: 10,379.6 m
    const drawn_m = 10_380;
    expect(spansOf(records).map(({ code, length_m }) => [code, length_m])).toEqual([
      ['of-its-route', drawn_m],
      ['kilometres', 12_500],
      ['metres', 10_400],
      ['negative', drawn_m],
      ['zero', drawn_m],
      ['ninety-times', drawn_m],
      ['beyond-all', drawn_m],
      ['too-short', drawn_m],
      ['no-course', drawn_m],
    ]);
    expect(counts).toEqual({ fibre_lengths_taken_as_metres: 1, fibre_lengths_not_taken: 5, straight_routes: 1 });
    expect(named['fibre_lengths_not_taken']?.map(({ id, row, note }) => [id, row, note])).toContainEqual([
      'negative',
      4,
      'fibreLength -7 km cannot be: the 10,380 m of the route are taken',
    ]);
    expect(named['fibre_lengths_taken_as_metres']?.map(({ id }) => id)).toEqual(['metres']);
    expect(named['straight_routes']).toEqual([{ row: 9, scope: 'networks/0/spans', id: 'no-course' }]);
  });

  it('are taken up to ten times the route and a kilometre, and down to a hundredth of it', () => {
    const taken = (fibreLength: number) => readLength({ fibreLength }, route).taken_as;
    expect([103, 104.7, 104.9, 0.11, 0.1].map(taken)).toEqual([
      'kilometres',
      'kilometres',
      'route',
      'kilometres',
      'route',
    ]);
    expect([5_100, 5_200, 100_000, 200_000].map(taken)).toEqual(['route', 'metres', 'metres', 'route']);
    expect(readLength({ fibreLength: 30_000 }, null)).toMatchObject({ length_m: null, taken_as: 'route' });
  });
});

describe('days that the file does not tell', () => {
  it('are those given, each span named; what it tells stays, and what then ends too early is a row error', async () => {
    const { records, counts, named } = await readAll(ofdsJson, fixture('fibre_extension_members_and_lengths.json'), {
      valid_from: '2012-05-01',
      valid_to: '2024-01-01',
    });
    expect(spansOf(records).map(({ code, valid_from, valid_to }) => [code, valid_from, valid_to])).toEqual([
      ['s1', '2005-01-01', '2020-01-01'],
      ['s2', '2012-05-01', '2024-01-01'],
      ['s3', '2012-05-01', '2024-01-01'],
      ['s4', '2012-05-01', '2024-01-01'],
    ]);
    expect(counts).toMatchObject({ valid_from_as_given: 3, valid_to_as_given: 3 });
    expect(named['valid_from_as_given']?.map(({ id, note }) => [id, note])[0]).toEqual(['s2', '2012-05-01']);
    const late = await readAll(ofdsJson, fixture('fibre_extension_members_and_lengths.json'), {
      valid_from: '2021-01-01',
      valid_to: '2020-06-01',
    });
    expect(spansOf(late.records).map(({ code }) => code)).toEqual(['s1']);
    expect(late.errors.filter(({ code }) => code === 'date_order')).toHaveLength(3);
  });
});
