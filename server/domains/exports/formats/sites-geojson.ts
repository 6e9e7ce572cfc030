import { siteFilterParams } from '../../../contract/index.ts';
import type { Language } from '../../../platform/language.ts';
import { siteColumns } from '../columns.ts';
import type { SiteRow } from '../queries.ts';
import { notes, type Statement } from '../statement.ts';
import type { SiteFormat } from './format.ts';

const propertyColumns = siteColumns.filter((column) => !column.table_only);
/** 7 decimals are 1 cm. */
const degrees = (value: number): number => Number(value.toFixed(7));

function feature(row: SiteRow, language: Language): string {
  const properties = Object.fromEntries(propertyColumns.map((column) => [column.key, column.value(row, language)]));
  const geometry = { type: 'Point', coordinates: [degrees(row.lon), degrees(row.lat)] };
  return JSON.stringify({ type: 'Feature', id: row.id, geometry, properties });
}

/** The statement as foreign members, before the features, so that a reader of the stream has it first. */
function members(statement: Statement): object {
  return {
    type: 'FeatureCollection',
    name: 'sites',
    numberMatched: statement.counts.sites,
    numberReturned: statement.counts.sites,
    counts: statement.counts,
    at: statement.filter.at,
    filter: Object.fromEntries(siteFilterParams(statement.filter)),
    dataset_revision: statement.dataset_revision,
    written_at: statement.written_at,
    synthetic: statement.synthetic,
    notes: notes(statement),
  };
}

/** GeoJSON (RFC 7946): WGS84 lon/lat without a `crs` member; values keep their types, codes are not translated. */
export const sitesGeojson: SiteFormat = {
  extension: 'geojson',
  mediaType: 'application/geo+json',
  async *write({ statement, rows }) {
    yield `${JSON.stringify(members(statement)).slice(0, -1)},"features":[`;
    let separator = '\n';
    for await (const batch of rows()) {
      yield separator + batch.map((row) => feature(row, statement.language)).join(',\n');
      separator = ',\n';
    }
    yield '\n]}\n';
  },
};
