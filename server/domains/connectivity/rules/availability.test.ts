import { describe, expect, it } from 'vitest';
import {
  cableUnavailability,
  DEFAULT_FAILURE_MODEL,
  FAILURE_MODEL_SOURCES,
  minutesPerYear,
  parallelUnavailability,
  pathUnavailability,
  seriesUnavailability,
} from './availability.ts';
import { sketch } from './testing/sketch.ts';

describe('availability', () => {
  it('gives 2.334e-4, 122.7 minutes a year, for 80 km of buried cable', () => {
    const unavailability = cableUnavailability(80, 'buried');
    expect(unavailability).toBeCloseTo(2.334e-4, 7);
    expect(minutesPerYear(unavailability)).toBeCloseTo(122.7, 1);
  });

  it('gives 0.043 minutes a year for a ring of independent 80 and 120 km', () => {
    const ring = parallelUnavailability([cableUnavailability(80, 'buried'), cableUnavailability(120, 'buried')]);
    expect(minutesPerYear(ring)).toBeCloseTo(0.043, 3);
  });

  it('puts the spans of a path in series', () => {
    const { graph } = sketch([
      ['VT', 'A', 50],
      ['A', 'B', 30],
    ]);
    const path = pathUnavailability(graph, [1, 0], () => 'buried');
    // Less than the sum by the time both are down at once: 1.459e-4 × 8.753e-5.
    expect(cableUnavailability(80, 'buried') - path).toBeCloseTo(1.277e-8, 11);
    expect(pathUnavailability(graph, [], () => 'buried')).toBe(0);
  });

  it('keeps the exact combination of large parts: 0.5 and 0.5 make 0.75 in series, 0.25 in parallel', () => {
    expect(seriesUnavailability([0.5, 0.5])).toBeCloseTo(0.75, 15);
    expect(parallelUnavailability([0.5, 0.5])).toBe(0.25);
    expect(seriesUnavailability([1, 0.2])).toBe(1);
    expect([seriesUnavailability([]), parallelUnavailability([])]).toEqual([0, 1]);
  });

  it('follows the configured rates and repair time, and never exceeds 1', () => {
    const rates = { ...DEFAULT_FAILURE_MODEL.failures_per_1000_km_year, aerial: 4.26 };
    const model = { failures_per_1000_km_year: rates, mttr_h: 6 };
    expect(cableUnavailability(80, 'aerial', model)).toBeCloseTo(cableUnavailability(80, 'buried'), 15);
    expect(cableUnavailability(1e9, 'buried')).toBe(1);
  });

  it('names a source for every default', () => {
    const { failures_per_1000_km_year: rates, ...others } = DEFAULT_FAILURE_MODEL;
    expect(Object.keys(FAILURE_MODEL_SOURCES).sort()).toEqual(Object.keys({ ...rates, ...others }).sort());
  });

  it('refuses a length that is none', () => {
    expect(() => cableUnavailability(-1, 'buried')).toThrow(RangeError);
    expect(() => cableUnavailability(Number.NaN, 'duct')).toThrow(RangeError);
  });
});
