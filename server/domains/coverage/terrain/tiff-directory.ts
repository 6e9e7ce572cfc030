/**
 * A first look at the directory of a TIFF file: every list must lie in the file, and what is one number must be one.
 * The library that reads the file trusts these counts and would set aside memory for whatever they say.
 * Source: TIFF 6.0 (1992) § 2; BigTIFF as in libtiff 4.
 */
import { open } from 'node:fs/promises';

/** Bytes of a value by the number of its type; 0 = no such type. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
/** Width, length, compression, photometric, samples, rows per strip, planar, predictor, tile width and length. */
const SINGLE_TAGS = new Set([256, 257, 259, 262, 277, 278, 284, 317, 322, 323]);
/** More entries than any raster has. */
const MAX_ENTRIES = 500;

/** Reads numbers of a file in its own byte order. */
interface Numbers {
  u16: (at: number) => number;
  u32: (at: number) => number;
  /** 4 or 8 bytes by the kind of file. */
  offset: (at: number) => number;
}

function numbersOf(bytes: Buffer, little: boolean, big: boolean): Numbers {
  const u32 = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u64 = (at: number): number => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return { u16: (at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)), u32, offset: big ? u64 : u32 };
}

/** The fault of an entry in words, or null. */
function faultOf(tag: number, type: number, count: number, value: number, fileBytes: number, inline: number) {
  const size = TYPE_BYTES[type] ?? 0;
  // Types that are not known are passed over by every reader.
  if (size === 0) return null;
  if (SINGLE_TAGS.has(tag) && count !== 1) return `tag ${tag} has ${count} values instead of one`;
  const bytes = count * size;
  return bytes > inline && value + bytes > fileBytes ? `tag ${tag} lies outside the file` : null;
}

/**
 * Looks at the first directory of a TIFF file; gives its fault in words, or null when there is none.
 * @param fileBytes length of the file
 */
export async function directoryFault(path: string, fileBytes: number): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const read = async (at: number, length: number): Promise<Buffer | null> => {
      if (!(at >= 0 && at + length <= fileBytes)) return null;
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, at);
      return bytesRead === length ? bytes : null;
    };
    const head = await read(0, 8);
    if (!head) return 'the file is shorter than a header';
    const little = head[0] === 0x49;
    const big = numbersOf(head, little, false).u16(2) === 43;
    const first = big ? await read(8, 8) : head.subarray(4);
    const at = first ? numbersOf(first, little, big).offset(0) : Number.NaN;
    const [countBytes, entryBytes] = big ? [8, 20] : [2, 12];
    const counted = await read(at, countBytes);
    if (!counted) return 'its directory lies outside the file';
    const numbers = numbersOf(counted, little, big);
    const entries = big ? numbers.offset(0) : numbers.u16(0);
    const list = entries > 0 && entries <= MAX_ENTRIES ? await read(at + countBytes, entries * entryBytes) : null;
    if (!list) return `its directory has ${entries} entries`;
    const { u16, offset } = numbersOf(list, little, big);
    for (let i = 0; i < entries; i++) {
      const entry = i * entryBytes;
      const [tag, type, count] = [u16(entry), u16(entry + 2), offset(entry + 4)];
      const fault = faultOf(tag, type, count, offset(entry + (big ? 12 : 8)), fileBytes, big ? 8 : 4);
      if (fault) return fault;
    }
    return null;
  } finally {
    await file.close();
  }
}
