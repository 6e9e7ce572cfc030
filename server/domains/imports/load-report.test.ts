import { describe, expect, it } from 'vitest';
import { rowError } from './formats/format.ts';
import { LoadProgress, MAX_ERRORS } from './load-report.ts';

const missing = (row: number, scope: string | null, field = 'id') =>
  rowError({ row, scope }, field, null, 'missing', 'The id is missing');

describe('refused rows', () => {
  it('count once each, in the list that their number counts in', () => {
    const progress = new LoadProgress();
    progress.addErrors([
      missing(1, 'networks/0/nodes'),
      missing(1, 'networks/0/spans'),
      missing(1, 'networks/1/nodes'),
      missing(1, 'networks/0/nodes', 'status'),
      missing(1, null),
    ]);
    expect(progress.rowsRefused).toBe(4);
    expect(progress.errorsTotal).toBe(5);
    expect(progress.isRefused({ row: 1, scope: 'networks/1/nodes' })).toBe(true);
    expect(progress.isRefused({ row: 1, scope: 'networks/1/spans' })).toBe(false);
    expect(progress.isRefused({ row: 2, scope: null })).toBe(false);
  });

  it('all count, also those whose errors are too many to be kept', () => {
    const progress = new LoadProgress();
    progress.addErrors(Array.from({ length: MAX_ERRORS + 5 }, (_, index) => missing(index + 1, null)));
    expect(progress.errors).toHaveLength(MAX_ERRORS);
    expect(progress.rowsRefused).toBe(MAX_ERRORS + 5);
  });
});
