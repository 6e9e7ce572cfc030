import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import type { ImportSource } from './format.ts';
import { ImportFileError } from './format.ts';

const HEAD_BYTES = 65_536;
const MEGABYTE = 1_048_576;

/** JSON is parsed in one piece: beyond this V8 cannot hold it as one string. */
const MAX_JSON_BYTES = 512 * MEGABYTE;
export const MAX_CSV_BYTES = 2_048 * MEGABYTE;

/** First bytes of files people send by mistake. */
const BINARY_KINDS: readonly [string, string][] = [
  ['504b0304', 'a ZIP archive or an Excel workbook'],
  ['d0cf11e0', 'an old Excel or Word file'],
  ['1f8b', 'a gzip archive'],
  ['25504446', 'a PDF document'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['53514c697465', 'an SQLite or GeoPackage file'],
];

/** Files that stand for the folder they are in (the CSV and GeoJSON forms of the Open Fibre Data Standard). */
const FOLDER_ENTRIES = ['networks.csv', 'nodes.csv', 'spans.csv', 'nodes.geojson', 'spans.geojson'];

/** A file on disk as a source; a folder is opened by the file that stands for it. Throws ImportFileError when it is not there. */
export function fileSource(path: string): ImportSource {
  const isFolder = statOf(path).isDirectory();
  const entry = isFolder ? FOLDER_ENTRIES.find((name) => existsSync(join(path, name))) : null;
  if (entry === undefined) {
    throw new ImportFileError(
      'no_entry',
      `The folder "${path}" has no ${FOLDER_ENTRIES.join(', no ')}; give the file to import, or the folder of an OFDS package (CSV or GeoJSON)`,
    );
  }
  const file = entry === null ? path : join(path, entry);
  if (!statOf(file).isFile()) throw new ImportFileError('not_a_file', `"${file}" is not a file that can be imported`);
  return {
    file_name: entry === null ? basename(path) : `${basename(path)}/${entry}`,
    size: statOf(file).size,
    open: () => createReadStream(file),
    sibling: (name) => siblingSource(dirname(file), name),
  };
}

function siblingSource(folder: string, name: string): ImportSource | null {
  if (basename(name) !== name || name === '..') return null;
  const path = join(folder, name);
  return existsSync(path) ? fileSource(path) : null;
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(name: string, cause: unknown): ImportFileError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new ImportFileError('not_found', `There is no file "${name}"`, { cause });
  if (code === 'EACCES' || code === 'EPERM')
    return new ImportFileError('no_permission', `The file "${name}" may not be read: permission denied`, { cause });
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ImportFileError('unreadable', `The file "${name}" cannot be read: ${detail}`, { cause });
}

/** Bytes in memory as a source (uploads, tests). */
export function bufferSource(fileName: string, bytes: Buffer | string): ImportSource {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  return { file_name: fileName, size: buffer.length, open: () => Readable.from([buffer]) };
}

/**
 * The first 64 kB of a file, for `detectFormat`; text in UTF-16 is given in UTF-8.
 * Throws ImportFileError when it cannot be read, is empty or binary.
 */
export async function readHead(source: ImportSource): Promise<Buffer> {
  for await (const piece of headFirst(source)) {
    const head = piece.subarray(0, HEAD_BYTES);
    refuseBinary(source, head);
    const utf16 = utf16Of(head);
    return utf16 === null ? head : Buffer.from(new TextDecoder(utf16).decode(head), 'utf8');
  }
  throw emptyFile(source);
}

function emptyFile(source: ImportSource): ImportFileError {
  return new ImportFileError('empty', `"${source.file_name}" is empty`);
}

/** UTF-16 by its byte-order mark. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
}

function refuseBinary(source: ImportSource, head: Buffer): void {
  const binary = binaryKind(head);
  if (binary === null) return;
  throw new ImportFileError(
    'binary',
    `"${source.file_name}" is ${binary}, not a text file; save it as CSV or GeoJSON first`,
  );
}

/** What a binary file is, or null for text. UTF-16 with a byte-order mark counts as text. */
function binaryKind(head: Buffer): string | null {
  const hex = head.subarray(0, 8).toString('hex');
  const known = BINARY_KINDS.find(([magic]) => hex.startsWith(magic));
  if (known) return known[1];
  if (utf16Of(head) !== null) return null;
  return head.includes(0) ? 'a binary file' : null;
}

/**
 * The text of a file in pieces. UTF-8 (with or without a mark), UTF-16 with a mark; anything else is taken as Windows-1252,
 * so that legacy Vietnamese encodings can be told apart per column afterwards (pass `strict` to refuse it instead).
 * Throws ImportFileError for an empty, binary or too large file.
 */
export async function* decodeText(source: ImportSource, maxBytes: number, strict: boolean): AsyncGenerator<string> {
  const tooLarge = () =>
    new ImportFileError(
      'too_large',
      `"${source.file_name}" is larger than the limit of ${(maxBytes / MEGABYTE).toLocaleString('en')} MB`,
    );
  if (source.size !== null && source.size > maxBytes) throw tooLarge();
  let decoder: TextDecoder | null = null;
  let bytes = 0;
  for await (const piece of headFirst(source)) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge();
    decoder ??= chooseDecoder(source, piece, strict);
    const text = decodePiece(source, decoder, piece);
    if (text.includes('\0')) throw notText(source);
    yield text;
  }
  if (decoder === null) throw emptyFile(source);
  yield decodePiece(source, decoder, null);
}

