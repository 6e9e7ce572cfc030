import { type Cell, columnLetters, rowXml, stylesXml, xmlText } from './cells.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

/** A worksheet whose rows are pulled while the file is written. */
export interface Worksheet {
  name: string;
  /** Characters, one for each column. */
  widths: readonly number[];
  rows(): Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
  /** A table: its first row is frozen, has filter buttons and is repeated on every printed page. */
  table?: { rows: number };
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** Text is handed on in pieces of about this many characters. */
const pieceLength = 65_536;

const tableRange = (sheet: Worksheet): string =>
  `A1:${columnLetters(sheet.widths.length - 1)}${(sheet.table?.rows ?? 0) + 1}`;

async function* sheetXml(sheet: Worksheet): AsyncGenerator<string> {
  const letters = sheet.widths.map((_, index) => columnLetters(index));
  const columns = sheet.widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  let piece =
    `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0">${sheet.table ? frozen : ''}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>`;
  let number = 0;
  for await (const cells of sheet.rows()) {
    piece += rowXml(++number, cells, letters);
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  const filter = sheet.table ? `<autoFilter ref="${tableRange(sheet)}"/>` : '';
  yield `${piece}</sheetData>${filter}<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/></worksheet>`;
}

function workbookXml(sheets: readonly Worksheet[]): string {
  const list = sheets
    .map((sheet, index) => `<sheet name="${xmlText(sheet.name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('');
  const names = sheets.flatMap((sheet, index) => {
    if (!sheet.table) return [];
    const quoted = `'${sheet.name.replaceAll("'", "''")}'!`;
    const range = tableRange(sheet).replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${xmlText(quoted + range)}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${xmlText(`${quoted}$1:$1`)}</definedName>`,
    ];
  });
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><sheets>${list}</sheets><definedNames>${names.join('')}</definedNames></workbook>`;
}

function relationsXml(relations: readonly [type: string, target: string][]): string {
  const list = relations.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${officeRelations}/${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packageRelations}">${list.join('')}</Relationships>`;
}

function contentTypesXml(sheets: readonly Worksheet[]): string {
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...sheets.map((_, index) => [`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet']),
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${contentType}.${type}+xml"/>`);
  return (
    `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}

/**
 * An Office Open XML workbook (ECMA-376) in pieces, with text written inline: memory does not grow with the rows.
 * One path for small and large tables: header, filter buttons and further sheets are the same in both.
 */
export function workbookStream(sheets: readonly Worksheet[], modified: Date): AsyncGenerator<Uint8Array> {
  const parts: [path: string, text: ZipEntry['text']][] = [
    ['[Content_Types].xml', [contentTypesXml(sheets)]],
    ['_rels/.rels', [relationsXml([['officeDocument', 'xl/workbook.xml']])]],
    ['xl/workbook.xml', [workbookXml(sheets)]],
    [
      'xl/_rels/workbook.xml.rels',
      [
        relationsXml([
          ...sheets.map((_, index): [string, string] => ['worksheet', `worksheets/sheet${index + 1}.xml`]),
          ['styles', 'styles.xml'],
        ]),
      ],
    ],
    ['xl/styles.xml', [stylesXml()]],
    ...sheets.map((sheet, index): [string, ZipEntry['text']] => [
      `xl/worksheets/sheet${index + 1}.xml`,
      sheetXml(sheet),
    ]),
  ];
  return zipStream(
    parts.map(([path, text]) => ({ path, text })),
    modified,
  );
}
