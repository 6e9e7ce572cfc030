/**
 * Cleaning and simplifying of geometry in whole tile units: what is left after clipping and rounding is made valid
 * for the MVT specification (no empty rings, no repeated points, no interior ring without its exterior).
 */

export type TilePoint = [number, number];
export type TileRing = TilePoint[];

/** Signed area in square tile units: positive for exterior rings as MVT orients them (y grows downwards). */
export function signedArea(ring: readonly TilePoint[]): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[j], ring[i]];
    if (a && b) sum += a[0] * b[1] - b[0] * a[1];
  }
  return sum / 2;
}

function withoutRepeats(line: readonly TilePoint[]): TileRing {
  return line.filter((point, i) => {
    const before = line[i - 1];
    return before === undefined || point[0] !== before[0] || point[1] !== before[1];
  });
}

function squaredDistance([px, py]: TilePoint, [ax, ay]: TilePoint, [bx, by]: TilePoint): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length));
  return (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2;
}

function farthest(line: readonly TilePoint[], first: number, last: number): { index: number; squared: number } {
  const [a, b] = [line[first], line[last]];
  let [index, squared] = [-1, -1];
  for (let i = first + 1; i < last; i++) {
    const point = line[i];
    if (!point || !a || !b) continue;
    const distance = squaredDistance(point, a, b);
    if (distance > squared) [index, squared] = [i, distance];
  }
  return { index, squared };
}

/** Douglas–Peucker: the line without points nearer than `tolerance` tile units to what is kept. Ends stay. */
export function simplifyLine(line: readonly TilePoint[], tolerance: number): TileRing {
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const stack = [0, line.length - 1];
  while (stack.length > 0) {
    const last = stack.pop() ?? 0;
    const first = stack.pop() ?? 0;
    const { index, squared } = farthest(line, first, last);
    if (squared <= tolerance * tolerance) continue;
    keep[index] = 1;
    stack.push(first, index, index, last);
  }
  return line.filter((_, i) => keep[i] === 1);
}

function length(line: readonly TilePoint[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    if (a && b) sum += Math.hypot(b[0] - a[0], b[1] - a[1]);
  }
  return sum;
}

/** Lines with at least two different points and at least `tolerance` tile units long. */
export function cleanLines(lines: readonly TileRing[], tolerance: number): TileRing[] {
  const result: TileRing[] = [];
  for (const line of lines) {
    const clean = withoutRepeats(tolerance > 0 ? simplifyLine(line, tolerance) : line);
    if (clean.length >= 2 && length(clean) >= tolerance) result.push(clean);
  }
  return result;
}

/**
 * Rings with an area of more than `tolerance`² square tile units. An exterior ring that goes takes the interior rings
 * that follow it along.
 */
export function cleanRings(rings: readonly TileRing[], tolerance: number): TileRing[] {
  const result: TileRing[] = [];
  let exteriorKept = false;
  for (const ring of rings) {
    const isExterior = signedArea(ring) > 0;
    const clean = withoutRepeats(tolerance > 0 ? simplifyLine(ring, tolerance) : ring);
    const area = signedArea(clean);
    const kept = Math.abs(area) > tolerance * tolerance && area > 0 === isExterior;
    if (isExterior) exteriorKept = kept;
    if (kept && exteriorKept) result.push(clean);
  }
  return result;
}
