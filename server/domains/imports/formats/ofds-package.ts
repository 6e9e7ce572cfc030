import type { ImportBatch, ReadOptions, RowError, RowPlace } from './format.ts';
import { ImportFileError, rowError } from './format.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';
import { checkNetwork } from './ofds-checks.ts';
import { readNetwork } from './ofds-network.ts';
import type { Placed } from './ofds-parts.ts';
import { NetworkReading } from './ofds-reading.ts';
import { networkCode } from './ofds-values.ts';
import type { FibreNetworkRecord } from './records.ts';

/** One network of a package, in whatever form it came: its own members, and its nodes and spans with their places. */
export interface PackagedNetwork extends RowPlace {
  header: JsonObject;
  path: string;
  nodes: Placed[];
  spans: Placed[];
}

/**
 * Reads the networks of a package, one batch each. Beside networks that can be used, one with a fault in its own members or with
 * its nodes and spans elsewhere is left out, with its reasons as row errors; faults of nodes and spans are row errors. @throws ImportFileError when nothing of the package can be used
 */
export function readPackage(
  all: readonly PackagedNetwork[],
  fileName: string,
  options: ReadOptions = {},
): ImportBatch<FibreNetworkRecord>[] {
  const { networks, repeated } = withoutRepeated(all);
  if (networks.every(isLeftOut)) throw unusable(networks, fileName);
  const batches = [
    ...networks.map((network) => leftOut(network) ?? readOne(network, options)),
    ...repeated.map(refuseRepeated),
  ];
  if (batches.every(({ records }) => records.every(({ nodes, spans }) => nodes.length + spans.length === 0))) {
    const errors = batches.flatMap((batch) => batch.errors);
    throw refusal(fileName, errors, 'not one of its nodes and spans can be used');
  }
  return batches;
}

function isHollow({ nodes, spans }: PackagedNetwork): boolean {
  return nodes.length + spans.length === 0;
}

function readOne(
  { header, row, nodes, spans }: PackagedNetwork,
  options: ReadOptions,
): ImportBatch<FibreNetworkRecord> {
  const reading = new NetworkReading(options);
  const record = readNetwork(header, row, nodes, spans, reading);
  const { errors, counts, named } = reading;
  return { records: [record], errors, rows: nodes.length + spans.length, counts, named };
}

function refuseHollow(network: PackagedNetwork): ImportBatch<FibreNetworkRecord> {
  const name = textOf(network.header['name']) ?? textOf(network.header['id']);
  const reason = sentence(hollowReason(network.header));
  return {
    records: [],
    errors: [rowError(network, network.path, name, 'network_without_parts', reason)],
    rows: 1,
    counts: {},
  };
}

const faultsOf = (network: PackagedNetwork): RowError[] => checkNetwork(network.header, network, network.path);

/** A network that cannot be used as a whole: something is wrong with its own members, or nothing is in it. */
export const isLeftOut = (network: PackagedNetwork): boolean => isHollow(network) || faultsOf(network).length > 0;

/** Why a network is left out; null for one that can be used. */
function leftOut(network: PackagedNetwork): ImportBatch<FibreNetworkRecord> | null {
  const faults = faultsOf(network);
  if (faults.length === 0) return isHollow(network) ? refuseHollow(network) : null;
  return leavingOut(network, [...faults, ...readOne(network, {}).errors]);
}

/** A network left out as a whole: each of its rows is refused, with errors of its own or without. */
function leavingOut(network: PackagedNetwork, errors: RowError[]): ImportBatch<FibreNetworkRecord> {
  const blamed = new Set(errors.map(({ scope, row }) => `${scope ?? ''} ${row}`)).size;
  const rows = Math.max(blamed, network.nodes.length + network.spans.length);
  return { records: [], errors, rows, rows_left_out: rows - blamed, counts: {} };
}

/** The reasons also list what is wrong inside, so that the publisher can mend everything at once. */
function unusable(networks: readonly PackagedNetwork[], fileName: string): ImportFileError {
  const faults = networks.flatMap(faultsOf);
  return faults.length > 0
    ? refusal(fileName, [...faults, ...networks.flatMap((network) => readOne(network, {}).errors)], null)
    : notAPackage(fileName, networks.map(({ header }) => hollowReason(header)).join('; '));
}

/** Networks by the first that has an id; a later one with the same id, or our code, cannot be told from it. */
function withoutRepeated(all: readonly PackagedNetwork[]): {
  networks: PackagedNetwork[];
  repeated: PackagedNetwork[];
} {
  const ids = new Set<string>();
  const codes = new Set<string>();
  const networks: PackagedNetwork[] = [];
  const repeated: PackagedNetwork[] = [];
  for (const network of all) {
    const id = textOf(network.header['id']);
    const code = networkCode(network.header);
    if ((id !== null && ids.has(id)) || codes.has(code)) repeated.push(network);
    else networks.push(network);
    if (id !== null) ids.add(id);
    if (code !== '') codes.add(code);
  }
  return { networks, repeated };
}

function refuseRepeated(network: PackagedNetwork): ImportBatch<FibreNetworkRecord> {
  const id = textOf(network.header['id']);
  const code = networkCode(network.header);
  const named = code === id ? `the id ${id}` : `the id ${id} or the code ${code}`;
  const reason = `An earlier network of the file has ${named}; its ${network.nodes.length} nodes and ${network.spans.length} spans are left out`;
  const proposal = 'give each network an id of its own, or put their nodes and spans into one';
  return leavingOut(network, [rowError(network, `${network.path}/id`, id, 'duplicate_network', reason, proposal)]);
}

function hollowReason(network: JsonObject): string {
  const links = Array.isArray(network['links']) ? network['links'].filter(isObject) : [];
  const elsewhere = links.filter((link) => /(nodes|spans)(API|File)$/.test(textOf(link['rel']) ?? ''));
  const name = textOf(network['name']) ?? textOf(network['id']) ?? '';
  const advice = '(ask its publisher for a package that has them inside)';
  if (elsewhere.length === 0) return `the network "${name}" has neither nodes nor spans ${advice}`;
  const kind = elsewhere.some((link) => (textOf(link['rel']) ?? '').endsWith('API')) ? 'endpoints' : 'files';
  const places = elsewhere.map((link) => textOf(link['href'])).join(', ');
  return `the nodes and spans of the network "${name}" are in separate ${kind} (${places}), which are not fetched ${advice}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A file that is something else than a network package. */
export function notAPackage(fileName: string, why: string): ImportFileError {
  return new ImportFileError('not_a_package', `"${fileName}" cannot be imported as an OFDS network package: ${why}`);
}

/** A package whose content is at fault, with every reason; the first one is in the message. */
export function refusal(fileName: string, reasons: RowError[], why: string | null): ImportFileError {
  const [first] = reasons;
  const count = reasons.length === 1 ? 'one fault' : `${reasons.length} faults, the first`;
  const faults = first ? `${count}: ${first.field}: ${first.reason}` : '';
  const message = [`"${fileName}" is not a valid OFDS network package`, why, faults].filter(Boolean).join(': ');
  return new ImportFileError('invalid_package', message, { reasons });
}
