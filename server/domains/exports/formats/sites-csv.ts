import { type Input, stringify } from 'csv-stringify/sync';
import { readable, siteColumns } from '../columns.ts';
import type { SiteFormat } from './format.ts';

const byteOrderMark = '\uFEFF';

/**
 * Lines of RFC 4180 with CRLF. Text that a spreadsheet would take for a formula (= + - @ tab and their full-width forms in
 * front) gets an apostrophe before it; numbers stay numeric, negative ones too, because they arrive as numbers.
 */
export function csvLines(records: Input): string {
  return stringify(records, { record_delimiter: '\r\n', escape_formulas: true });
}

/** CSV in UTF-8 with BOM, ISO dates, point decimals. The statement is in the file name and the response headers. */
export const sitesCsv: SiteFormat = {
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  async *write({ statement: { language }, rows }) {
    yield byteOrderMark + csvLines([siteColumns.map(({ header }) => header[language])]);
    for await (const batch of rows()) {
      yield csvLines(
        batch.map((row) => siteColumns.map((column) => readable(column, column.value(row, language), language))),
      );
    }
  },
};
