import { describe, expect, it } from 'vitest';
import {
  along,
  arcOverChord,
  chordUnderArc,
  geodesicM,
  type LonLat,
  lineLengthM,
  nearestOnSegment,
} from './geodesic.ts';

describe('distances on the ellipsoid', () => {
  // Lengths of a degree by latitude as textbooks print them, kilometres.
  it.each([
    [0, 11.0574, 11.132],
    [15, 11.0649, 10.755],
    [30, 11.0852, 9.6486],
    [45, 11.1132, 7.8847],
  ])('a tenth of a degree at %d° is %d km north, %d km east', (lat, north, east) => {
    expect(geodesicM([0, lat - 0.05], [0, lat + 0.05]) / 1000).toBeCloseTo(north, 3);
    expect(geodesicM([-0.05, lat], [0.05, lat]) / 1000).toBeCloseTo(east, 3);
  });

  // `geod -I +ellps=WGS84` of PROJ 9.
  it.each<[LonLat, LonLat, number, number]>([
    [[105, 21], [105, 21.001], 110.717034, 1e-8],
    [[105, 21], [105, 22], 110_723.608683, 2e-7],
    [[105, 60], [106, 60], 55_799.47047, 2e-7],
    [[105.402, 21.322], [104.95, 21.15], 50_637.774897, 2e-7],
    [[179.5, 0], [-179.5, 0], 111_319.490793, 2e-7],
    [[105.85, 21.03], [106.7, 10.78], 1_137_901.668347, 2e-5],
    [[0, 90], [0, -90], 20_003_931.458625, 0.05],
  ])('from %j to %j is what PROJ measures', (from, to, metres, within) => {
    expect(Math.abs(geodesicM(from, to) / metres - 1)).toBeLessThan(within);
    expect(geodesicM(to, from)).toBe(geodesicM(from, to));
  });

  it('counts longitude before latitude, and nothing from a point to itself', () => {
    expect(geodesicM([105, 21], [106, 21])).toBeLessThan(geodesicM([105, 21], [105, 22]) * 0.95);
    expect(geodesicM([105, 21], [105, 21])).toBe(0);
    expect(lineLengthM([[105, 21]])).toBe(0);
  });

  it('goes the short way across the antimeridian', () => {
    expect(along([179, 10], [-179, 20], 0.5)).toEqual([180, 15]);
    expect(nearestOnSegment([-179.9, 0.5], [179.5, 0], [-179.5, 0]).distance_m).toBeCloseTo(55_287.15, 1);
  });

  it('turns chords into arcs and back, to the other side of the earth', () => {
    for (const arc of [0, 1, 1e5, 1e7, 2e7]) expect(arcOverChord(chordUnderArc(arc))).toBeCloseTo(arc, 5);
    expect(chordUnderArc(3e7)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the nearest point of a segment', () => {
  it('is the foot inside it and an end outside', () => {
    const [start, end]: [LonLat, LonLat] = [
      [105, 21],
      [105.02, 21],
    ];
    const inside = nearestOnSegment([105.005, 21.001], start, end);
    expect(inside.fraction).toBeCloseTo(0.25, 6);
    expect(inside.distance_m).toBeCloseTo(110.717, 2);
    expect(nearestOnSegment([104, 21], start, end).fraction).toBe(0);
    expect(nearestOnSegment([106, 21], start, end).fraction).toBe(1);
    expect(nearestOnSegment([105, 21.001], start, start).distance_m).toBeCloseTo(110.717, 2);
  });

  it('is the foot of a slanted segment: nothing beside it is nearer by more than a centimetre', () => {
    const [start, end]: [LonLat, LonLat] = [
      [105, 21],
      [105.04, 21.05],
    ];
    const { distance_m } = nearestOnSegment([105.04, 21.01], start, end);
    const sampled = Array.from({ length: 10_001 }, (_, i) => geodesicM([105.04, 21.01], along(start, end, i / 10_000)));
    expect(distance_m - Math.min(...sampled)).toBeLessThan(0.01);
  });
});
