/**
 * Nearest point on lines. Long segments are cut into pieces whose middles go into a {@link PointIndex}; a piece nearer than
 * a distance has its middle within that distance plus half its length, so the answer is exact.
 */
import { along, geodesicM, type LonLat, nearestOnSegment } from '../../../platform/geo/geodesic.ts';
import { PointIndex } from '../../../platform/geo/point-index.ts';

/** Length of the pieces, metres: short enough for few false candidates, long enough for few pieces. */
const PIECE_M = 1_000;

export interface LineHit {
  /** Position of the line in the list the index was made from. */
  line: number;
  /** The segment from `segment` to `segment + 1` of that line. */
  segment: number;
  point: LonLat;
  distance_m: number;
}

interface Piece {
  line: number;
  segment: number;
  start: LonLat;
  end: LonLat;
}

export class SegmentIndex {
  #pieces: Piece[] = [];
  #middles: PointIndex;
  #longestHalfM = 0;

  constructor(lines: readonly (readonly LonLat[])[]) {
    lines.forEach((line, at) => {
      for (let segment = 0; segment + 1 < line.length; segment++)
        this.#add(at, segment, line[segment]!, line[segment + 1]!);
    });
    this.#middles = new PointIndex(this.#pieces.map(({ start, end }) => along(start, end, 0.5)));
  }

  /** The nearest point of any line, null when there is no line. */
  nearest(position: LonLat): LineHit | null {
    const middle = this.#middles.nearest(position);
    if (middle === null) return null;
    const [best] = this.within(position, this.#hit(position, middle.index).distance_m);
    return best ?? this.#hit(position, middle.index);
  }

  /** Every line's nearest point within a distance in metres, the nearest line first. */
  within(position: LonLat, distance_m: number): LineHit[] {
    const best = new Map<number, LineHit>();
    for (const { index } of this.#middles.within(position, distance_m + this.#longestHalfM)) {
      const hit = this.#hit(position, index);
      const known = best.get(hit.line);
      if (hit.distance_m <= distance_m && (known === undefined || hit.distance_m < known.distance_m))
        best.set(hit.line, hit);
    }
    return [...best.values()].sort((a, b) => a.distance_m - b.distance_m || a.line - b.line);
  }

  #hit(position: LonLat, index: number): LineHit {
    const { line, segment, start, end } = this.#pieces[index]!;
    const { point, distance_m } = nearestOnSegment(position, start, end);
    return { line, segment, point, distance_m };
  }

  #add(line: number, segment: number, start: LonLat, end: LonLat): void {
    const lengthM = geodesicM(start, end);
    const count = Math.max(1, Math.ceil(lengthM / PIECE_M));
    for (let piece = 0; piece < count; piece++) {
      const from = along(start, end, piece / count);
      const to = along(start, end, (piece + 1) / count);
      this.#longestHalfM = Math.max(this.#longestHalfM, geodesicM(from, to) / 2);
      this.#pieces.push({ line, segment, start: from, end: to });
    }
  }
}
