import type { BenchDatabases } from './databases.ts';
import type { Metric } from './metric.ts';

/** What every benchmark gets. */
export interface BenchContext {
  databases: BenchDatabases;
  /** Tells the person who waits what is going on. */
  say(text: string): void;
}

/** One benchmark: measures and returns its figures; leaves no process behind. */
export type Benchmark = (context: BenchContext) => Promise<Metric[]>;
