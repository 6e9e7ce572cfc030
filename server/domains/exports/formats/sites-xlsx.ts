import { type Column, type Kind, readable, siteColumns, type Value } from '../columns.ts';
import { countLines, crsNote, filterLines, notes, type Statement } from '../statement.ts';
import type { SiteExport, SiteFormat } from './format.ts';
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

function cell(column: Column, value: Value, language: Statement['language']): Cell {
  const shown = readable(column, value, language);
  const isDay = column.kind === 'date' && typeof shown === 'string';
  return { value: isDay ? dateSerial(shown) : shown, style: styles[column.kind] };
}

function listSheet({ statement: { language, counts }, rows }: SiteExport): Worksheet {
  return {
    name: language === 'vi' ? 'Danh sách' : 'Sites',
    widths: siteColumns.map(({ width }) => width),
    table: { rows: counts.sites },
    async *rows() {
      yield siteColumns.map(({ header }) => ({ value: header[language], style: cellStyle.header }));
      for await (const batch of rows()) {
        for (const row of batch) yield siteColumns.map((column) => cell(column, column.value(row, language), language));
      }
    },
  };
}

const line = (label: string, value: string | number): Cell[] => [
  { value: label, style: cellStyle.paragraph },
  { value, style: typeof value === 'number' ? cellStyle.integer : cellStyle.paragraph },
];
const heading = (text: string): Cell[] => [{ value: text, style: cellStyle.title }];

/** What the list is: filter, counts, coordinate systems, revision, time, notes. */
function aboutSheet(statement: Statement): Worksheet {
  const { language, dataset_revision, written_at } = statement;
  const vi = language === 'vi';
  return {
    name: vi ? 'Thông tin' : 'About',
    widths: [34, 90],
    rows: () => [
      heading(vi ? 'Danh sách vị trí trạm' : 'List of sites'),
      heading(vi ? 'Bộ lọc' : 'Filter'),
      ...filterLines(statement).map(([label, value]) => line(label, value)),
      heading(vi ? 'Số lượng' : 'Counts'),
      ...countLines(statement.counts, language).map(([label, value]) => line(label, value)),
      heading(vi ? 'Nguồn' : 'Source'),
      line(vi ? 'Hệ toạ độ' : 'Coordinate systems', crsNote(language)),
      line(vi ? 'Phiên bản dữ liệu' : 'Dataset revision', dataset_revision),
      line(vi ? 'Lập lúc' : 'Written at', written_at),
      heading(vi ? 'Ghi chú' : 'Notes'),
      ...notes(statement).map((note) => line('', note)),
    ],
  };
}

/** XLSX: the inspector's list with frozen header, filter buttons, real dates, codes as text; the statement on a second sheet. */
export const sitesXlsx: SiteFormat = {
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  // 2^20 rows of a worksheet, less the header.
  max_rows: 1_048_575,
  write: (siteExport) =>
    workbookStream(
      [listSheet(siteExport), aboutSheet(siteExport.statement)],
      new Date(siteExport.statement.written_at),
    ),
};
