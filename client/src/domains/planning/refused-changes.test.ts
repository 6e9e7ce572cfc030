import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../server/contract/wire.ts';
import { ApiError } from '../../api/api-error.ts';
import { problemText } from '../../i18n/problem-text.ts';
import { refusedChanges } from './refused-changes.ts';

type Detail = NonNullable<Problem['errors']>[number];
function refusal(errors: Detail[], code = 'invalid-request'): ApiError {
  const about = { title: 'Bad request', instance: '/', request_id: '1' };
  const problem: Problem = {
    type: `urn:phusong:problem:${code}`,
    status: 400,
    detail: 'changes/0/lon: no.',
    ...about,
    errors,
  };
  return new ApiError(400, problem, problem.detail);
}
const outside = (pointer: string): Detail => ({ pointer, value: 1, reason: 'is outside', code: 'outside-province' });

describe('refused changes', () => {
  it('are told once each, in the language of the page, with their place', () => {
    const refused = refusedChanges(refusal([outside('/changes/2/lon'), outside('/changes/2/lat')]));
    expect([...refused]).toEqual([[2, expect.stringMatching(/^nằm ngoài mọi xã của tỉnh/)]]);
  });

  it('have words also for reasons that the page does not know', () => {
    const [value, reason] = [1, 'too small'];
    const refused = refusedChanges(
      refusal([
        { pointer: '/changes/0', value, reason },
        { pointer: '/changes/11/antenna_height_m', value, reason, code: 'new-reason' },
      ]),
    );
    expect([...refused]).toEqual([
      [0, 'có giá trị máy chủ không nhận'],
      [11, 'có giá trị máy chủ không nhận'],
    ]);
  });

  it('are none where it is about something else', () => {
    expect(refusedChanges(null).size).toBe(0);
    expect(refusedChanges(new ApiError(500, null, 'x')).size).toBe(0);
    expect(refusedChanges(refusal([{ pointer: '/operator', value: 'X', reason: 'no' }])).size).toBe(0);
  });
});

describe('a problem', () => {
  it('is told in the language of the page where the page has words, else in those of the server', () => {
    expect(problemText(refusal([], 'no-communes'))).toMatch(/^Ngày này chưa có xã/);
    expect(problemText(refusal([]))).toBe('changes/0/lon: no.');
    expect(problemText(new ApiError(400, null, 'x'))).toBe('x');
  });

  it('that is refused is not worth asking again', () => {
    expect([400, 404, 409, 422].map((status) => new ApiError(status, null, '').isRefused)).not.toContain(false);
    expect([0, 429, 500, 503].map((status) => new ApiError(status, null, '').isRefused)).not.toContain(true);
  });
});
