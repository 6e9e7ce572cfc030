/**
 * Okumura's effective antenna height: the antenna above the mean ground 3 to 15 km away in the direction of the
 * receiver, or as far as the path goes. It comes in gradually between 3 and 6 km, so that no ring shows on the map.
 *
 * The means change slowly with direction and distance: they are taken along 180 directions at 25 distances around a
 * site and drawn straight in between, so that one site's table serves all squares and all antennas.
 */
import type { TerrainRaster } from './terrain-raster.ts';

/** Paths up to this length take the height above ground, m. */
export const LONG_PATH_M = 3_000;
const FROM_M = LONG_PATH_M;
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

/** Mean ground around one site relative to its own ground, m, by direction on the grid and distance. */
export type GroundMeans = Float32Array;

/** Fills the entries of one direction, given in steps clockwise from grid north. Points without a height are left out. */
function fillDirection(
  means: GroundMeans,
  direction: number,
  terrain: TerrainRaster,
  east_m: number,
  north_m: number,
  ground_m: number,
): void {
  const { heights_m, cols, rows, step_m } = terrain;
  const x0 = (east_m - terrain.origin_e_m) / step_m + 0.5;
  const y0 = (north_m - terrain.origin_n_m) / step_m + 0.5;
  const angle = (direction * DEGREES * Math.PI) / 180;
  const [dx, dy] = [Math.sin(angle) / step_m, Math.cos(angle) / step_m];
  let sum = 0;
  let count = 0;
  for (let i = 0; i <= (TO_M - FROM_M) / SAMPLE_M; i++) {
    const distance = FROM_M + i * SAMPLE_M;
    const col = Math.floor(x0 + distance * dx);
    const row = Math.floor(y0 + distance * dy);
    if (col >= 0 && row >= 0 && col < cols && row < rows) {
      const above = (heights_m[row * cols + col] as number) - ground_m;
      if (above === above) {
        sum += above;
        count++;
      }
    }
    if (i % SAMPLES_PER_ENTRY === 0) {
      means[(direction % DIRECTIONS) * ENTRIES + i / SAMPLES_PER_ENTRY] = count > 0 ? sum / count : 0;
    }
  }
}

/** The whole table of a site whose ground height is known. */
function groundMeans(terrain: TerrainRaster, east_m: number, north_m: number, ground_m: number): GroundMeans {
  const means = new Float32Array(DIRECTIONS * ENTRIES);
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    fillDirection(means, direction, terrain, east_m, north_m, ground_m);
  }
  return means;
}

/** Only the entries that `effectiveHeight` reads for one direction: for a single path. */
export function groundMeansTowards(
  terrain: TerrainRaster,
  place: { east_m: number; north_m: number },
  ground_m: number,
  grid_bearing_deg: number,
): GroundMeans {
  const means = new Float32Array(DIRECTIONS * ENTRIES);
  const first = directionOf(grid_bearing_deg);
  for (const direction of [first, first + 1]) {
    fillDirection(means, direction % DIRECTIONS, terrain, place.east_m, place.north_m, ground_m);
  }
  return means;
}

const turned = (grid_bearing_deg: number): number => (grid_bearing_deg < 0 ? grid_bearing_deg + 360 : grid_bearing_deg);
const directionOf = (grid_bearing_deg: number): number =>
  Math.min(DIRECTIONS - 1, Math.floor(turned(grid_bearing_deg) / DEGREES));

/** Mean ground relative to the site's towards a bearing (−180…360°) and as far as `distance_m`, which is a long path. */
export function meanGroundOver(means: GroundMeans, grid_bearing_deg: number, distance_m: number): number {
  const direction = directionOf(grid_bearing_deg);
  const side = turned(grid_bearing_deg) / DEGREES - direction;
  const far = Math.min((distance_m - FROM_M) / ENTRY_M, ENTRIES - 1);
  const entry = Math.min(Math.floor(far), ENTRIES - 2);
  const along = far - entry;
  const a = direction * ENTRIES + entry;
  const b = (direction === DIRECTIONS - 1 ? 0 : direction + 1) * ENTRIES + entry;
  const near = (means[a] as number) + ((means[a + 1] as number) - (means[a] as number)) * along;
  const next = (means[b] as number) + ((means[b + 1] as number) - (means[b] as number)) * along;
  return near + (next - near) * side;
}

/** A site's table with the lowest mean in it, 0 at most: no effective height can be read from it that is higher. */
export interface SiteMeans {
  means: GroundMeans;
  lowest_m: number;
}

export function siteMeans(terrain: TerrainRaster, east_m: number, north_m: number, ground_m: number): SiteMeans {
  const means = groundMeans(terrain, east_m, north_m, ground_m);
  return { means, lowest_m: means.reduce((lowest, mean) => Math.min(lowest, mean), 0) };
}

/**
 * The effective height of an antenna for a long path, m: never below its height above ground, never above `max_m`
 * (or its own height if that is more).
 */
export function effectiveHeight(height_m: number, mean_m: number, distance_m: number, max_m: number): number {
  const full = Math.max(height_m, Math.min(height_m - mean_m, max_m));
  return height_m + (full - height_m) * Math.min(1, (distance_m - FROM_M) / (FULL_FROM_M - FROM_M));
}
