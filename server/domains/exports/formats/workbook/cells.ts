/** Formats of cells, by their position in the `cellXfs` of the style sheet: see {@link stylesXml}. */
export const cellStyle = {
  general: 0,
  header: 1,
  text: 2,
  integer: 3,
  number: 4,
  degrees: 5,
  metres: 6,
  date: 7,
  title: 8,
  paragraph: 9,
} as const;
export type CellStyle = (typeof cellStyle)[keyof typeof cellStyle];

/** Number formats from 164 on are our own; 0 General, 1 `0` and 49 `@` are built in (ECMA-376 18.8.30). */
const numberFormats: [id: number, code: string][] = [
  [164, 'dd/mm/yyyy'],
  [165, '0.0000000'],
  [166, '0.000'],
];
const wrap = '<alignment vertical="top" wrapText="1"/>';
const formats: [numberFormat: number, font: number, fill: number, alignment: string][] = [
  [0, 0, 0, ''],
  [0, 1, 2, '<alignment horizontal="center" vertical="center" wrapText="1"/>'],
  [49, 0, 0, ''],
  [1, 0, 0, ''],
  [0, 0, 0, ''],
  [165, 0, 0, ''],
  [166, 0, 0, ''],
  [164, 0, 0, ''],
  [0, 1, 0, ''],
  [49, 0, 0, wrap],
];

/** The style sheet that {@link cellStyle} indexes. */
export function stylesXml(): string {
  const numFmts = numberFormats.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join('');
  const xfs = formats
    .map(
      ([numFmt, font, fill, alignment]) =>
        `<xf numFmtId="${numFmt}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"${alignment ? ` applyAlignment="1">${alignment}</xf>` : '/>'}`,
    )
    .join('');
  const font = '<sz val="11"/><name val="Arial"/><family val="2"/>';
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `<numFmts count="${numberFormats.length}">${numFmts}</numFmts>` +
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>` +
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3EAF2"/><bgColor indexed="64"/></patternFill></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${formats.length}">${xfs}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

/** Days since 1899-12-30, the serial number of a day from March 1900 on. */
export function dateSerial(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
}

/** Column letters from 0: A, B, …, Z, AA. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

/** Longest text that a cell may hold; a longer one makes Excel call the file damaged. */
const longestText = 32_767;
const special = /[&<>\p{Cc}\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/gu;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\t': '\t', '\n': '\n' };

/** Text content of XML; signs that XML cannot hold are written `_xHHHH_` (ECMA-376 22.9.2.19). */
export function xmlText(text: string): string {
  const clipped = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
  return clipped.replace(
    special,
    (sign) => entities[sign] ?? `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}

/** A value for a cell: text is always text, whatever it looks like, and never a formula. */
export interface Cell {
  value: string | number | null;
  style: CellStyle;
}

/** One row of a worksheet. @param number from 1 */
export function rowXml(number: number, cells: readonly Cell[], letters: readonly string[]): string {
  let xml = `<row r="${number}">`;
  cells.forEach(({ value, style }, index) => {
    const start = `<c r="${letters[index]}${number}" s="${style}"`;
    if (typeof value === 'number' && Number.isFinite(value)) xml += `${start}><v>${value}</v></c>`;
    else if (typeof value === 'string' && value !== '')
      xml += `${start} t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
  });
  return `${xml}</row>`;
}
