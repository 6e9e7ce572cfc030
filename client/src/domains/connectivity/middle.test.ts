import { describe, expect, it } from 'vitest';
import { middleOf } from './middle.ts';

describe('middleOf', () => {
  it('is half way along the course, not the middle of its corners', () => {
    expect(
      middleOf([
        [105, 0],
        [105.1, 0],
        [105.4, 0],
        [105.4, 0.2],
      ]),
    ).toEqual([expect.closeTo(105.3, 9), 0]);
  });

  it('counts a degree to the east as short as it is there', () => {
    expect(
      middleOf([
        [105, 60],
        [105.2, 60],
        [105.2, 60.1],
      ]),
    ).toEqual([expect.closeTo(105.2, 4), expect.closeTo(60, 4)]);
  });

  it('is the first place where there is no length', () => {
    expect(middleOf([[105, 21]])).toEqual([105, 21]);
    expect(
      middleOf([
        [105, 21],
        [105, 21],
      ]),
    ).toEqual([105, 21]);
  });
});
