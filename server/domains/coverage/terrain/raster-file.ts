/** A raster file on disk, of any kind that is taken: read whole, checked, hashed. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LonLatRaster } from '../rules/lon-lat-raster.ts';
import { readHgt } from '../rules/propagation/terrain-file.ts';
import { type GeotiffOptions, readGeotiff } from './geotiff-file.ts';
import { RasterRefusal } from './raster-refusal.ts';

/** Bytes of a file on disk. */
const MAX_FILE_BYTES = 2_000_000_000;
/** Bytes of a tile of 1″: nothing larger is read into memory. */
const MAX_HGT_BYTES = 3601 * 3601 * 2;
/** A file that takes longer than this to unpack is not one of heights or people. */
const MAX_MILLISECONDS = 300_000;

export interface RasterFile {
  /** Name without its folder, NFC, of a tile as N21E105.hgt: what identifies it in the inventory. */
  name: string;
  sha256: string;
  raster: LonLatRaster;
  /** Columns and rows of the whole file, when only the part over the communes was kept. */
  cut_from: [cols: number, rows: number] | null;
}

/** Whether a file is a raster, by the ending of its name. */
export const isRasterName = (path: string): boolean => /\.(hgt|tiff?)$/i.test(path);

/** SHA-256 of a file, hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function sizeOf(path: string, name: string): number {
  let bytes: number;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new RasterRefusal('not_a_file', `"${path}" is not a file that can be imported`);
    bytes = stat.size;
  } catch (cause) {
    if (cause instanceof RasterRefusal) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing) throw new RasterRefusal('not_found', `There is no file "${path}"`, cause);
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new RasterRefusal('unreadable', `The file "${path}" cannot be read: ${detail}`, cause);
  }
  if (bytes === 0) throw new RasterRefusal('empty', `"${name}" is empty`);
  if (bytes > MAX_FILE_BYTES)
    throw new RasterRefusal(
      'too_large',
      `"${name}" has more than ${MAX_FILE_BYTES / 1e9} GB; cut it with gdal_translate -projwin`,
    );
  return bytes;
}

/** A GeoTIFF begins with its byte order and 42, a BigTIFF with 43. */
const isTiff = (head: Buffer): boolean =>
  ['49492a00', '4d4d002a', '49492b00', '4d4d002b'].includes(head.toString('hex'));

async function firstBytes(path: string): Promise<Buffer> {
  for await (const piece of createReadStream(path, { end: 3 }) as AsyncIterable<Buffer>) return piece;
  return Buffer.alloc(0);
}

/** One signal for the wish to stop and for taking too long. */
function limited(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(MAX_MILLISECONDS);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

/** A tile is named by its place, in whatever case: as n21e105.HGT it is no other. */
const tileName = (name: string): string => name.toUpperCase().replace(/HGT$/, 'hgt');

/**
 * Reads a raster file: .hgt tiles of heights, GeoTIFF of heights or people. @throws RasterRefusal when it cannot be taken
 */
export async function readRasterFile(path: string, options: GeotiffOptions): Promise<RasterFile> {
  const name = basename(path).normalize('NFC');
  const bytes = sizeOf(path, name);
  if (/\.hgt$/i.test(name)) {
    if (options.kind !== 'terrain') throw new RasterRefusal('kind', `"${name}" is a tile of heights, not of people`);
    if (bytes > MAX_HGT_BYTES)
      throw new RasterRefusal('size', `"${name}" has ${bytes} bytes; a tile has at most ${MAX_HGT_BYTES}`);
    const result = readHgt(name, await readFile(path));
    if (!result.ok)
      throw new RasterRefusal(result.reason, `"${name}" is not taken: ${result.message.replace(/\.$/, '')}`);
    return { name: tileName(name), sha256: await sha256OfFile(path), raster: result.raster, cut_from: null };
  }
  if (!isTiff(await firstBytes(path)))
    throw new RasterRefusal('not_a_raster', `"${name}" is neither an .hgt tile nor a GeoTIFF file`);
  const signal = limited(options.signal);
  try {
    const { raster, cut_from } = await readGeotiff(path, name, bytes, { ...options, signal });
    return { name, sha256: await sha256OfFile(path), raster, cut_from };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (signal.aborted)
      throw new RasterRefusal(
        'too_slow',
        `"${name}" takes longer than ${MAX_MILLISECONDS / 60_000} minutes to read`,
        error,
      );
    throw error;
  }
}
