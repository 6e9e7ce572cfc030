import { ImportFileError } from './format.ts';
import type { ImportBatch, ImportFormat, ImportSource, ReadOptions, RowError } from './format.ts';
import { isObject, textOf } from './json-values.ts';
import type { JsonObject } from './json-values.ts';
import { checkNetwork } from './ofds-checks.ts';
import { readNetwork } from './ofds-network.ts';
import type { Placed } from './ofds-network.ts';
import type { FibreNetworkRecord } from './records.ts';
import { readJson } from './source.ts';

const SHOWN_REASONS = 5;

/**
 * Network packages of the Open Fibre Data Standard, JSON form, of any version (0.2 to 0.4 differ in nothing that is read
 * here). A fault of a network's own members refuses the package; faults of nodes and spans are row errors.
 * https://open-fibre-data-standard.readthedocs.io/
 */
export const ofdsJson: ImportFormat<'fibre_network'> = {
  id: 'ofds-json',
  makes: 'fibre',
  record: 'fibre_network',
  label: { vi: 'Mạng cáp quang OFDS (JSON)', en: 'Fibre network, OFDS (JSON)' },
  detect(_fileName, head) {
    const text = head
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trimStart();
    if (!text.startsWith('{') || /"FeatureCollection"/.test(text)) return false;
    return (
      /^\{\s*"(networks|nodes|spans)"\s*:\s*\[/.test(text) ||
      /network-schema\.json/.test(text) ||
      /"(networks|spans)"\s*:\s*\[/.test(text)
    );
  },
  read,
};

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<FibreNetworkRecord>> {
  const networks = networksOf(await readJson(source, options.max_bytes), source.file_name);
  refuseFaults(networks, source.file_name);
  const ids = new Set<string>();
  let spansAndNodes = 0;
  const batches: ImportBatch<FibreNetworkRecord>[] = [];
  for (const [index, network] of networks.entries()) {
    const id = textOf(network['id']) ?? '';
    if (ids.has(id))
      throw new ImportFileError('duplicate_network', `"${source.file_name}" has two networks with the id ${id}`);
    ids.add(id);
    const batch = readOne(network, index);
    spansAndNodes += batch.records.reduce((sum, record) => sum + record.nodes.length + record.spans.length, 0);
    batches.push(batch);
  }
  if (spansAndNodes === 0) {
    throw refusal(
      source.file_name,
      batches.flatMap((batch) => batch.errors),
      'not one of its nodes and spans can be used',
    );
  }
  yield* batches;
}

function readOne(network: JsonObject, index: number): ImportBatch<FibreNetworkRecord> {
  const path = `networks/${index}`;
  const nodes = place(network['nodes'], `${path}/nodes`);
  const spans = place(network['spans'], `${path}/spans`);
  const errors: RowError[] = [];
  const record = readNetwork(network, index + 1, nodes, spans, errors);
  const counts = { straight_routes: record.spans.filter((span) => span.route_is_straight).length };
  return { records: [record], errors, rows: nodes.length + spans.length, counts };
}

function place(list: unknown, path: string): Placed[] {
  return Array.isArray(list)
    ? (list as unknown[]).map((item, index) => ({ item, row: index + 1, path: `${path}/${index}` }))
    : [];
}

/** The networks of a package, or of a bare network object; other documents of the standard are named and refused. */
function networksOf(json: unknown, fileName: string): JsonObject[] {
  if (!isObject(json)) throw notAPackage(fileName, 'it is not a JSON object');
  if (Array.isArray(json['networks'])) {
    const networks = json['networks'].filter(isObject);
    if (networks.length === 0) throw notAPackage(fileName, 'its list of networks is empty');
    return networks;
  }
  if ('id' in json && ('nodes' in json || 'spans' in json || 'links' in json)) return [json];
  if ('nodes' in json || 'spans' in json) {
    const part = 'nodes' in json ? 'nodes' : 'spans';
    throw notAPackage(
      fileName,
      `it is one page of a ${part} endpoint; ask the publisher for the whole package with "networks"`,
    );
  }
  throw notAPackage(fileName, 'it has no "networks"');
}

function refuseFaults(networks: readonly JsonObject[], fileName: string): void {
  const faults = networks.flatMap((network, index) => checkNetwork(network, index + 1, `networks/${index}`));
  if (faults.length > 0) {
    // The reasons also list what is wrong inside, so that the publisher can mend everything at once.
    throw refusal(fileName, [...faults, ...networks.flatMap((network, index) => readOne(network, index).errors)], null);
  }
  const hollow = networks.find((network) => network['nodes'] === undefined && network['spans'] === undefined);
  if (hollow && networks.every((network) => network['nodes'] === undefined && network['spans'] === undefined)) {
    throw notAPackage(fileName, hollowReason(hollow));
  }
}

function hollowReason(network: JsonObject): string {
  const links = Array.isArray(network['links']) ? network['links'].filter(isObject) : [];
  const elsewhere = links.filter((link) => /(nodes|spans)(API|File)$/.test(textOf(link['rel']) ?? ''));
  const name = textOf(network['name']) ?? textOf(network['id']) ?? '';
  if (elsewhere.length === 0) return `the network "${name}" has neither nodes nor spans`;
  const kind = elsewhere.some((link) => (textOf(link['rel']) ?? '').endsWith('API')) ? 'endpoints' : 'files';
  const places = elsewhere.map((link) => textOf(link['href'])).join(', ');
  return `the nodes and spans of the network "${name}" are in separate ${kind} (${places}); import a package that has them inside`;
}

function notAPackage(fileName: string, why: string): ImportFileError {
  return new ImportFileError('not_a_package', `"${fileName}" cannot be imported as an OFDS network package: ${why}`);
}

function refusal(fileName: string, reasons: RowError[], why: string | null): ImportFileError {
  const shown = reasons.slice(0, SHOWN_REASONS).map((reason) => `${reason.field}: ${reason.reason}`);
  const more = reasons.length > SHOWN_REASONS ? ` (and ${reasons.length - SHOWN_REASONS} more)` : '';
  const message = `"${fileName}" is not a valid OFDS network package: ${why === null ? '' : `${why}; `}${shown.join('; ')}${more}`;
  return new ImportFileError('invalid_package', message, { reasons });
}
