const DIGIT_BITS = 13;
const BUCKETS = 1 << DIGIT_BITS;
const DIGIT_MASK = BUCKETS - 1;

function radixPass(digits: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): void {
  const starts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < from.length; i++) {
    const bucket = (((digits[i] ?? 0) >>> shift) & DIGIT_MASK) + 1;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket++) {
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  }
  for (let i = 0; i < from.length; i++) {
    const row = from[i] ?? 0;
    const bucket = ((digits[row] ?? 0) >>> shift) & DIGIT_MASK;
    const at = starts[bucket] ?? 0;
    to[at] = row;
    starts[bucket] = at + 1;
  }
}

/** Orders rows of the same key by id, so that the order does not depend on how rows arrived. */
function orderTies(order: Uint32Array, high: Uint32Array, low: Uint32Array, ids: Float64Array): void {
  const sameKey = (a: number, b: number): boolean => high[a] === high[b] && low[a] === low[b];
  let start = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && sameKey(order[i] ?? 0, order[start] ?? 0)) continue;
    if (i - start > 1) order.subarray(start, i).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
    start = i;
  }
}

/**
 * Row numbers in the order of (Morton key, id): a radix sort in four passes, linear in the number of rows.
 * @param high upper 26 bits of each row's key
 * @param low lower 26 bits
 */
export function mortonOrder(high: Uint32Array, low: Uint32Array, ids: Float64Array): Uint32Array {
  let order = Uint32Array.from(high.keys());
  let spare = new Uint32Array(order.length);
  for (const digits of [low, high]) {
    for (const shift of [0, DIGIT_BITS]) {
      radixPass(digits, shift, order, spare);
      [order, spare] = [spare, order];
    }
  }
  orderTies(order, high, low, ids);
  return order;
}
