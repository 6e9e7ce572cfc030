/**
 * Okumura's effective antenna height: the antenna above the mean ground 3 to 15 km away in the direction of the
 * receiver, or as far as the path goes. It comes in gradually between 3 and 6 km, so that no ring shows on the map.
 *
 * The means change slowly with direction and distance: they are taken along 180 directions at 25 distances around a
 * site and drawn straight in between, so that one site's table serves all squares and all antennas.
 */
import { lowestGround } from './low-ground.ts';
import type { TerrainRaster } from './terrain-raster.ts';

/** Paths up to this length take the height above ground, m. */
const FROM_M = 3_000;
const TO_M = 15_000;
/** Full effect from here on, m. */
const FULL_FROM_M = 6_000;
const SAMPLE_M = 100;
const SAMPLES_PER_ENTRY = 5;
const ENTRY_M = SAMPLE_M * SAMPLES_PER_ENTRY;
const ENTRIES = (TO_M - FROM_M) / ENTRY_M + 1;
const DIRECTIONS = 180;
const DEGREES = 360 / DIRECTIONS;

/** Whether the effective height of a path of this length differs from the height above ground. */
export const isLongPath = (distance_m: number): boolean => distance_m > FROM_M;

/** How far from a site ground counts for paths of up to a length, m; 0: none does. */
export const groundReach = (distance_m: number): number =>
  isLongPath(distance_m) ? Math.min(distance_m + ENTRY_M, TO_M) : 0;

/**
 * The means around one site whose ground height is known, m above that ground, by direction on the grid and distance. A
 * direction is worked out as far as it is asked for.
 */
export class SiteMeans {
  readonly #terrain: TerrainRaster;
  readonly #x0: number;
  readonly #y0: number;
  readonly #ground_m: number;
  readonly #means = new Float32Array(DIRECTIONS * ENTRIES);
  /** Per direction: entries worked out so far, and sum and number of the heights in the last of them. */
  readonly #entries = new Uint8Array(DIRECTIONS);
  readonly #sum = new Float64Array(DIRECTIONS);
  readonly #count = new Uint8Array(DIRECTIONS);

  constructor(terrain: TerrainRaster, { east_m, north_m }: { east_m: number; north_m: number }, ground_m: number) {
    this.#terrain = terrain;
    this.#x0 = (east_m - terrain.origin_e_m) / terrain.step_m + 0.5;
    this.#y0 = (north_m - terrain.origin_n_m) / terrain.step_m + 0.5;
    this.#ground_m = ground_m;
  }

  /** Mean ground relative to the site's towards a bearing on the grid (−180…360°) and as far as `distance_m`, a long path. */
  over(grid_bearing_deg: number, distance_m: number): number {
    const turned = grid_bearing_deg < 0 ? grid_bearing_deg + 360 : grid_bearing_deg;
    const direction = Math.min(DIRECTIONS - 1, Math.floor(turned / DEGREES));
    const next = direction === DIRECTIONS - 1 ? 0 : direction + 1;
    const side = turned / DEGREES - direction;
    const far = Math.min((distance_m - FROM_M) / ENTRY_M, ENTRIES - 1);
    const entry = Math.min(Math.floor(far), ENTRIES - 2);
    this.#fill(direction, entry + 2);
    this.#fill(next, entry + 2);
    const here = this.#at(direction, entry, far - entry);
    return here + (this.#at(next, entry, far - entry) - here) * side;
  }

  /** Mean drawn between an entry of a direction and the next. */
  #at(direction: number, entry: number, along: number): number {
    const at = direction * ENTRIES + entry;
    const near = this.#means[at] as number;
    return near + ((this.#means[at + 1] as number) - near) * along;
  }

  /** Works out the first `entries` of a direction. Points without a height are left out. */
  #fill(direction: number, entries: number): void {
    const from = this.#entries[direction] as number;
    if (from >= entries) return;
    const { heights_m, cols, rows, step_m } = this.#terrain;
    const angle = (direction * DEGREES * Math.PI) / 180;
    const [dx, dy] = [Math.sin(angle) / step_m, Math.cos(angle) / step_m];
    let sum = this.#sum[direction] as number;
    let count = this.#count[direction] as number;
    // The first entry is the ground at its own distance, each other takes SAMPLES_PER_ENTRY more points.
    for (let i = from === 0 ? 0 : (from - 1) * SAMPLES_PER_ENTRY + 1; i <= (entries - 1) * SAMPLES_PER_ENTRY; i++) {
      const distance = FROM_M + i * SAMPLE_M;
      const col = Math.floor(this.#x0 + distance * dx);
      const row = Math.floor(this.#y0 + distance * dy);
      if (col >= 0 && row >= 0 && col < cols && row < rows) {
        const above = (heights_m[row * cols + col] as number) - this.#ground_m;
        if (above === above) {
          sum += above;
          count++;
        }
      }
      if (i % SAMPLES_PER_ENTRY === 0) {
        this.#means[direction * ENTRIES + i / SAMPLES_PER_ENTRY] = count > 0 ? sum / count : 0;
      }
    }
    this.#sum[direction] = sum;
    this.#count[direction] = count;
    this.#entries[direction] = entries;
  }
}

/**
 * The effective height of an antenna for a long path, m: never below its height above ground, never above `max_m`
 * (or its own height if that is more).
 */
export function effectiveHeight(height_m: number, mean_m: number, distance_m: number, max_m: number): number {
  const full = Math.max(height_m, Math.min(height_m - mean_m, max_m));
  return height_m + (full - height_m) * Math.min(1, (distance_m - FROM_M) / (FULL_FROM_M - FROM_M));
}

/** Room for rounding in means, which are kept in 32 bits, m. */
const SLACK_M = 0.01;

/** No mean ground around a site is lower for paths of up to a length: m relative to the ground of the site, 0 at most. */
export function lowestMean(
  terrain: TerrainRaster,
  { east_m, north_m }: { east_m: number; north_m: number },
  ground_m: number,
  distance_m: number,
): number {
  const reach_m = groundReach(distance_m);
  if (reach_m === 0) return 0;
  return Math.min(0, lowestGround(terrain, east_m, north_m, reach_m) - ground_m - SLACK_M);
}

/** No effective height is greater where no mean is lower than `lowest_m`. */
export const greatestHeight = (height_m: number, lowest_m: number, max_m: number): number =>
  Math.max(height_m, Math.min(height_m - lowest_m, max_m));
