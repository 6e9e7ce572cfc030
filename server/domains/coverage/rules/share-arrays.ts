/** Typed arrays in memory that threads share, so that handing them to a worker copies nothing. */

type Copyable = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

function shared<T extends Copyable>(array: T): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const Constructor = array.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new Constructor(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

/** The same object with every large typed array in it, however deep, in shared memory. */
export function shareArrays<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return (value.byteLength < 4096 ? value : shared(value as unknown as Copyable)) as T;
  if (Array.isArray(value)) {
    return (
      value.length > 0 && typeof value[0] === 'object' ? value.map((item: unknown) => shareArrays(item)) : value
    ) as T;
  }
  if (value === null || typeof value !== 'object' || value instanceof Map || value instanceof Set) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shareArrays(item)])) as T;
}
