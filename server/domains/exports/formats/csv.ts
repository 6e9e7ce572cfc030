import { type Input, stringify } from 'csv-stringify/sync';
import { readable, type TableRow } from '../table.ts';
import type { TableFormat } from './format.ts';

const byteOrderMark = '\uFEFF';

/**
 * Lines of RFC 4180 with CRLF. Text that a spreadsheet would take for a formula (= + - @ tab and their full-width forms in
 * front) gets an apostrophe before it; numbers stay numeric, negative ones too, because they arrive as numbers.
 */
export function csvLines(records: Input): string {
  return stringify(records, { record_delimiter: '\r\n', escape_formulas: true });
}

/** CSV in UTF-8 with BOM, ISO dates, point decimals. The statement is in the file name and the response headers. */
export const csv: TableFormat = {
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  async *write({ statement: { language }, table: { columns, rows } }) {
    yield byteOrderMark + csvLines([columns.map(({ header }) => header[language])]);
    for await (const batch of rows(language)) {
      const shown = ({ values }: TableRow) => columns.map((column, i) => readable(column, values[i] ?? null, language));
      yield csvLines(batch.map(shown));
    }
  },
};
