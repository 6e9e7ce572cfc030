import { describe, expect, it } from 'vitest';
import { spanBounds } from './path-bounds.ts';

const drawn = (id: number, coordinates: [number, number][]) => ({ id, coordinates });

describe('the bounds of a path', () => {
  const network = {
    spans: [
      drawn(1, [
        [105.1, 21.3],
        [105.4, 21.2],
      ]),
      drawn(2, [
        [105.4, 21.2],
        [105.3, 21.6],
      ]),
      drawn(3, [[99, 9]]),
    ],
  };

  it('are west, south, east, north of its spans, and of no other', () => {
    expect(spanBounds(network)([1, 2])).toEqual([105.1, 21.2, 105.4, 21.6]);
  });

  it('are not there for a path without spans, nor for spans that nobody drew', () => {
    expect(spanBounds(network)([])).toBeNull();
    expect(spanBounds(network)([7])).toBeNull();
  });
});
