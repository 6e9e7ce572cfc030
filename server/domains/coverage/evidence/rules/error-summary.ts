/** Running mean and spread of errors (Welford, Technometrics 4, 1962): one pass, no list kept, no cancellation. */
export class ErrorSummary {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(error_db: number): void {
    this.#count += 1;
    const before = error_db - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (error_db - this.#mean);
  }

  get count(): number {
    return this.#count;
  }

  /** Mean, dB; null without a value. */
  get mean_error_db(): number | null {
    return this.#count > 0 ? this.#mean : null;
  }

  /** Standard deviation of a sample (n − 1), dB; null below two values. */
  get sd_error_db(): number | null {
    return this.#count > 1 ? Math.sqrt(this.#squares / (this.#count - 1)) : null;
  }
}

/** Median of levels, dBm: the mean of the middle two of an even number. @throws RangeError when there is none */
export function median(levels: readonly number[]): number {
  const sorted = Float64Array.from(levels).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) throw new RangeError('no level to take the median of');
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
