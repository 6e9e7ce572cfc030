import type { PointSnapshot } from './point-snapshot.ts';

/** Which rows of one snapshot a filter selects: one bit per row. */
export class RowSelection {
  readonly #bits: Uint32Array;
  /** Number of rows selected. */
  readonly count: number;

  private constructor(bits: Uint32Array, count: number) {
    this.#bits = bits;
    this.count = count;
  }

  /** The rows with these ids; ids the snapshot does not hold are passed over. */
  static of(snapshot: PointSnapshot, ids: Iterable<number>): RowSelection {
    const bits = new Uint32Array((snapshot.length + 31) >>> 5);
    let count = 0;
    for (const id of ids) {
      const row = snapshot.rowOf(id);
      if (row < 0) continue;
      const word = bits[row >>> 5] ?? 0;
      const bit = 1 << (row & 31);
      if ((word & bit) !== 0) continue;
      bits[row >>> 5] = word | bit;
      count++;
    }
    return new RowSelection(bits, count);
  }

  /** Every row but those with these ids. */
  static allBut(snapshot: PointSnapshot, ids: Iterable<number>): RowSelection {
    const left = RowSelection.of(snapshot, ids);
    const bits = left.#bits.map((word) => ~word);
    const used = snapshot.length & 31;
    if (used > 0) bits[bits.length - 1] = (bits.at(-1) ?? 0) & ((1 << used) - 1);
    return new RowSelection(bits, snapshot.length - left.count);
  }

  /** Memory held, bytes. */
  get byteLength(): number {
    return this.#bits.byteLength;
  }

  has(row: number): boolean {
    return (((this.#bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }
}
