/**
 * Binary heap of (key, value) pairs in typed arrays: no object per entry, so that a search over 50,000 spans
 * does not feed the garbage collector. Entries are never decreased; the caller skips stale ones.
 */
export class MinHeap {
  size = 0;
  #keys: Float64Array;
  #values: Int32Array;

  constructor(capacity = 64) {
    this.#keys = new Float64Array(capacity);
    this.#values = new Int32Array(capacity);
  }

  clear(): void {
    this.size = 0;
  }

  push(key: number, value: number): void {
    if (this.size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const values = this.#values;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[hole] = keys[parent]!;
      values[hole] = values[parent]!;
      hole = parent;
    }
    keys[hole] = key;
    values[hole] = value;
  }

  /** Removes the entry with the smallest key and returns its value; check `size` first. */
  pop(): number {
    const keys = this.#keys;
    const values = this.#values;
    const top = values[0]!;
    const last = --this.size;
    const key = keys[last]!;
    const value = values[last]!;
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      if (child + 1 < last && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      keys[hole] = keys[child]!;
      values[hole] = values[child]!;
      hole = child;
    }
    keys[hole] = key;
    values[hole] = value;
    return top;
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    const values = new Int32Array(this.#values.length * 2);
    keys.set(this.#keys);
    values.set(this.#values);
    this.#keys = keys;
    this.#values = values;
  }
}
