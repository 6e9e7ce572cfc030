/** Rasters as they lie in the database: values deflated, little-endian, so that they travel to a worker as bytes. */
import { promisify } from 'node:util';
import { deflate, inflateSync } from 'node:zlib';
import type { LonLatRaster, RasterFacts } from './lon-lat-raster.ts';

export interface PackedFacts extends RasterFacts {
  name: string;
  encoding: 'int16' | 'float32';
}

export interface PackedRaster {
  facts: PackedFacts;
  content: Uint8Array<ArrayBuffer>;
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The values deflated. */
export async function packValues(values: Int16Array | Float32Array): Promise<Buffer> {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const swapped = (): Buffer =>
    values.BYTES_PER_ELEMENT === 2 ? Buffer.from(bytes).swap16() : Buffer.from(bytes).swap32();
  return promisify(deflate)(littleEndian ? bytes : swapped());
}

/**
 * The raster with its values. Takes about 10 ms a million of them: not for the thread that answers HTTP.
 * @throws Error when the bytes are not those of such a raster
 */
export function unpackRaster({ facts, content }: PackedRaster): LonLatRaster {
  const { west, north, step_lon, step_lat, cols, rows, voids, impossible, lowest, highest } = facts;
  const size = facts.encoding === 'int16' ? 2 : 4;
  const inflated = inflateSync(content, { maxOutputLength: cols * rows * size });
  if (inflated.length !== cols * rows * size) throw new Error(`the raster ${facts.name} is damaged`);
  // Copied to an aligned place of its own.
  const buffer = new ArrayBuffer(inflated.length);
  new Uint8Array(buffer).set(littleEndian ? inflated : size === 2 ? inflated.swap16() : inflated.swap32());
  const values = facts.encoding === 'int16' ? new Int16Array(buffer) : new Float32Array(buffer);
  return { west, north, step_lon, step_lat, cols, rows, values, voids, impossible, lowest, highest };
}
