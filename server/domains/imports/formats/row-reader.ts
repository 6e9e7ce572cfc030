import type { NumberStyle } from '../../../platform/geo/index.ts';
import { decideNumberStyle, POINT_STYLE, parseAngle } from '../../../platform/geo/index.ts';
import type { LegacyEncoding } from '../../../platform/text/index.ts';
import { detectEncoding, normaliseName, searchKey, toUnicode } from '../../../platform/text/index.ts';
import type { CsvRow } from './csv-rows.ts';
import type { ColumnPlaces, CsvTable } from './csv-table.ts';
import type { RowError } from './format.ts';
import { MAX_TEXT_SIGNS, rowError } from './format.ts';
import { readBoolean, readDate, readQuantity } from './values.ts';

/** What is decided once for the whole file, from its first rows: encoding of each text column, style of each number column. */
interface ColumnStyles<C extends string> {
  encodings: Partial<Record<C, LegacyEncoding>>;
  numbers: Partial<Record<C, NumberStyle>>;
}

/** Least value of a column that must be positive. */
export const OVER_0 = Number.MIN_VALUE;

/** ASCII codes, numbers and dates need no reading: most cells of a file. */
const PLAIN = /^(?!n\/a$|null$|nt$)[0-9A-Za-z][!-~]*$/i;

/** Signs that mean "nothing" in spreadsheets. */
const EMPTY = new Set(['', '-', '–', '—', '…', '...', 'null', 'n/a']);
/** "As above": only a person can say what it repeats. */
const DITTO = new Set(['nt', 'như trên', '"', '″', '〃']);

/** The columns of one file: where they stand, and how they are written. */
export interface FileColumns<C extends string> {
  table: CsvTable<C>;
  places: ColumnPlaces<C>;
  styles: ColumnStyles<C>;
}

/** Decides the styles of a file's columns. @param rows its first rows, without the header */
export function decideColumns<C extends string>(
  table: CsvTable<C>,
  places: ColumnPlaces<C>,
  rows: readonly CsvRow[],
): FileColumns<C> {
  const column = (name: C) => rows.map(({ cells }) => cells[places[name] ?? -1] ?? '').filter((cell) => cell !== '');
  const encodings = table.text.map((name) => [name, detectEncoding(column(name)).encoding] as const);
  const numbers = table.numbers.map((name) => [name, decideNumberStyle(column(name).map(withoutUnit))] as const);
  const styles = { encodings: Object.fromEntries(encodings), numbers: Object.fromEntries(numbers) };
  return { table, places, styles: styles as ColumnStyles<C> };
}

function withoutUnit(cell: string): string {
  return cell.replace(/\s*[\p{L}°%]+$/u, '');
}

/** `over 0 and at most 100,000 W`, `from 1900 to 2026`: years and codes have no unit, and no separators. */
function boundsText({ min, max, unit }: { min: number; max: number; unit?: string }): string {
  const [least, most] = [min, max].map((bound) => (unit ? bound.toLocaleString('en-GB') : String(bound)));
  return `${min === OVER_0 ? `over 0 and at most ${most}` : `from ${least} to ${most}`}${unit ? ` ${unit}` : ''}`;
}

/**
 * Reads the cells of one row by column, collecting row errors. Each method answers null for an empty cell and for a bad one
 * (which is then in `errors`).
 */
export class RowReader<C extends string> {
  readonly errors: RowError[] = [];
  readonly row: number;
  readonly cells: readonly string[];
  readonly #columns: FileColumns<C>;

  constructor(row: CsvRow, columns: FileColumns<C>) {
    this.row = row.row;
    this.cells = row.cells;
    this.#columns = columns;
  }

  /** Whether the file has the column at all. */
  has(column: C): boolean {
    return this.#columns.places[column] !== undefined;
  }

  fail(
    column: C | 'row',
    code: string,
    reason: string,
    value: unknown = column === 'row' ? null : this.raw(column),
    proposal?: string,
  ): null {
    this.errors.push(rowError(this.row, column, value, code, reason, proposal));
    return null;
  }

