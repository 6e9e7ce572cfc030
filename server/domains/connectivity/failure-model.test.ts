import { describe, expect, it } from 'vitest';
import { describeFailureModel, failureModelOf } from './failure-model.ts';
import { DEFAULT_FAILURE_MODEL } from './rules/availability.ts';

const ratesOf = (asked: Parameters<typeof failureModelOf>[0]) => failureModelOf(asked).failures_per_1000_km_year;

describe('the failure model of a question', () => {
  it('is the default one where nothing is given', () => {
    expect(failureModelOf({})).toEqual(DEFAULT_FAILURE_MODEL);
  });

  it('has duct and aerial follow the rate given for buried, unless they are given themselves', () => {
    expect(ratesOf({ failures_buried: 4.26 })).toEqual({ duct: 4.26, buried: 4.26, aerial: 4.26 });
    expect(ratesOf({ failures_buried: 4.26, failures_aerial: 9 })).toEqual({ duct: 4.26, buried: 4.26, aerial: 9 });
    expect(ratesOf({ failures_buried: 0, failures_duct: 1 })).toEqual({ duct: 1, buried: 0, aerial: 0 });
    expect(ratesOf({ failures_duct: 1 })).toEqual({ duct: 1, buried: 2.13, aerial: 2.13 });
  });

  it('names as given what was given, and as assumed what follows', () => {
    expect(describeFailureModel({ failures_buried: 4.26, failures_aerial: 4.26, mttr_h: 12 }, 'en').sources).toEqual({
      duct: 'Cable in duct: assumed equal to buried.',
      buried: 'Buried cable: given with the question.',
      aerial: 'Aerial cable: given with the question.',
      mttr_h: 'Time to repair: given with the question.',
    });
    expect(describeFailureModel({}, 'vi').sources.mttr_h).toBe('Thời gian sửa: giả định 12 giờ.');
  });
});
