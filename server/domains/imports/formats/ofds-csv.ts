import { chooseDelimiter, wrongColumnCount } from './csv-rows.ts';
import type { ImportBatch, ImportFormat, ImportSource, RawRow, ReadOptions, RowError, RowPlace } from './format.ts';
import { ImportFileError, rowError } from './format.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';
import type { PackagedNetwork } from './ofds-package.ts';
import { notAPackage, readPackage, refusal } from './ofds-package.ts';
import type { OfdsTable, TableRow } from './ofds-tables.ts';
import { readOfdsTable } from './ofds-tables.ts';
import { EXTENSION, extensionOf, FORMER } from './ofds-values.ts';
import type { FibreNetworkRecord } from './records.ts';

/** The tables that are read, and the list of the network that each one fills (none for the network itself). */
const TABLES = {
  networks: null,
  nodes: 'nodes',
  spans: 'spans',
  links: 'links',
  phases: 'phases',
  organisations: 'organisations',
  contracts: 'contracts',
  nodes_networkProviders: 'nodes',
  nodes_internationalConnections: 'nodes',
  nodes_former: 'nodes',
  spans_networkProviders: 'spans',
  phases_funders: 'phases',
  contracts_documents: 'contracts',
  contracts_relatedPhases: 'contracts',
} as const;
type TableName = keyof typeof TABLES;
type Tables = Partial<Record<TableName, OfdsTable>>;

/** A package is entered by one of these; the others are read along. */
const ENTRIES: readonly TableName[] = ['networks', 'nodes', 'spans'];
const PARTS: readonly TableName[] = ['links', 'phases', 'organisations', 'contracts'];
/** Lists inside the items of a list have a table of their own: item by id, one entry a row. */
/** Lists that stand under our own key. */
const OWN_LISTS = new Set<string>([FORMER]);
const CHILDREN = (Object.keys(TABLES) as TableName[]).filter((name) => name.includes('_'));
const OWN_COLUMNS = /^(nodes|spans|phases|organisations|contracts|links|relatedResources|wayleaves)\/0\//;

/**
 * Network packages of the Open Fibre Data Standard, CSV form: a folder of tables whose rows name their network by `id`.
 * networks.csv, nodes.csv or spans.csv stands for all; the same network in JSON gives the same records.
 * https://open-fibre-data-standard.readthedocs.io/en/latest/reference/publication_formats/csv.html
 */
export const ofdsCsv: ImportFormat<'fibre_network'> = {
  id: 'ofds-csv',
  makes: 'fibre',
  record: 'fibre_network',
  label: { vi: 'Mạng cáp quang OFDS (thư mục CSV)', en: 'Fibre network, OFDS (folder of CSV tables)' },
  detect(fileName, head) {
    const text = head.toString('utf8').replace(/^\ufeff/, '');
    const columns = (text.split(/\r?\n/, 1)[0] ?? '').split(chooseDelimiter(text)).map((cell) => cell.trim());
    if (columns[0] !== 'id') return false;
    return columns.some((column) => OWN_COLUMNS.test(column)) || tableOf(fileName) === 'networks';
  },
  parts: (source) => Object.values(sourcesOf(source)),
  rows,
  read,
};

function tableOf(fileName: string): string {
  return (fileName.split('/').at(-1) ?? '').replace(/\.csv$/i, '');
}

/** The tables that are there, by name: the file itself and its siblings. */
function sourcesOf(source: ImportSource): Partial<Record<TableName, ImportSource>> {
  const entry = ENTRIES.find((name) => name === tableOf(source.file_name));
  if (entry === undefined) {
    throw notAPackage(
      source.file_name,
      'it is one table of the CSV form; import the folder it is in, or its networks.csv, nodes.csv or spans.csv (the names matter)',
    );
  }
  const names = Object.keys(TABLES) as TableName[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = name === entry ? source : source.sibling?.(`${name}.csv`);
      return found ? [[name, found]] : [];
    }),
  );
}

async function readTables(source: ImportSource, maxBytes?: number): Promise<Tables> {
  const tables: Tables = {};
  for (const [name, part] of Object.entries(sourcesOf(source)) as [TableName, ImportSource][])
    tables[name] = await readTable(name, part, maxBytes);
  return tables;
}

/** Rows of another length than the first are row errors among nodes and spans; elsewhere they spoil the package. */
async function readTable(name: TableName, source: ImportSource, maxBytes: number | undefined): Promise<OfdsTable> {
  const table = await readOfdsTable(source, TABLES[name], maxBytes);
  const damaged =
    name === 'nodes' || name === 'spans' ? null : table.rows.find((row) => row.cells !== table.columns.length);
  if (!damaged) return table;
  throw new ImportFileError(
    'broken_csv',
    `"${source.file_name}" is damaged: row ${damaged.row} has ${damaged.cells} columns instead of ${table.columns.length}`,
  );
}

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<FibreNetworkRecord>> {
  const tables = await readTables(source, options.max_bytes);
  const { networks, strays } = assemble(tables);
  if (networks.length === 0 && strays.length === 0) throw noNetwork(source);
  if (networks.every(({ nodes, spans }) => nodes.length + spans.length === 0) && strays.length > 0)
    throw refusal(source.file_name, strays, 'not one of its rows can be used');
  if (tables.spans && tables.spans.rows.length > 0 && !tables.nodes) {
    throw notAPackage(source.file_name, 'its spans name their nodes, and there is no nodes.csv beside them');
  }
  const batches = readPackage(networks, source.file_name, options);
  if (strays.length > 0) yield { records: [], errors: strays, rows: strays.length, counts: {} };
  yield* batches;
}

