/**
 * Nearest points on the earth: a k-d tree over earth-centred positions, flat in typed arrays. Distances grow with the chord
 * (see `geodesic.ts`), so the tree needs no projection, and neither the antimeridian nor the poles are special.
 */
import { arcOverChord, chordUnderArc, earthCentred, type LonLat } from './geodesic.ts';

export interface NearPoint {
  /** Position in the list the index was made from. */
  index: number;
  distance_m: number;
}

export class PointIndex {
  readonly size: number;
  /** x, y, z of each point, metres. */
  #vectors: Float64Array;
  /** Points in tree order: the middle of every range divides it by the axis of its depth. */
  #order: Int32Array;

  constructor(points: readonly LonLat[]) {
    this.size = points.length;
    this.#vectors = new Float64Array(3 * points.length);
    points.forEach((point, index) => this.#vectors.set(earthCentred(point), 3 * index));
    this.#order = Int32Array.from(points, (_, index) => index);
    this.#build(0, points.length, 0);
  }

  /** The point nearest to a position, null in an empty index. */
  nearest(position: LonLat): NearPoint | null {
    const at = earthCentred(position);
    let best = -1;
    let bestSquare = Number.POSITIVE_INFINITY;
    const visit = (from: number, to: number, axis: number): void => {
      if (from >= to) return;
      const middle = (from + to) >> 1;
      const index = this.#order[middle]!;
      const square = this.#square(index, at);
      if (square < bestSquare) [best, bestSquare] = [index, square];
      const beyond = at[axis]! - this.#vectors[3 * index + axis]!;
      const next = (axis + 1) % 3;
      if (beyond < 0) visit(from, middle, next);
      else visit(middle + 1, to, next);
      if (beyond ** 2 >= bestSquare) return;
      if (beyond < 0) visit(middle + 1, to, next);
      else visit(from, middle, next);
    };
    visit(0, this.size, 0);
    return best === -1 ? null : { index: best, distance_m: arcOverChord(Math.sqrt(bestSquare)) };
  }

  /** All points within a distance in metres, nearest first. */
  within(position: LonLat, distance_m: number): NearPoint[] {
    const at = earthCentred(position);
    const found: NearPoint[] = [];
    const reach = chordUnderArc(distance_m);
    const visit = (from: number, to: number, axis: number): void => {
      if (from >= to) return;
      const middle = (from + to) >> 1;
      const index = this.#order[middle]!;
      const arc = arcOverChord(Math.sqrt(this.#square(index, at)));
      if (arc <= distance_m) found.push({ index, distance_m: arc });
      const beyond = at[axis]! - this.#vectors[3 * index + axis]!;
      const next = (axis + 1) % 3;
      if (beyond <= reach) visit(from, middle, next);
      if (beyond >= -reach) visit(middle + 1, to, next);
    };
    visit(0, this.size, 0);
    return found.sort((a, b) => a.distance_m - b.distance_m || a.index - b.index);
  }

  #square(index: number, at: readonly number[]): number {
    const vectors = this.#vectors;
    const offset = 3 * index;
    return (
      (vectors[offset]! - at[0]!) ** 2 + (vectors[offset + 1]! - at[1]!) ** 2 + (vectors[offset + 2]! - at[2]!) ** 2
    );
  }

  #build(from: number, to: number, axis: number): void {
    if (to - from < 2) return;
    const middle = (from + to) >> 1;
    this.#select(from, to - 1, middle, axis);
    this.#build(from, middle, (axis + 1) % 3);
    this.#build(middle + 1, to, (axis + 1) % 3);
  }

  /** Puts in place `middle` the point that belongs there by the axis, smaller ones before it (C. A. R. Hoare's FIND). */
  #select(from: number, to: number, middle: number, axis: number): void {
    const order = this.#order;
    let [left, right] = [from, to];
    while (left < right) {
      const pivot = this.#vectors[3 * order[(left + right) >> 1]! + axis]!;
      let [low, high] = [left, right];
      while (low <= high) {
        while (this.#vectors[3 * order[low]! + axis]! < pivot) low++;
        while (this.#vectors[3 * order[high]! + axis]! > pivot) high--;
        if (low > high) break;
        const swapped = order[low]!;
        order[low++] = order[high]!;
        order[high--] = swapped;
      }
      if (middle <= high) right = high;
      else if (middle >= low) left = low;
      else return;
    }
  }
}
