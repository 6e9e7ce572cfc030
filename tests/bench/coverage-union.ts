import { measureUnion } from '../../server/domains/coverage/rules/testing/measure-coverage.ts';
import { atMost, type Metric } from './support/metric.ts';

const TARGET_MS = 500;

/** 15,000 jagged sectors united on the 100 m grid of a province, with the tally by commune. */
export function coverageUnion(): Promise<Metric[]> {
  return Promise.resolve([atMost('coverage_union_15000_sectors', measureUnion(), 'ms', TARGET_MS)]);
}
