import type { Language, Translated } from '../../platform/language.ts';
import { words } from './words.ts';

/** A typed value of a column: dates are YYYY-MM-DD text, null is not known. */
export type Value = string | number | boolean | readonly string[] | null;

/** How a column is written: `word` is a code with a translation, `degrees` has 7 decimals, `metres` has 3. */
export type Kind = 'text' | 'list' | 'integer' | 'number' | 'degrees' | 'metres' | 'date' | 'boolean' | 'word';

/** A column of an export, as it is in the header of every format. */
export interface ColumnHead {
  /** Name in GeoJSON: that of the database column. */
  key: string;
  header: Translated;
  kind: Kind;
  /** Width in a worksheet, in characters. */
  width: number;
  /** True when only tables have it: GeoJSON has it in the geometry, or people fill it in by hand. */
  table_only: boolean;
}

export interface Column<Row> extends ColumnHead {
  value(row: Row, language: Language): Value;
}

/** Makers of the columns of one kind of row; without `value` a column is the member of the row with its key. */
export function columnsOf<Row extends object>() {
  const column = (
    key: string,
    kind: Kind,
    width: number,
    vi: string,
    en: string,
    value: Column<Row>['value'] = (row) => (row as Record<string, Value>)[key] ?? null,
  ): Column<Row> => ({ key, header: { vi, en }, kind, width, table_only: false, value });
  const tableOnly = (...given: Parameters<typeof column>): Column<Row> => ({ ...column(...given), table_only: true });
  return { column, tableOnly };
}

/** A value as a person reads it: lists joined, codes and booleans in words; numbers stay numbers, dates stay ISO text. */
export function readable({ key, kind }: ColumnHead, value: Value, language: Language): string | number | null {
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return words(language, 'boolean', String(value));
  if (typeof value === 'object') return value.length === 0 ? null : value.join('; ');
  return kind === 'word' && typeof value === 'string' ? words(language, key, value) : value;
}

/** One row of a table, whatever it was made from. */
export interface TableRow {
  id: number;
  /** In the order of the columns. */
  values: readonly Value[];
  /** GeoJSON text; null when it has no place. */
  geometry(): string | null;
}

/** A table with its rows, as a worksheet or a file has it. */
export interface Table {
  name: Translated;
  columns: readonly ColumnHead[];
  /** How many rows there will be. */
  total: number;
  /** Batches of rows, to be read once. */
  rows(language: Language): AsyncIterable<readonly TableRow[]>;
}

/** 7 decimals of a degree are a centimetre: more digits are noise of arithmetic. */
const roundDegrees = (degrees: number): number => Number(degrees.toFixed(7));

/** GeoJSON as text. What comes as text was written by the database with as many decimals as are wanted. */
function drawn(shape: object | string | null): string | null {
  if (shape === null || typeof shape === 'string') return shape;
  return JSON.stringify(shape, (_, value: unknown) => (typeof value === 'number' ? roundDegrees(value) : value));
}

const written = (kind: Kind, value: Value): Value =>
  kind === 'degrees' && typeof value === 'number' ? roundDegrees(value) : value;

const syntheticColumn = (synthetic: boolean): Column<object> =>
  columnsOf<object>().column('synthetic', 'boolean', 9, 'Dữ liệu minh hoạ', 'Synthetic', () => synthetic);

/**
 * Makes a table of rows of one kind. `geometry` gives GeoJSON as object or text, null when a row has no place. `synthetic` marks
 * all rows in a column of their own, where they are figures of a whole that has made-up parts or has none.
 */
export function tableOf<Row extends object>(given: {
  name: Translated;
  columns: readonly Column<Row>[];
  total: number;
  rows(): AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
  id(row: Row): number;
  geometry?(row: Row): object | string | null;
  synthetic?: boolean;
}): Table {
  const { name, total, id, geometry = () => null, synthetic } = given;
  const columns = synthetic === undefined ? given.columns : [...given.columns, syntheticColumn(synthetic)];
  return {
    name,
    columns,
    total,
    rows: async function* (language) {
      for await (const batch of given.rows()) {
        yield batch.map((row) => ({
          id: id(row),
          values: columns.map((column) => written(column.kind, column.value(row, language))),
          geometry: () => drawn(geometry(row)),
        }));
      }
    },
  };
}
