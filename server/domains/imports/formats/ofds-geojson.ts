import type { ImportBatch, ImportFormat, ImportSource, RawRow, ReadOptions, RowError, RowPlace } from './format.ts';
import { ImportFileError, rowError } from './format.ts';
import { featuresOf } from './geojson-features.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';
import { checkNames } from './ofds-checks.ts';
import { hasNextPage } from './ofds-json.ts';
import { readNetwork } from './ofds-network.ts';
import type { Placed } from './ofds-parts.ts';
import { NetworkReading } from './ofds-reading.ts';
import { gatherReferences } from './ofds-references.ts';
import { networkCode } from './ofds-values.ts';
import type { FibreNetworkRecord } from './records.ts';
import { readJson } from './source.ts';

/** Nodes and spans of one network as they are gathered from the features. */
interface Gathered {
  header: JsonObject;
  nodes: Placed[];
  /** Nodes that are only known because a span carries them. */
  embedded: Map<string, Placed>;
  spans: Placed[];
}

/** A feature with the file and row it stands in. */
interface PlacedFeature extends RowPlace {
  feature: unknown;
  /** What the file has by its name; null when that does not tell. */
  part: Part | null;
}

/**
 * Nodes and spans of the Open Fibre Data Standard as GeoJSON: the pair `nodes.geojson` and `spans.geojson`, or both in one
 * collection. Spans carry their two nodes whole, so either file of a pair can also be read by itself.
 * https://open-fibre-data-standard.readthedocs.io/en/latest/reference/publication_formats/geojson.html
 */
export const ofdsGeojson: ImportFormat<'fibre_network'> = {
  id: 'ofds-geojson',
  makes: 'fibre',
  record: 'fibre_network',
  label: { vi: 'Nút và đoạn cáp quang OFDS (GeoJSON)', en: 'Fibre nodes and spans, OFDS (GeoJSON)' },
  detect(fileName, head) {
    const text = head.toString('utf8');
    if (!/"FeatureCollection"/.test(text)) return false;
    return (
      /"featureType"\s*:\s*"(node|span)"/.test(text) || (/"network"\s*:/.test(text) && /(nodes|spans)/i.test(fileName))
    );
  },
  parts: pairOf,
  rows,
  read,
};

const OTHER_OF_PAIR = { nodes: 'spans', spans: 'nodes' } as const;
type Part = keyof typeof OTHER_OF_PAIR;

const baseName = (path: string): string => path.split('/').at(-1) ?? '';

/** What a file has by the end of its name, and what stands before that; null for any other name. */
function partOf(name: string): { before: string; part: Part } | null {
  const [, before = '', part] = /^(.*)(nodes|spans)\.geojson$/.exec(name) ?? [];
  return part === 'nodes' || part === 'spans' ? { before, part } : null;
}

/** The files of a pair, nodes first: one whose name ends in `nodes.geojson` has the other beside it, with `spans` in its name. */
function pairOf(source: ImportSource): ImportSource[] {
  const named = partOf(baseName(source.file_name));
  const other = named && source.sibling?.(`${named.before}${OTHER_OF_PAIR[named.part]}.geojson`);
  if (!other) return [source];
  return named.part === 'nodes' ? [source, other] : [other, source];
}

/** One file at a time: its content, and its features with their places, which name the file when there are two. */
async function* readFiles(
  source: ImportSource,
  maxBytes?: number,
): AsyncGenerator<{ json: unknown; features: PlacedFeature[] }> {
  const files = pairOf(source);
  for (const file of files) {
    const json = await readJson(file, maxBytes);
    const name = baseName(file.file_name);
    const [scope, part] = [files.length > 1 ? name : null, partOf(name)?.part ?? null];
    const features = featuresOf(json, file.file_name).map((feature, index) => ({
      feature,
      row: index + 1,
      scope,
      part,
    }));
    yield { json, features };
  }
}