/** The pieces of the file, with a first piece of 64 kB where the file is that long: the encoding is judged by it. */
async function* headFirst(source: ImportSource): AsyncGenerator<Buffer> {
  let held: Buffer[] | null = [];
  let heldBytes = 0;
  for await (const chunk of chunksOf(source)) {
    if (held === null) {
      yield chunk;
      continue;
    }
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < HEAD_BYTES) continue;
    yield Buffer.concat(held);
    held = null;
  }
  if (held !== null && heldBytes > 0) yield Buffer.concat(held);
}

async function* chunksOf(source: ImportSource): AsyncGenerator<Buffer> {
  try {
    yield* source.open() as AsyncIterable<Buffer>;
  } catch (cause) {
    throw cause instanceof ImportFileError ? cause : unreadable(source.file_name, cause);
  }
}

function chooseDecoder(source: ImportSource, head: Buffer, strict: boolean): TextDecoder {
  refuseBinary(source, head);
  const utf16 = utf16Of(head);
  if (utf16 !== null) return new TextDecoder(utf16, { fatal: true });
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return new TextDecoder('utf-8', { fatal: true });
  } catch {
    if (strict) throw notText(source);
    return new TextDecoder('windows-1252');
  }
}

function decodePiece(source: ImportSource, decoder: TextDecoder, piece: Buffer | null): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch (cause) {
    throw notText(source, cause);
  }
}

function notText(source: ImportSource, cause?: unknown): ImportFileError {
  return new ImportFileError('encoding', `"${source.file_name}" is not valid UTF-8 text; save it as UTF-8`, { cause });
}

/** The whole file parsed as JSON. Throws ImportFileError when it is too large, binary, or broken (saying where). */
export async function readJson(source: ImportSource, maxBytes: number = MAX_JSON_BYTES): Promise<unknown> {
  const pieces: string[] = [];
  for await (const piece of decodeText(source, Math.min(maxBytes, MAX_JSON_BYTES), true)) pieces.push(piece);
  const text = pieces.join('');
  if (isTooDeep(text)) {
    const reason = `its lists and objects lie more than ${MAX_DEPTH} deep in each other`;
    throw new ImportFileError('broken_json', `"${source.file_name}" is no JSON file that can be read: ${reason}`);
  }
  try {
    return JSON.parse(storable(text)) as unknown;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const cut = /^(Unexpected end|Unterminated)/.test(detail) ? '; it stops in the middle, get the whole file' : '';
    throw new ImportFileError('broken_json', `"${source.file_name}" is not valid JSON: ${detail}${cut}`, { cause });
  }
}

/** Neither this program's own recursion nor the database's goes on forever; the deepest file of ours is 10 deep. */
const MAX_DEPTH = 200;
const QUOTE = 34;
const BACKSLASH = 92;
/** [ ] { } */
const DEPTH_OF = new Map([
  [91, 1],
  [93, -1],
  [123, 1],
  [125, -1],
]);

/** Whether brackets of JSON text lie too deep in each other; those inside of strings do not count. One look at each sign. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at);
    if (inString) {
      if (sign === BACKSLASH) at++;
      else if (sign === QUOTE) inString = false;
    } else if (sign === QUOTE) inString = true;
    else if (sign > 90) depth += DEPTH_OF.get(sign) ?? 0;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Escapes of signs that no database text can hold: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;
const ESCAPES = /\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|\\u[\da-f]{4}|\\[^u]/gi;

/** JSON text with such escapes replaced by U+FFFD. */
function storable(json: string): string {
  if (!UNSTORABLE.test(json)) return json;
  return json.replace(ESCAPES, (escape) => (escape.length === 6 && UNSTORABLE.test(escape) ? '\\ufffd' : escape));
}