function noNetwork(source: ImportSource): ImportFileError {
  return new ImportFileError(
    'empty',
    `There is no network in "${source.file_name}": its tables have column names only, no rows`,
  );
}

/** Networks with their lists as in the JSON form, and the rows that are damaged or belong to no network of the package. */
function assemble(tables: Tables): { networks: PackagedNetwork[]; strays: RowError[] } {
  const networks = networksOf(tables);
  const byId = new Map(networks.map((network) => [textOf(network.header['id']), network]));
  const strays: RowError[] = [];
  for (const list of ['nodes', 'spans'] as const) {
    const scope = `${list}.csv`;
    const columns = tables[list]?.columns.length ?? 0;
    for (const { row, network_id, item, cells, raw } of tables[list]?.rows ?? []) {
      const at = { row, scope };
      const network = byId.get(network_id);
      if (cells !== columns) strays.push(wrongColumnCount(at, cells, columns, Object.values(raw)));
      else if (network) network[list].push({ item, ...at, path: `${list}/0` });
      else strays.push(strayRow(at, network_id));
    }
  }
  for (const list of PARTS) {
    for (const { network_id, item } of tables[list]?.rows ?? []) {
      const header = byId.get(network_id)?.header;
      if (header) header[list] = [...((header[list] as unknown[] | undefined) ?? []), item];
    }
  }
  for (const name of CHILDREN) addChildren(byId, name, tables[name]);
  return { networks, strays };
}

function asNetwork(header: JsonObject, row: number, scope: string): PackagedNetwork {
  return { header, row, scope, path: scope, nodes: [], spans: [] };
}

/** The rows of networks.csv; without that file, one network for each id that nodes and spans name, where it is first named. */
function networksOf(tables: Tables): PackagedNetwork[] {
  if (tables.networks) return tables.networks.rows.map(({ item, row }) => asNetwork(item, row, 'networks.csv'));
  const networks = new Map<string, PackagedNetwork>();
  for (const list of ['nodes', 'spans'] as const) {
    for (const { network_id, row } of wholeRows(tables[list])) {
      if (network_id === null || networks.has(network_id)) continue;
      networks.set(network_id, asNetwork({ id: network_id }, row, `${list}.csv`));
    }
  }
  return [...networks.values()];
}

/** Rows with a cell for each column. */
function wholeRows(table: OfdsTable | undefined): TableRow[] {
  return table?.rows.filter(({ cells }) => cells === table.columns.length) ?? [];
}

function strayRow(at: RowPlace, id: string | null): RowError {
  return id === null
    ? rowError(at, 'id', null, 'missing', 'The row does not name its network')
    : rowError(at, 'id', id, 'unknown_network', 'The network is not in networks.csv');
}

/** The items of one list of every network: nodes and spans with their places, the others as they stand in the header. */
function itemsOf(network: PackagedNetwork, list: string): unknown[] {
  if (list === 'nodes' || list === 'spans') return network[list].map(({ item }) => item);
  const items = network.header[list];
  return Array.isArray(items) ? (items as unknown[]) : [];
}

/** Adds the entries of a child table such as `nodes_networkProviders` to the items they belong to. */
function addChildren(
  byId: ReadonlyMap<string | null, PackagedNetwork>,
  name: TableName,
  table: OfdsTable | undefined,
): void {
  const [list = '', member = ''] = name.split('_');
  const items = new Map<string, JsonObject>();
  for (const [id, network] of byId) {
    for (const item of itemsOf(network, list)) {
      const code = isObject(item) ? textOf(item['id']) : null;
      if (isObject(item) && code !== null && !items.has(`${id} ${code}`)) items.set(`${id} ${code}`, item);
    }
  }
  for (const { network_id, item } of table?.rows ?? []) {
    const found = items.get(`${network_id} ${textOf(item['id'])}`);
    const entries = (OWN_LISTS.has(member) ? extensionOf(item) : item)[member];
    if (!found || !Array.isArray(entries)) continue;
    if (OWN_LISTS.has(member)) found[EXTENSION] ??= {};
    const owner = OWN_LISTS.has(member) ? extensionOf(found) : found;
    owner[member] = [...((owner[member] as unknown[] | undefined) ?? []), ...(entries as unknown[])];
  }
}

async function* rows(source: ImportSource): AsyncGenerator<RawRow[]> {
  const tables = await readTables(source);
  for (const name of ENTRIES)
    yield (tables[name]?.rows ?? []).map(({ row, raw }) => ({ row, scope: `${name}.csv`, raw }));
}
