import type { Language } from '../../../platform/language.ts';
import type { Statement } from '../statement.ts';
import { type ColumnHead, type Kind, readable, type Table, type Value } from '../table.ts';
import type { TableFormat } from './format.ts';
import { type Cell, type CellStyle, cellStyle, dateSerial } from './workbook/cells.ts';
import { type Worksheet, workbookStream } from './workbook/workbook.ts';

const styles: Record<Kind, CellStyle> = {
  text: cellStyle.text,
  list: cellStyle.text,
  word: cellStyle.text,
  boolean: cellStyle.text,
  integer: cellStyle.integer,
  number: cellStyle.number,
  degrees: cellStyle.degrees,
  metres: cellStyle.metres,
  date: cellStyle.date,
};

function cell(column: ColumnHead, value: Value, language: Language): Cell {
  const shown = readable(column, value, language);
  const isDay = column.kind === 'date' && typeof shown === 'string';
  return { value: isDay ? dateSerial(shown) : shown, style: styles[column.kind] };
}

function tableSheet({ name, columns, total, rows }: Table, language: Language): Worksheet {
  return {
    name: name[language],
    widths: columns.map(({ width }) => width),
    table: { rows: total },
    async *rows() {
      yield columns.map(({ header }) => ({ value: header[language], style: cellStyle.header }));
      for await (const batch of rows(language)) {
        for (const { values } of batch) yield columns.map((column, i) => cell(column, values[i] ?? null, language));
      }
    },
  };
}

const line = (label: string, value: string | number): Cell[] => [
  { value: label, style: cellStyle.paragraph },
  { value, style: typeof value === 'number' ? cellStyle.integer : cellStyle.paragraph },
];
const heading = (text: string): Cell[] => [{ value: text, style: cellStyle.title }];

/** What the table is: filter, counts, sources, revision, time, notes. */
function aboutSheet(statement: Statement): Worksheet {
  const { language, title, filter, counts, sources, notes, dataset_revision, written_at } = statement;
  const vi = language === 'vi';
  return {
    name: vi ? 'Thông tin' : 'About',
    widths: [34, 90],
    rows: () => [
      heading(title[language]),
      heading(vi ? 'Bộ lọc' : 'Filter'),
      ...filter.map(({ label, shown }) => line(label[language], shown)),
      heading(vi ? 'Số lượng' : 'Counts'),
      ...counts.map(({ label, value }) => line(label[language], value)),
      heading(vi ? 'Nguồn' : 'Source'),
      ...sources.map(([label, value]) => line(label[language], value)),
      line(vi ? 'Phiên bản dữ liệu' : 'Dataset revision', dataset_revision),
      line(vi ? 'Lập lúc' : 'Written at', written_at),
      heading(vi ? 'Ghi chú' : 'Notes'),
      ...notes.map((note) => line('', note)),
    ],
  };
}

/** XLSX: the table with frozen header, filter buttons, real dates, codes as text; the statement on a sheet of its own. */
export const xlsx: TableFormat = {
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  // 2^20 rows of a worksheet, less the header.
  max_rows: 1_048_575,
  write: ({ statement, table, further }) =>
    workbookStream(
      [
        tableSheet(table, statement.language),
        ...further.map((each) => tableSheet(each, statement.language)),
        aboutSheet(statement),
      ],
      new Date(statement.written_at),
    ),
};
