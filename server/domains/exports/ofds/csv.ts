/**
 * A network package in the CSV form of the Open Fibre Data Standard: a folder of tables. The columns are paths into the
 * network (`nodes/0/status`); lists of texts are one cell with semicolons, lists of objects have a table of their own,
 * geometries are well-known text.
 */
import type { OfdsNetwork, OfdsObject } from './package.ts';

type Row = Map<string, string>;
export interface OfdsTable {
  /** File name without `.csv`. */
  name: string;
  columns: string[];
  rows: string[][];
}

const isObject = (value: unknown): value is OfdsObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isObjectList = (value: unknown): value is OfdsObject[] =>
  Array.isArray(value) && value.length > 0 && (value as unknown[]).every(isObject);

const pair = (position: unknown): string => (position as number[]).join(' ');

/** Well-known text of a Point or a LineString. */
function wellKnownText(geometry: OfdsObject): string {
  const { type, coordinates } = geometry as { type: string; coordinates: unknown[] };
  return type === 'Point'
    ? `POINT (${pair(coordinates)})`
    : `LINESTRING (${coordinates.map((position) => pair(position)).join(', ')})`;
}

const textOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

class Tables {
  #tables = new Map<string, Row[]>();

  #add(table: string, row: Row): void {
    const rows = this.#tables.get(table);
    if (rows) rows.push(row);
    else this.#tables.set(table, [row]);
  }

  /** Cells of an object below a path; lists of objects become rows of a child table with the ids of what they belong to. */
  #cells(item: OfdsObject, path: string, table: string, keys: Row, row: Row): void {
    for (const [member, value] of Object.entries(item)) {
      const column = path === '' ? member : `${path}/${member}`;
      if (value === null || value === undefined) continue;
      if (isObjectList(value)) {
        for (const child of value)
          this.item(child, `${column}/0`, table === 'networks' ? member : `${table}_${member}`, keys);
      } else if (Array.isArray(value)) row.set(column, (value as unknown[]).map(textOf).join(';'));
      else if (isObject(value) && 'coordinates' in value) row.set(column, wellKnownText(value));
      else if (isObject(value)) this.#cells(value, column, table, keys, row);
      else row.set(column, textOf(value));
    }
  }

  item(item: OfdsObject, path: string, table: string, parents: Row): void {
    const row: Row = new Map(parents);
    const keys: Row = new Map(parents);
    if (item['id'] !== undefined) keys.set(path === '' ? 'id' : `${path}/id`, textOf(item['id']));
    // The table's own row stands before those of its children.
    this.#add(table, row);
    this.#cells(item, path, table, keys, row);
  }

  tables(): OfdsTable[] {
    return [...this.#tables].map(([name, rows]) => {
      const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
      return { name, columns, rows: rows.map((row) => columns.map((column) => row.get(column) ?? '')) };
    });
  }
}

/** The tables of the package; `networks` is the first. */
export function toTables({ networks }: { networks: readonly OfdsNetwork[] }): OfdsTable[] {
  const tables = new Tables();
  for (const network of networks) tables.item(network, '', 'networks', new Map());
  return tables.tables();
}
