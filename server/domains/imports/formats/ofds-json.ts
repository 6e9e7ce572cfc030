import type { ImportBatch, ImportFormat, ImportSource, RawRow, ReadOptions } from './format.ts';
import type { JsonObject } from './json-values.ts';
import { isObject } from './json-values.ts';
import type { PackagedNetwork } from './ofds-package.ts';
import { isLeftOut, notAPackage, readPackage } from './ofds-package.ts';
import type { Placed } from './ofds-parts.ts';
import type { FibreNetworkRecord } from './records.ts';
import { readJson } from './source.ts';

/**
 * Network packages of the Open Fibre Data Standard, JSON form, of any version (0.2 to 0.4 differ in nothing that is read
 * here). What refuses a package and what is a row error: see ofds-package.ts.
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
  rows,
  read,
};

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<FibreNetworkRecord>> {
  const json = await readJson(source, options.max_bytes);
  const batches = readPackage(networksOf(json, source.file_name), source.file_name, options);
  if (hasNextPage(json)) yield { records: [], errors: [], rows: 0, counts: { further_pages_not_in_the_file: 1 } };
  yield* batches;
}

async function* rows(source: ImportSource): AsyncGenerator<RawRow[]> {
  for (const network of networksOf(await readJson(source), source.file_name)) {
    const { row, scope, header } = network;
    yield [
      ...(isLeftOut(network) ? [{ row, scope, raw: header }] : []),
      ...[...network.nodes, ...network.spans].map((placed) => ({
        row: placed.row,
        scope: placed.scope,
        raw: placed.item,
      })),
    ];
  }
}

/** True for a page of an endpoint that tells where the next page is. */
export function hasNextPage(json: unknown): boolean {
  return isObject(json) && isObject(json['links']) && typeof json['links']['next'] === 'string';
}

function packaged(header: JsonObject, index: number): PackagedNetwork {
  const path = `networks/${index}`;
  const nodes = place(header['nodes'], `${path}/nodes`);
  const spans = place(header['spans'], `${path}/spans`);
  return { header, row: index + 1, scope: 'networks', path, nodes, spans };
}

function place(list: unknown, path: string): Placed[] {
  return Array.isArray(list)
    ? (list as unknown[]).map((item, index) => ({ item, row: index + 1, scope: path, path: `${path}/${index}` }))
    : [];
}

/** The networks of a package, or of a bare network object; other documents of the standard are named and refused. */
function networksOf(json: unknown, fileName: string): PackagedNetwork[] {
  if (!isObject(json)) throw notAPackage(fileName, 'it is not a JSON object');
  if (Array.isArray(json['networks'])) {
    const networks = json['networks'] as unknown[];
    if (networks.length === 0) throw notAPackage(fileName, 'its list of networks is empty');
    // Something else than an object has no id, which refuses the package with the place in the list.
    return networks.map((network, index) => packaged(isObject(network) ? network : {}, index));
  }
  if ('id' in json && ('nodes' in json || 'spans' in json || 'links' in json)) return [packaged(json, 0)];
  if ('nodes' in json || 'spans' in json) {
    const part = 'nodes' in json ? 'nodes' : 'spans';
    throw notAPackage(
      fileName,
      `it is one page of a ${part} endpoint; ask the publisher for the whole package with "networks"`,
    );
  }
  throw notAPackage(fileName, 'it has no "networks"');
}
