import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive; its text is pulled while the archive is read. */
export interface ZipEntry {
  path: string;
  text: Iterable<string> | AsyncIterable<string>;
}

const localSignature = 0x04034b50;
const descriptorSignature = 0x08074b50;
const directorySignature = 0x02014b50;
const endSignature = 0x06054b50;
const versionNeeded = 20;
/** Bit 3: sizes follow the data. Bit 11: names are UTF-8. */
const flags = 0x0808;
const deflated = 8;
const largest = 0xffff_ffff;

interface Written {
  name: Buffer;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

function uint(...fields: [value: number, bytes: 2 | 4][]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let position = 0;
  for (const [value, bytes] of fields) position = buffer.writeUIntLE(value, position, bytes);
  return buffer;
}

/** MS-DOS date and time, as archives keep them. */
function dosTime(moment: Date): [date: number, time: number] {
  const date = ((moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate();
  const time = (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1);
  return [date, time];
}

async function* packed(entry: ZipEntry, written: Written): AsyncGenerator<Buffer> {
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const text of entry.text) {
      const bytes = Buffer.from(text, 'utf8');
      written.crc = crc32(bytes, written.crc);
      written.size += bytes.length;
      yield bytes;
    }
  }
  const deflate = createDeflateRaw();
  // A failure reaches the reader through `deflate`, which the pipeline destroys with it.
  pipeline(Readable.from(measured(), { objectMode: false }), deflate, () => undefined);
  for await (const chunk of deflate as AsyncIterable<Buffer>) {
    written.packed += chunk.length;
    yield chunk;
  }
}

/**
 * A ZIP archive (PKWARE APPNOTE 6.3, no ZIP64) written front to back: deflate runs off the main thread, sizes follow each
 * file in a data descriptor, and memory does not grow with the archive.
 * @throws RangeError when a file or the archive grows over 4 GiB
 */
export async function* zipStream(entries: Iterable<ZipEntry>, modified: Date): AsyncGenerator<Uint8Array> {
  const [date, time] = dosTime(modified);
  const directory: Written[] = [];
  let offset = 0;
  for (const entry of entries) {
    const written: Written = { name: Buffer.from(entry.path, 'utf8'), crc: 0, packed: 0, size: 0, offset };
    const method: [number, 2][] = [
      [versionNeeded, 2],
      [flags, 2],
      [deflated, 2],
      [time, 2],
      [date, 2],
    ];
    yield Buffer.concat([
      uint([localSignature, 4], ...method, [0, 4], [0, 4], [0, 4], [written.name.length, 2], [0, 2]),
      written.name,
    ]);
    yield* packed(entry, written);
    if (written.size > largest || written.packed > largest) throw new RangeError(`${entry.path} is over 4 GiB`);
    yield uint([descriptorSignature, 4], [written.crc, 4], [written.packed, 4], [written.size, 4]);
    offset += 30 + written.name.length + written.packed + 16;
    if (offset > largest) throw new RangeError('the archive is over 4 GiB');
    directory.push(written);
  }
  const records = directory.map((written) =>
    Buffer.concat([
      uint([directorySignature, 4], [versionNeeded, 2], [versionNeeded, 2], [flags, 2], [deflated, 2], [time, 2]),
      uint([date, 2], [written.crc, 4], [written.packed, 4], [written.size, 4], [written.name.length, 2], [0, 2]),
      uint([0, 2], [0, 2], [0, 2], [0, 4], [written.offset, 4]),
      written.name,
    ]),
  );
  const size = records.reduce((sum, record) => sum + record.length, 0);
  const count = directory.length;
  yield Buffer.concat([
    ...records,
    uint([endSignature, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]),
  ]);
}
