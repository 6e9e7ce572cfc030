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
    expect(kinds([a, b, c])).toEqual(['Polygon', 'LineString', 'Point', 'Point', 'Point']);
  });

  it('that crosses itself has its outline whole, and inside what the server counts', () => {
    const bow = [a, [105.2, 21.5], b, [105.2, 21.1]] as const;
    expect(kinds(bow).slice(0, 2)).toEqual(['Polygon', 'LineString']);
    const crossed = [a, [105.3, 21.4], [105.3, 21.3], [105.1, 21.4]] as const;
    const [inside, outline] = areaFeatures(crossed).features;
    expect(inside?.geometry).toMatchObject({ type: 'MultiPolygon' });
    expect(outline?.geometry).toEqual({ type: 'LineString', coordinates: [...crossed, a] });
  });
});
