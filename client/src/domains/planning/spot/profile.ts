import type { RadioPath } from '../../../../../server/contract/radio-path.ts';

type Profile = NonNullable<RadioPath['profile']>;

/** The drawing in pixels: its size, and the margins that the axes take. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Tick {
  /** Pixels along the axis. */
  at: number;
  /** km across, m up. */
  value: number;
}

export interface ProfileDrawing {
  /** Closed paths, one for each stretch whose ground is known. */
  terrain: string[];
  /** Stretches without terrain, pixels. */
  gaps: { x: number; width: number }[];
  ray: string;
  /** The first Fresnel zone round the ray, closed. */
  fresnel: string;
  /** From the ground, or from the edge of the drawing where that is not known, to the antenna. */
  antennas: { x: number; foot: number; top: number }[];
  /** Where the ground comes closest to the ray, measured in Fresnel radii. */
  worst: { x: number; ray: number; ground: number } | null;
  across: Tick[];
  up: Tick[];
}

/** About `count` round steps (1, 2, 5 × 10ⁿ) from `low` to `high`. */
export function roundSteps(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const steps = Math.floor(high / step + 1e-9) - first;
  // Multiplied, not added up: no 0.30000000000000004.
  return Array.from({ length: steps + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Heights that the drawing must show, metres: the ground, the antennas and the upper edge of the Fresnel zone. */
function heightRange({ ground_m, ray_m, fresnel_m }: Profile): [low: number, high: number] {
  const known = ground_m.filter((height) => height !== null);
  const upper = ray_m.map((ray, index) => ray + (fresnel_m[index] ?? 0));
  const low = Math.min(
    ...(known.length > 0 ? known : ray_m.map((ray, index) => ray - (fresnel_m[index] ?? 0))),
    ...ray_m,
  );
  const high = Math.max(...known, ...upper);
  const room = Math.max((high - low) * 0.08, 4);
  return [low - room, high + room];
}

const point = (x: number, y: number): string => `${x.toFixed(1)},${y.toFixed(1)}`;
const open = (points: readonly string[]): string => (points.length > 0 ? `M${points.join('L')}` : '');
const closed = (points: readonly string[]): string => (points.length > 0 ? `${open(points)}Z` : '');

/** Runs of neighbouring indexes whose ground is known, and the stretches between them; ends are indexes, inclusive. */
function stretches(ground: Profile['ground_m']): { known: [number, number][]; missing: [number, number][] } {
  const known: [number, number][] = [];
  for (const [index, height] of ground.entries()) {
    const run = known.at(-1);
    if (height === null) continue;
    if (run && run[1] === index - 1) run[1] = index;
    else known.push([index, index]);
  }
  const missing: [number, number][] = [];
  let from = 0;
  for (const [begin, end] of known) {
    if (begin > from) missing.push([from, begin]);
    from = end;
  }
  if (ground.length > 0 && from < ground.length - 1) missing.push([from, ground.length - 1]);
  return { known, missing };
}

/**
 * A path profile as SVG paths. Heights are above sea level as they are; it is the ray that bends, by the curve of the
 * Earth (`ray_m` of the contract). Unknown ground is a gap, never zero.
 */
export function drawProfile(profile: Profile, worst: RadioPath['worst_clearance'], frame: Frame): ProfileDrawing {
  const { distances_m: distances, ground_m: ground, ray_m: ray, fresnel_m: radii } = profile;
  const length = distances.at(-1) ?? 0;
  const [low, high] = heightRange(profile);
  const x = (metres: number): number =>
    frame.left + (length > 0 ? metres / length : 0) * (frame.width - frame.left - frame.right);
  const y = (height: number): number =>
    frame.top + ((high - height) / (high - low)) * (frame.height - frame.top - frame.bottom);
  const xAt = (index: number): number => x(distances[index] ?? 0);
  const line = (heights: readonly number[]): string[] => heights.map((height, index) => point(xAt(index), y(height)));
  const floor = frame.height - frame.bottom;
  const { known, missing } = stretches(ground);
  const edge = (sign: 1 | -1): string[] => line(ray.map((height, index) => height + sign * (radii[index] ?? 0)));
  return {
    terrain: known.map(([from, to]) => {
      const surface = Array.from({ length: to - from + 1 }, (_, step) =>
        point(xAt(from + step), y(ground[from + step] ?? 0)),
      );
      return closed([point(xAt(from), floor), ...surface, point(xAt(to), floor)]);
    }),
    gaps: missing.map(([from, to]) => ({ x: xAt(from), width: xAt(to) - xAt(from) })),
    ray: open(line(ray)),
    fresnel: closed([...edge(1), ...edge(-1).reverse()]),
    antennas: [0, ray.length - 1].flatMap((index) => {
      const [top, foot] = [ray[index], ground[index]];
      return top === undefined
        ? []
        : [{ x: xAt(index), top: y(top), foot: typeof foot === 'number' ? y(foot) : floor }];
    }),
    worst: worst && markWorst(profile, worst, x, y),
    across: roundSteps(0, length / 1_000, frame.width / 90).map((value) => ({ at: x(value * 1_000), value })),
    up: roundSteps(low, high, frame.height / 45).map((value) => ({ at: y(value), value })),
  };
}

function markWorst(
  { distances_m: distances, ray_m: ray }: Profile,
  worst: NonNullable<RadioPath['worst_clearance']>,
  x: (metres: number) => number,
  y: (height: number) => number,
): ProfileDrawing['worst'] {
  const after = distances.findIndex((metres) => metres >= worst.distance_m);
  const [a, b] = [Math.max(after - 1, 0), Math.max(after, 0)];
  const [from = 0, to = 0] = [distances[a], distances[b]];
  const share = to > from ? (worst.distance_m - from) / (to - from) : 0;
  const height = (ray[a] ?? 0) + share * ((ray[b] ?? 0) - (ray[a] ?? 0));
  return { x: x(worst.distance_m), ray: y(height), ground: y(height - worst.clearance_m) };
}