  /** The cell as written, trimmed; empty when the column is not there. */
  raw(column: C): string {
    return (this.cells[this.#columns.places[column] ?? -1] ?? '').trim();
  }

  /** Text in Unicode, composed; ditto marks are errors. */
  text(column: C): string | null {
    const raw = this.raw(column);
    if (raw.length > MAX_TEXT_SIGNS)
      return this.fail(column, 'too_long', `A cell has at most ${MAX_TEXT_SIGNS} signs, this one ${raw.length}`);
    if (PLAIN.test(raw)) return raw;
    if (EMPTY.has(raw.toLowerCase())) return null;
    if (DITTO.has(raw.toLowerCase().normalize('NFC'))) {
      return this.fail(column, 'ditto_mark', 'A mark for "as above" is not a value; write the value itself');
    }
    return normaliseName(toUnicode(raw, this.#columns.styles.encodings[column] ?? 'unicode')) || null;
  }

  required(column: C, why = 'is missing'): string {
    const text = this.text(column);
    const failed = this.errors.some((error) => error.field === column);
    if (text === null && !failed) this.fail(column, 'missing', `The ${column} ${why}`);
    return text ?? '';
  }

  /**
   * A number in the unit of the column, which is given as it is printed (`dBm`); other units give an error unless `units`
   * knows a function for them, by their small letters.
   */
  number(
    column: C,
    range: { min: number; max: number; unit?: string },
    units: Record<string, (value: number) => number> = {},
  ) {
    const text = this.text(column);
    if (text === null) return null;
    const quantity = readQuantity(text, this.#columns.styles.numbers[column] ?? POINT_STYLE);
    if (quantity === null) return this.fail(column, 'not_a_number', 'Not a number');
    const convert =
      quantity.unit === '' || quantity.unit === range.unit?.toLowerCase()
        ? (value: number) => value
        : ownConverter(units, quantity.unit);
    if (convert === undefined)
      return this.fail(column, 'unknown_unit', `The unit "${quantity.unit}" is not known here`);
    const value = convert(quantity.value);
    if (value < range.min || value > range.max) {
      return this.fail(column, 'out_of_range', `Must be ${boundsText(range)}`);
    }
    return value;
  }

  date(column: C): string | null {
    const text = this.text(column);
    if (text === null) return null;
    return readDate(text) ?? this.fail(column, 'bad_date', 'Not a date (YYYY-MM-DD, dd/mm/yyyy or dd/mm/yy)');
  }

  boolean(column: C): boolean | null {
    const text = this.text(column);
    if (text === null) return null;
    return readBoolean(text) ?? this.fail(column, 'not_yes_or_no', 'Must be true or false (có, không)');
  }

  /** One of a list, by its code or a Vietnamese word for it; case does not matter. */
  oneOf<T extends string>(column: C, list: readonly T[]): T | null {
    const text = this.text(column);
    if (text === null) return null;
    const word = this.#columns.table.words.get(searchKey(text)) ?? text;
    const found = list.find((item) => item.toLowerCase() === word.toLowerCase());
    return found ?? this.fail(column, 'not_in_list', `Must be one of ${list.join(', ')}`);
  }

  /** A longitude or latitude in degrees (decimal, or degrees, minutes and seconds), or metres over 1,000 as they are. */
  coordinate(column: C, language: 'vi' | 'en' | 'mixed'): number | null {
    const text = this.required(column);
    if (text === '') return null;
    const style = this.#columns.styles.numbers[column] ?? POINT_STYLE;
    const metres = readQuantity(text, style);
    if (metres !== null && Math.abs(metres.value) > 1_000) return metres.value;
    const angle = parseAngle(text, { language, style });
    if (!angle.ok && angle.problem === 'ambiguous_hemisphere') {
      return this.fail(
        column,
        angle.problem,
        'N beside Vietnamese letters may mean north or Nam (south); write B or S',
      );
    }
    return angle.ok ? angle.degrees : this.fail(column, angle.problem, 'Not a coordinate in degrees');
  }
}

function ownConverter(
  units: Record<string, (value: number) => number>,
  unit: string,
): ((value: number) => number) | undefined {
  return Object.hasOwn(units, unit) ? units[unit] : undefined;
}
