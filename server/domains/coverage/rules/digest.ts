import { createHash } from 'node:crypto';

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : Number(a > b));

/**
 * Digest of plain data with typed arrays in it, however deep, as 64 hexadecimal digits: equal digests are of equal
 * values. The order of an object's keys does not count. Of typed arrays the bytes count, as they lie in this machine's
 * memory.
 * @throws TypeError for a Map or Set: their content would not count
 */
export function digestOf(value: unknown): string {
  const known = new Map<ArrayBufferView, string>();
  return sha256(
    JSON.stringify(value, (_key, item: unknown) => {
      if (item instanceof Map || item instanceof Set) throw new TypeError('a Map or Set has no digest');
      if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
      if (!ArrayBuffer.isView(item)) return Object.fromEntries(Object.entries(item).sort(byName));
      const own = known.get(item) ?? sha256(new Uint8Array(item.buffer, item.byteOffset, item.byteLength));
      known.set(item, own);
      return [item.constructor.name, own];
    }),
  );
}
