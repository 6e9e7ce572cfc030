import { describe, expect, it } from 'vitest';
import type { CoverageJob } from '../../../../server/contract/index.ts';
import { inTurn, mergedJobs } from './jobs.ts';

const job = (id: number, values: Partial<CoverageJob> = {}): CoverageJob => ({
  id,
  at: '2026-11-01',
  state: 'queued',
  stage: null,
  done_share: 0,
  attempts: 0,
  run_id: null,
  error: null,
  requested_at: '2026-11-01T01:00:00Z',
  started_at: null,
  finished_at: null,
  ...values,
});
const running = (id: number, done_share: number): CoverageJob =>
  job(id, { state: 'running', stage: 'levels', attempts: 1, done_share });
const none: ReadonlySet<number> = new Set();
const ids = (jobs: readonly CoverageJob[]): number[] => jobs.map(({ id }) => id);

describe('runs under way', () => {
  it('are the one that runs, then those that wait in their turn', () => {
    expect(ids(inTurn([job(9), job(8), running(7, 0.29)]))).toEqual([7, 8, 9]);
    // A run that was put back waits in front of those asked for after it.
    expect(ids(inTurn([running(9, 0.1), job(7)]))).toEqual([9, 7]);
  });

  it('are those of the list that have not ended, and the page learns of those of others', () => {
    const list = [job(9), running(8, 0.29), job(7, { state: 'done', done_share: 1 })];
    expect(ids(mergedJobs([], list, none))).toEqual([9, 8]);
    expect(mergedJobs([running(8, 0.1)], list, none)).toContainEqual(running(8, 0.29));
    expect(ids(mergedJobs([job(6)], list, none))).toEqual([9, 8]);
  });

  it('keep what an older list does not know: queued, ended or farther since', () => {
    expect(ids(mergedJobs([job(10)], [running(8, 0.2)], none))).toEqual([8, 10]);
    expect(ids(mergedJobs([job(10)], [], none))).toEqual([10]);
    expect(mergedJobs([], [running(8, 0.2)], new Set([8]))).toEqual([]);
    expect(mergedJobs([running(8, 0.5)], [running(8, 0.2)], none)).toEqual([running(8, 0.5)]);
    expect(mergedJobs([running(8, 0.5)], [job(8)], none)).toEqual([running(8, 0.5)]);
  });
});
