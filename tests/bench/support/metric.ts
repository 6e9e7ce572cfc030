/** One figure of the benchmark, as it is written to `--out`. */
export interface Metric {
  name: string;
  value: number;
  unit: string;
  /** What an issue asks for; null when the figure is only told. */
  target: number | null;
  /** Null without a target. */
  met: boolean | null;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** A figure that must not be above its target. */
export function atMost(name: string, value: number, unit: string, target: number): Metric {
  return { name, value: rounded(value), unit, target, met: value <= target };
}

/** A figure that must not be below its target. */
export function atLeast(name: string, value: number, unit: string, target: number): Metric {
  return { name, value: rounded(value), unit, target, met: value >= target };
}

/** A figure without a target: it explains the others. */
export function told(name: string, value: number, unit: string): Metric {
  return { name, value: rounded(value), unit, target: null, met: null };
}

/** The value below which `share` (0 to 1) of the samples lie, by nearest rank. @throws RangeError without samples */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).sort();
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('a percentile needs samples');
  return value;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}
