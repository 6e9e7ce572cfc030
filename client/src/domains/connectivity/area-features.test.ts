import { describe, expect, it } from 'vitest';
import { areaFeatures, areaOf } from './area-features.ts';

const [a, b, c] = [
  [105.1, 21.3],
  [105.3, 21.3],
  [105.2, 21.4],
] as const;
const kinds = (corners: readonly (readonly [number, number])[]): string[] =>
  areaFeatures(corners).features.map(({ geometry }) => geometry.type);

describe('an area drawn corner by corner', () => {
  it('is nothing to cut before its third corner', () => {
    expect(areaOf([])).toBeNull();
    expect(areaOf([a, b])).toBeNull();
  });

  it('is a closed ring, as GeoJSON wants it', () => {
    expect(areaOf([a, b, c])).toEqual({ type: 'Polygon', coordinates: [[a, b, c, a]] });
  });

  it('shows every corner, then a side, then the area below its corners', () => {
    expect(kinds([])).toEqual([]);
    expect(kinds([a])).toEqual(['Point']);
    expect(kinds([a, b])).toEqual(['LineString', 'Point', 'Point']);
    expect(kinds([a, b, c])).toEqual(['Polygon', 'Point', 'Point', 'Point']);
  });
});
