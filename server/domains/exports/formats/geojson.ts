import { countsOf, filterParams, type Statement } from '../statement.ts';
import type { ColumnHead, TableRow } from '../table.ts';
import type { TableFormat } from './format.ts';

/** The statement as foreign members, before the features, so that a reader of the stream has it first. */
function members(statement: Statement, total: number): object {
  return {
    type: 'FeatureCollection',
    name: statement.name,
    numberMatched: total,
    numberReturned: total,
    counts: countsOf(statement),
    ...(statement.at === null ? {} : { at: statement.at }),
    filter: Object.fromEntries(filterParams(statement)),
    sources: Object.fromEntries(statement.sources.map(([label, value]) => [label[statement.language], value])),
    dataset_revision: statement.dataset_revision,
    written_at: statement.written_at,
    synthetic: statement.synthetic,
    notes: statement.notes,
  };
}

/** A row as a feature; the geometry is text already. */
function feature(columns: readonly ColumnHead[], { id, values, geometry }: TableRow): string {
  const properties = columns.flatMap(({ key, table_only }, i) => (table_only ? [] : [[key, values[i] ?? null]]));
  const drawn = JSON.stringify(Object.fromEntries(properties));
  return `{"type":"Feature","id":${id},"geometry":${geometry() ?? 'null'},"properties":${drawn}}`;
}

/** GeoJSON (RFC 7946): WGS84 lon/lat without a `crs` member; values keep their types, codes are not translated. */
export const geojson: TableFormat = {
  extension: 'geojson',
  mediaType: 'application/geo+json',
  async *write({ statement, table }) {
    yield `${JSON.stringify(members(statement, table.total)).slice(0, -1)},"features":[`;
    let separator = '\n';
    for await (const batch of table.rows(statement.language)) {
      if (batch.length === 0) continue;
      yield separator + batch.map((row) => feature(table.columns, row)).join(',\n');
      separator = ',\n';
    }
    yield '\n]}\n';
  },
};
