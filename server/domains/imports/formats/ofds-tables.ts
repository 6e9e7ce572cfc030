import { readCsvRows } from './csv-rows.ts';
import type { ImportSource } from './format.ts';
import { ImportFileError } from './format.ts';
import type { JsonObject } from './json-values.ts';
import { isObject } from './json-values.ts';
import { readWkt } from './wkt.ts';

/** One row of a table of the CSV form: the network it names, the item it describes, and its spreadsheet row. */
export interface TableRow {
  row: number;
  network_id: string | null;
  item: JsonObject;
  /** How many cells the row has; another number than that of the columns means that values stand in wrong columns. */
  cells: number;
  /** Column names and cells as they stand. */
  raw: Record<string, string>;
}

export interface OfdsTable {
  columns: string[];
  rows: TableRow[];
}

const NUMBERS =
  /^(accuracy|(nodes|spans)\/0\/(fibreCount|fibreLength|capacity|phusong\/length_m)|contracts\/0\/value\/amount)$/;
const BOOLEANS =
  /^((nodes|spans)\/0\/(accessPoint|power|directed|darkFibre|phusong\/(synthetic|past_antimeridian|decommissioned_since))|phusong\/synthetic)$/;
const LISTS =
  /^(nodes\/0\/(type|technologies)|spans\/0\/(transmissionMedium|deployment|technologies|countries)|organisations\/0\/roles)$/;
const GEOMETRIES = /^(nodes\/0\/(location|phusong\/former\/0\/location)|spans\/0\/route)$/;
/** Before 0.3 a geometry stood in two columns: its type, and its numbers. */
const COORDINATES = /^(nodes\/0\/location|spans\/0\/route)\/coordinates$/;

const STEP = /^([A-Za-z]\w*|\d{1,4})$/;

/**
 * A table whose columns are paths into the network (`nodes/0/physicalInfrastructureProvider/id`), as the standard's CSV form
 * has them: item members are taken relative to `list` (`nodes/0/…`; none for networks.csv). Values that cannot be read in
 * the type of their column stay texts, for the checks of the standard to name.
 */
export async function readOfdsTable(source: ImportSource, list: string | null, maxBytes?: number): Promise<OfdsTable> {
  const table: OfdsTable = { columns: [], rows: [] };
  for await (const chunk of readCsvRows(source, maxBytes)) {
    for (const { row, cells } of chunk) {
      if (table.columns.length === 0) table.columns = cells;
      else table.rows.push(readRow(row, cells, table.columns, list));
    }
  }
  if (!table.columns.includes('id')) {
    throw new ImportFileError(
      'unknown_columns',
      `"${source.file_name}" has no column id, the identifier of the network; the first row must name the columns`,
    );
  }
  return table;
}

function readRow(row: number, cells: readonly string[], columns: readonly string[], list: string | null): TableRow {
  const item: JsonObject = {};
  const raw: Record<string, string> = {};
  let network_id: string | null = null;
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    raw[column] = cell;
    if (column === 'id') network_id = cell;
    if (list === null) setMember(item, column, valueOf(column, cell));
    else if (column.startsWith(`${list}/0/`)) setMember(item, column.slice(list.length + 3), valueOf(column, cell));
  }
  return { row, network_id, item, cells: cells.length, raw };
}

function valueOf(column: string, cell: string): unknown {
  if (NUMBERS.test(column)) return Number.isFinite(Number(cell)) ? Number(cell) : cell;
  if (BOOLEANS.test(column)) return /^true$/i.test(cell) ? true : /^false$/i.test(cell) ? false : cell;
  if (GEOMETRIES.test(column)) return readWkt(cell) ?? cell;
  if (COORDINATES.test(column)) return coordinatesOf(column, cell);
  if (!LISTS.test(column)) return cell;
  return cell
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** `-0.174;5.625`, or a line of such pairs with a comma inside each. */
function coordinatesOf(column: string, cell: string): unknown {
  const numbers = (cell.match(/[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi) ?? []).map(Number);
  if (column.startsWith('nodes/')) return numbers;
  return numbers.flatMap((lon, index) => (index % 2 === 0 ? [[lon, numbers[index + 1]]] : []));
}

/** Sets `a/b` or `a/0/b` below an object, making what is missing on the way; names that no standard has are left out. */
function setMember(item: JsonObject, path: string, value: unknown): void {
  const steps = path.split('/');
  const last = steps.pop() ?? '';
  if (![...steps, last].every((step) => STEP.test(step))) return;
  let place = item;
  for (const [index, step] of steps.entries()) {
    const next = Object.hasOwn(place, step) ? place[step] : undefined;
    if (next !== undefined && !isObject(next) && !Array.isArray(next)) return;
    const made = next ?? (/^\d/.test(steps[index + 1] ?? last) ? [] : {});
    place[step] = made;
    place = made as JsonObject;
  }
  place[last] = value;
}
