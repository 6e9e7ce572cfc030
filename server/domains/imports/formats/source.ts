import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { ImportFileError } from './format.ts';
import type { ImportSource } from './format.ts';

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

/** A file on disk as a source. Throws ImportFileError when it is not there. */
export function fileSource(path: string): ImportSource {
  try {
    return { file_name: basename(path), size: statSync(path).size, open: () => createReadStream(path) };
  } catch (cause) {
    throw new ImportFileError('not_found', `Cannot read the file "${path}"`, { cause });
  }
}

/** Bytes in memory as a source (uploads, tests). */
export function bufferSource(fileName: string, bytes: Buffer | string): ImportSource {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  return { file_name: fileName, size: buffer.length, open: () => Readable.from([buffer]) };
}

/** The first 64 kB of a file, for `detectFormat`. Throws ImportFileError when it cannot be read. */
export async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new ImportFileError('not_found', `Cannot read the file "${path}"`, { cause });
  }
}

/** What a binary file is, or null for text. UTF-16 with a byte-order mark counts as text. */
function binaryKind(head: Buffer): string | null {
  const hex = head.subarray(0, 8).toString('hex');
  const known = BINARY_KINDS.find(([magic]) => hex.startsWith(magic));
  if (known) return known[1];
  if (hex.startsWith('fffe') || hex.startsWith('feff')) return null;
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
      `"${source.file_name}" is larger than the limit of ${(maxBytes / MEGABYTE).toLocaleString('en')} MB; nothing was read`,
    );
  if (source.size !== null && source.size > maxBytes) throw tooLarge();
  let decoder: TextDecoder | null = null;
  let bytes = 0;
  for await (const piece of headFirst(source)) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge();
    decoder ??= chooseDecoder(source, piece, strict);
    yield decodePiece(source, decoder, piece);
  }
  if (decoder === null) throw new ImportFileError('empty', `"${source.file_name}" is empty`);
  yield decodePiece(source, decoder, null);
}

/** The pieces of the file, with a first piece of 64 kB where the file is that long: the encoding is judged by it. */
async function* headFirst(source: ImportSource): AsyncGenerator<Buffer> {
  let held: Buffer[] | null = [];
  let heldBytes = 0;
  for await (const chunk of source.open() as AsyncIterable<Buffer>) {
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

function chooseDecoder(source: ImportSource, head: Buffer, strict: boolean): TextDecoder {
  const binary = binaryKind(head);
  if (binary !== null) {
    throw new ImportFileError(
      'binary',
      `"${source.file_name}" is ${binary}, not a text file; save it as CSV or GeoJSON first`,
    );
  }
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true });
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
  try {
    return JSON.parse(pieces.join('')) as unknown;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ImportFileError('broken_json', `"${source.file_name}" is not valid JSON: ${detail}`, { cause });
  }
}
