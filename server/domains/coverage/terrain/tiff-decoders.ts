// oxlint-disable typescript/no-unnecessary-type-conversion -- the library types what a well-made file holds; a hostile one holds anything.
/**
 * Decompression of TIFF blocks that cannot be made to fill the memory: a block has the size its header tells, and what
 * would grow beyond it is an error, never a bigger buffer. Source: TIFF 6.0 (1992) §§ 9, 13; Technical Note 2 (2002).
 */
import { inflateSync } from 'node:zlib';
import { addDecoder, BaseDecoder, type ImageFileDirectory } from 'geotiff';

/** Compressions of TIFF that are read here, by the value of the tag. */
export const COMPRESSIONS = new Map<number, string>([
  [1, 'none'],
  [5, 'LZW'],
  [8, 'deflate'],
  [32946, 'deflate'],
  [32773, 'PackBits'],
]);

class BlockError extends Error {}

/** Bytes that a block of the file has when it is unpacked. */
function blockBytes({ tileWidth, tileHeight, bitsPerSample }: BaseDecoder['parameters']): number {
  const bits = typeof bitsPerSample === 'number' ? bitsPerSample : Number(bitsPerSample[0] ?? 0);
  return tileWidth * tileHeight * Math.ceil(bits / 8);
}

class InflateDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    const bytes = inflateSync(new Uint8Array(buffer), { maxOutputLength: Math.max(1, blockBytes(this.parameters)) });
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }
}

class PackBitsDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    return unpackBits(new Uint8Array(buffer), blockBytes(this.parameters)).buffer;
  }
}

class LzwDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    return unpackLzw(new Uint8Array(buffer), blockBytes(this.parameters)).buffer;
  }
}

/** Runs of PackBits: n ≥ 0 copies n + 1 bytes, n < 0 repeats one byte 1 − n times, −128 is nothing. */
export function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let [from, to] = [0, 0];
  while (from < packed.length && to < length) {
    const head = ((packed[from++] as number) << 24) >> 24;
    if (head === -128) continue;
    const count = Math.min(head >= 0 ? head + 1 : 1 - head, length - to);
    if (head >= 0) bytes.set(packed.subarray(from, from + count), to);
    else bytes.fill(packed[from] ?? 0, to, to + count);
    from += head >= 0 ? head + 1 : 1;
    to += count;
  }
  return bytes;
}

const CLEAR = 256;
const END = 257;
const CODES = 4096;

/**
 * LZW of TIFF 6.0: codes of 9 to 12 bits, high bit first, one earlier than in GIF. The table keeps for each code the
 * place in the output where its string stands, so nothing is held twice.
 */
export function unpackLzw(packed: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const start = new Int32Array(CODES);
  const size = new Int32Array(CODES);
  let [bits, held, from, to] = [9, 0, 0, 0];
  let buffer = 0;
  let next = END + 1;
  let before = -1;
  /** Writes the string of a code at a place, byte by byte since it may run into itself; gives the bytes written. */
  const write = (code: number, at: number): number => {
    const count = Math.min(code < CLEAR ? 1 : (size[code] as number), length - at);
    const source = start[code] as number;
    if (code < CLEAR) bytes[at] = code;
    else for (let i = 0; i < count; i++) bytes[at + i] = bytes[source + i] as number;
    return count;
  };
  while (to < length) {
    while (held < bits) {
      if (from >= packed.length) return bytes;
      buffer = ((buffer << 8) | (packed[from++] as number)) & 0xffffff;
      held += 8;
    }
    const code = (buffer >> (held - bits)) & ((1 << bits) - 1);
    held -= bits;
    if (code === END) return bytes;
    if (code === CLEAR) {
      [bits, next, before] = [9, END + 1, -1];
      continue;
    }
    const known = code < CLEAR || (code > END && code < next) || (code === next && before >= 0);
    if (!known) throw new BlockError(`the code ${code} is not in the table`);
    if (before >= 0 && next < CODES) {
      // The string of the code before and the first byte of this one: it stands in the output from there on.
      const beforeSize = before < CLEAR ? 1 : (size[before] as number);
      start[next] = to - beforeSize;
      size[next] = beforeSize + 1;
      next++;
    }
    to += write(code, to);
    before = code;
    if (next >= (1 << bits) - 1 && bits < 12) bits++;
  }
  return bytes;
}

/** What a decoder is told of the file's blocks. A strip without a stated height is the whole image. */
async function blockParameters(directory: ImageFileDirectory): Promise<BaseDecoder['parameters']> {
  const isTiled = !directory.hasTag('StripOffsets');
  const height = Number(await directory.loadValue('ImageLength'));
  return {
    tileWidth: Number(await directory.loadValue(isTiled ? 'TileWidth' : 'ImageWidth')),
    tileHeight: isTiled
      ? Number(await directory.loadValue('TileLength'))
      : Math.min(height, Number((await directory.loadValue('RowsPerStrip')) ?? height)),
    predictor: Number((await directory.loadValue('Predictor')) ?? 1),
    bitsPerSample: [Number((await directory.loadValue('BitsPerSample'))?.[0] ?? 1)],
    planarConfiguration: 1,
  };
}

addDecoder([8, 32946], () => Promise.resolve(InflateDecoder), blockParameters, false);
addDecoder(5, () => Promise.resolve(LzwDecoder), blockParameters, false);
addDecoder(32773, () => Promise.resolve(PackBitsDecoder), blockParameters, false);