async function* rows(source: ImportSource): AsyncGenerator<RawRow[]> {
  for await (const { features } of readFiles(source))
    yield features.map(({ feature, row, scope }) => ({ row, scope, raw: feature }));
}

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<FibreNetworkRecord>> {
  const networks = new Map<string, Gathered>();
  const errors: RowError[] = [];
  const batch: ImportBatch<FibreNetworkRecord> = { records: [], errors, rows: 0, counts: {} };
  for await (const { json, features } of readFiles(source, options.max_bytes)) {
    for (const placed of features) gather(placed, networks, errors);
    batch.rows += features.length;
    if (hasNextPage(json)) batch.counts['further_pages_not_in_the_file'] = 1;
  }
  if (networks.size === 0) {
    throw new ImportFileError(
      'not_ofds',
      `"${source.file_name}" has no feature that names its network and feature type`,
      { reasons: errors },
    );
  }
  const reading = new NetworkReading(options, errors);
  for (const { header, nodes, embedded, spans } of withoutRepeated(networks, batch)) {
    const known = new Set(nodes.map(({ item }) => (isObject(item) ? textOf(item['id']) : null)));
    const others = [...embedded].flatMap(([id, placed]) => (known.has(id) ? [] : [placed]));
    const whole = gatherReferences(header, [[...nodes, ...others], spans]);
    const [allNodes = [], allSpans = []] = whole.lists;
    batch.records.push(readNetwork(whole.header, batch.records.length + 1, allNodes, allSpans, reading));
  }
  Object.assign(batch.counts, reading.counts);
  batch.named = reading.named;
  if (batch.records.every((record) => record.nodes.length === 0 && record.spans.length === 0)) {
    const why = errors[0] === undefined ? '' : `: ${errors[0].field}: ${errors[0].reason}`;
    throw new ImportFileError('not_ofds', `"${source.file_name}" has no usable node or span${why}`, {
      reasons: errors,
    });
  }
  yield batch;
}

/** A network with the code of an earlier one cannot be told from it: it is left out, with one error for all its features. */
function withoutRepeated(
  networks: ReadonlyMap<string, Gathered>,
  batch: ImportBatch<FibreNetworkRecord>,
): readonly Gathered[] {
  const codes = new Set<string>();
  return [...networks].flatMap(([id, network]) => {
    const code = networkCode(network.header);
    if (!codes.has(code)) {
      codes.add(code);
      return [network];
    }
    const [first] = [...network.nodes, ...network.spans];
    if (!first) return [];
    const { nodes, spans } = network;
    const reason = `An earlier network of the file has the code ${code}; its ${nodes.length} nodes and ${spans.length} spans are left out`;
    const proposal = 'give each network a code of its own, or put their nodes and spans into one';
    batch.errors.push(rowError(first, `${first.path}/network/id`, id, 'duplicate_network', reason, proposal));
    batch.rows_left_out = (batch.rows_left_out ?? 0) + nodes.length + spans.length - 1;
    return [];
  });
}

function gather({ feature, part, ...place }: PlacedFeature, networks: Map<string, Gathered>, errors: RowError[]): void {
  const path = `features/${place.row - 1}/properties`;
  const properties = isObject(feature) && isObject(feature['properties']) ? feature['properties'] : {};
  const geometry = isObject(feature) ? (feature['geometry'] ?? null) : null;
  const header = isObject(properties['network']) ? properties['network'] : {};
  const id = textOf(header['id']);
  const kind = kindOf(properties, geometry, part);
  if (id === null || kind === null) {
    const field = id === null ? `${path}/network/id` : `${path}/featureType`;
    errors.push(
      rowError(
        place,
        field,
        null,
        'missing',
        id === null ? 'The feature does not name its network' : 'The feature is neither a node nor a span',
      ),
    );
    return;
  }
  const tooLong = networks.has(id) ? [] : checkNames(header, place, `${path}/network`);
  if (tooLong.length > 0) {
    errors.push(...tooLong);
    return;
  }
  const network = networks.get(id) ?? { header, nodes: [], embedded: new Map<string, Placed>(), spans: [] };
  networks.set(id, network);
  if (kind === 'node') {
    network.nodes.push({ item: { ...properties, location: geometry }, ...place, path });
    return;
  }
  network.spans.push({ item: { ...properties, route: geometry }, ...place, path });
  for (const end of ['start', 'end'] as const) {
    const node = properties[end];
    const nodeId = isObject(node) ? textOf(node['id']) : null;
    if (nodeId !== null && !network.embedded.has(nodeId))
      network.embedded.set(nodeId, { item: node, ...place, path: `${path}/${end}` });
  }
}

/** By its feature type, else its geometry, else the ends that only a span has, else the name of its file. */
function kindOf(properties: JsonObject, geometry: unknown, part: Part | null): 'node' | 'span' | null {
  const { featureType } = properties;
  if (featureType === 'node' || featureType === 'span') return featureType;
  const type = isObject(geometry) ? geometry['type'] : null;
  if (type === 'Point') return 'node';
  if (type === 'LineString' || 'start' in properties || 'end' in properties) return 'span';
  return part === 'nodes' ? 'node' : part === 'spans' ? 'span' : null;
}
