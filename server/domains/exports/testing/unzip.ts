import { inflateRawSync } from 'node:zlib';

/** Files of an archive by their path, read by its central directory, independently of what wrote it. */
export function unzip(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const count = archive.readUInt16LE(end + 10);
  const files = new Map<string, string>();
  let position = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    const packed = archive.readUInt32LE(position + 20);
    const nameLength = archive.readUInt16LE(position + 28);
    const local = archive.readUInt32LE(position + 42);
    const name = archive.toString('utf8', position + 46, position + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(archive.subarray(start, start + packed)).toString('utf8'));
    position += 46 + nameLength + archive.readUInt16LE(position + 30) + archive.readUInt16LE(position + 32);
  }
  return files;
}
