import { PbfWriter } from 'pbf';
import type { AttributeValue } from './tile-source.ts';

/** Field `values` of an MVT layer, as its tag byte: field 4, length-delimited. */
const VALUES_TAG = (4 << 3) | 2;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function writeValue(value: string | number | boolean, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value);
  else if (typeof value === 'boolean') pbf.writeBooleanField(7, value);
  else if (!Number.isSafeInteger(value)) pbf.writeDoubleField(3, value);
  else if (value < 0) pbf.writeSVarintField(6, value);
  else pbf.writeVarintField(5, value);
}

/**
 * The distinct values of one attribute, each kept as the bytes an MVT layer holds for it. Values are numbered from 1;
 * 0 stands for null. It only grows, so that a number once given stays valid for every snapshot that shares it.
 */
export class ValueDictionary {
  #bytes = new Uint8Array(1024);
  /** Where value n ends; it begins where n − 1 ends. */
  #ends = new Uint32Array(64);
  #size = 0;
  /** Open addressing over the bytes: codes, 0 for free. */
  #slots = new Uint32Array(128);
  readonly #writer = new PbfWriter(new Uint8Array(256));
  #lastValue: AttributeValue = null;
  #lastCode = 0;

  /** Number of values. */
  get size(): number {
    return this.#size;
  }

  /** Memory held, bytes. */
  get byteLength(): number {
    return this.#bytes.byteLength + this.#ends.byteLength + this.#slots.byteLength;
  }

  /** The number of a value, which is added when it is new. A value that is not a number counts as null. */
  codeOf(value: AttributeValue): number {
    if (value === null || Number.isNaN(value)) return 0;
    if (value === this.#lastValue) return this.#lastCode;
    this.#lastValue = value;
    this.#lastCode = this.#find(this.#encode(value));
    return this.#lastCode;
  }

  /** Appends the value's bytes at `pos` of a target that has room, and returns the position after them. */
  copyTo(code: number, target: Uint8Array, pos: number): number {
    const bytes = this.#bytes;
    const end = this.#ends[code] ?? 0;
    let at = pos;
    for (let i = this.#ends[code - 1] ?? 0; i < end; i++) target[at++] = bytes[i] ?? 0;
    return at;
  }

  /** Length of a value's bytes. */
  lengthOf(code: number): number {
    return (this.#ends[code] ?? 0) - (this.#ends[code - 1] ?? 0);
  }

  /**
   * A dictionary of only the values that `codes` names, numbered in the order they first come there; `codes` is
   * renumbered in place. With rows in Morton order, a tile's values then lie side by side in memory, which makes
   * tiles of a large layer about twice as fast to encode.
   */
  reordered(codes: Uint32Array): ValueDictionary {
    const next = new ValueDictionary();
    const renumbered = new Uint32Array(this.#size + 1);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] ?? 0;
      if (code === 0) continue;
      renumbered[code] ||= next.#append(this.#bytes, this.#ends[code - 1] ?? 0, this.#ends[code] ?? 0);
      codes[i] = renumbered[code] ?? 0;
    }
    next.#rehash(2 ** Math.ceil(Math.log2(next.#size * 2 + 128)));
    return next;
  }

  #encode(value: string | number | boolean): Uint8Array {
    const writer = this.#writer;
    writer.pos = 0;
    writer.writeVarint(VALUES_TAG);
    writer.writeRawMessage(writeValue, value);
    return writer.buf.subarray(0, writer.pos);
  }

  #find(encoded: Uint8Array): number {
    if (this.#size * 2 >= this.#slots.length) this.#rehash(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    let slot = hash(encoded, 0, encoded.length) & mask;
    for (;;) {
      const code = this.#slots[slot] ?? 0;
      if (code === 0) break;
      if (this.#equals(code, encoded)) return code;
      slot = (slot + 1) & mask;
    }
    const code = this.#append(encoded, 0, encoded.length);
    this.#slots[slot] = code;
    return code;
  }

  #equals(code: number, encoded: Uint8Array): boolean {
    const start = this.#ends[code - 1] ?? 0;
    if ((this.#ends[code] ?? 0) - start !== encoded.length) return false;
    for (let i = 0; i < encoded.length; i++) if (this.#bytes[start + i] !== encoded[i]) return false;
    return true;
  }

  /** Values are short, so a loop copies them faster than `set` of a subarray. */
  #append(source: Uint8Array, from: number, to: number): number {
    let at = this.#ends[this.#size] ?? 0;
    const end = at + to - from;
    if (end > this.#bytes.length) this.#bytes = grown(this.#bytes, Math.max(end, this.#bytes.length * 1.5));
    this.#size += 1;
    if (this.#size >= this.#ends.length) this.#ends = grown(this.#ends, this.#ends.length * 1.5);
    for (let i = from; i < to; i++) this.#bytes[at++] = source[i] ?? 0;
    this.#ends[this.#size] = end;
    return this.#size;
  }

  /** @param capacity a power of two, at least twice the number of values */
  #rehash(capacity: number): void {
    const slots = new Uint32Array(capacity);
    const mask = slots.length - 1;
    for (let code = 1; code <= this.#size; code++) {
      let slot = hash(this.#bytes, this.#ends[code - 1] ?? 0, this.#ends[code] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}

/** FNV-1a of a range of bytes, http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = FNV_OFFSET;
  for (let i = start; i < end; i++) h = Math.imul(h ^ (bytes[i] ?? 0), FNV_PRIME);
  return (h ^ (h >>> 15)) >>> 0;
}

function grown<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  const Type = array.constructor as new (length: number) => T;
  const copy = new Type(Math.ceil(length));
  copy.set(array);
  return copy;
}
