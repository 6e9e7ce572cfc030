/**
 * Where people live, as one weight a square, from what has been imported: rasters of people per pixel, village points,
 * polygons of habitable ground. Pure; made to run in a worker thread. Decision 0017 says why each rule is as it is.
 */
import { type CommuneSquares, UNASSIGNED } from './commune-squares.ts';
import { fillPolygon, type GridFrame, squareAt } from './grid.ts';
import { isNoValue, type LonLatRaster } from './lon-lat-raster.ts';
import { type PackedRaster, unpackRaster } from './packed-raster.ts';
import type { SquareWeights } from './population.ts';
import { type LonLatMultiPolygon, type Projector, projectMultiPolygon } from './projection.ts';
import { forEachStretch, projectCorners } from './propagation/resample-terrain.ts';

/** A village as imported. */
export interface VillagePoint {
  lon: number;
  lat: number;
  /** Its own people; null = not known. */
  population: number | null;
  /** Code of the commune it belongs to on the day; null: the commune around the point. */
  commune_code: string | null;
}

/** What the inventory knows of where people live on a day; plain data that can be sent to a worker. */
export interface PopulationSources {
  rasters: PackedRaster[];
  villages: VillagePoint[];
  /** MultiPolygons as GeoJSON text. */
  habitable: string[];
}

/** People of a village live within this distance of its point, m. */
export const VILLAGE_REACH_M = 500;
/** A village whose point lies outside its commune is moved onto it when it is not further off than this, m. */
const VILLAGE_SLACK_M = 2000;
/** More people than this for each village point, and the list of villages is taken as incomplete. */
export const MAX_PEOPLE_PER_VILLAGE = 5000;
/** Unless the villages' own people are at least this share of the commune's. */
const MIN_OWN_SHARE = 0.5;
/** A raster is used for a commune when at least this share of its squares lies in one. */
const MIN_RASTER_SHARE = 0.95;
/** Points a side at which a square looks at the raster: 25 m apart. */
const SAMPLES = 4;

/** Metres of a degree of latitude. */
const METRES_PER_DEGREE = 111_195;

/**
 * People per square by rasters: the density of the pixels at 4 × 4 points of the square, so that a pixel's people are
 * shared by area among the squares it touches. Only weights: the commune's total is shared out in their proportion.
 * `known` = squares inside a raster; a pixel without a value is one without people.
 */
function rasterWeights(rasters: readonly LonLatRaster[], squares: CommuneSquares, projector: Projector) {
  const { frame, commune } = squares;
  const step_m = frame.grid_m / SAMPLES;
  const lattice = {
    origin_e_m: frame.origin_e_m + step_m / 2,
    origin_n_m: frame.origin_n_m + step_m / 2,
    step_m,
    cols: frame.cols * SAMPLES,
    rows: frame.rows * SAMPLES,
  };
  const weights = new Float32Array(commune.length);
  const known = new Uint8Array(commune.length);
  const corners = projectCorners(lattice, projector);
  // The first raster of the list that holds a point answers; the latest import comes first.
  for (const { west, north, step_lon, step_lat, cols, rows, values } of rasters) {
    const earlier = known.slice();
    forEachStretch(lattice, corners, (row, start, end, [lon, lat, east, up]) => {
      const line = Math.floor(row / SAMPLES) * frame.cols;
      for (let col = start; col < end; col++) {
        const square = line + Math.floor(col / SAMPLES);
        if (commune[square] === UNASSIGNED || earlier[square] === 1) continue;
        const here = lat + (col - start) * up;
        const column = Math.round((lon + (col - start) * east - west) / step_lon);
        const r = Math.round((north - here) / step_lat);
        if (column < 0 || r < 0 || column >= cols || r >= rows) continue;
        known[square] = 1;
        const value = values[r * cols + column] as number;
        if (isNoValue(value)) continue;
        const pixel_m2 = step_lat * step_lon * METRES_PER_DEGREE ** 2 * Math.cos((here * Math.PI) / 180);
        weights[square] = (weights[square] as number) + value / pixel_m2;
      }
    });
  }
  return { weights, known };
}

/** Communes of which too little lies inside a raster. */
function outsideRasters({ commune, squares }: CommuneSquares, known: Uint8Array): Uint8Array {
  const inside = new Uint32Array(squares.length);
  for (let square = 0; square < commune.length; square++) {
    const c = commune[square] as number;
    if (c !== UNASSIGNED) inside[c] = (inside[c] as number) + (known[square] as number);
  }
  return Uint8Array.from(squares, (own, c) => ((inside[c] as number) < MIN_RASTER_SHARE * own ? 1 : 0));
}

/** Calls `visit` for every square whose centre is within `reach_m` of a point given in metres. */
function forEachAround(
  { origin_e_m, origin_n_m, cols, rows, grid_m }: GridFrame,
  [east, north]: readonly [number, number],
  reach_m: number,
  visit: (square: number, distance_m: number) => void,
): void {
  const [x, y, reach] = [(east - origin_e_m) / grid_m - 0.5, (north - origin_n_m) / grid_m - 0.5, reach_m / grid_m];
  for (let row = Math.max(0, Math.ceil(y - reach)); row <= Math.min(rows - 1, y + reach); row++) {
    for (let col = Math.max(0, Math.ceil(x - reach)); col <= Math.min(cols - 1, x + reach); col++) {
      const distance = Math.hypot(col - x, row - y);
      if (distance <= reach) visit(row * cols + col, distance * grid_m);
    }
  }
}

/**
 * Adds a village's people around its point: to the squares of its commune whose centre is within 500 m, by the quartic
 * kernel (1 − (d/500)²)² that has most people at the point and none at its rim. When none of them is so near, all go to
 * the nearest square of the commune within 2 km. False: there is none.
 */
function addVillage(
  weights: Float32Array,
  { frame, commune }: CommuneSquares,
  own: number,
  at: readonly [number, number],
  people: number,
): boolean {
  const found: { square: number; kernel: number }[] = [];
  let sum = 0;
  forEachAround(frame, at, VILLAGE_REACH_M, (square, d) => {
    if (commune[square] !== own) return;
    const kernel = (1 - (d / VILLAGE_REACH_M) ** 2) ** 2;
    sum += kernel;
    found.push({ square, kernel });
  });
  for (const { square, kernel } of sum > 0 ? found : []) {
    weights[square] = (weights[square] as number) + (people * kernel) / sum;
  }
  if (sum > 0) return true;
  let nearest = { square: -1, d: Number.POSITIVE_INFINITY };
  forEachAround(frame, at, VILLAGE_SLACK_M, (square, d) => {
    if (commune[square] === own && d < nearest.d) nearest = { square, d };
  });
  if (nearest.square < 0) return false;
  weights[nearest.square] = (weights[nearest.square] as number) + people;
  return true;
}

interface PlacedVillage {
  at: readonly [number, number];
  population: number | null;
}

/** Villages by the index of their commune: that of its code when it has one on the day, else the one around the point. */
function villagesByCommune(
  villages: readonly VillagePoint[],
  codes: readonly string[],
  { frame, commune }: CommuneSquares,
  projector: Projector,
): Map<number, PlacedVillage[]> {
  const indexOf = new Map(codes.map((code, index) => [code, index]));
  const placed = new Map<number, PlacedVillage[]>();
  for (const { lon, lat, population, commune_code } of villages) {
    const at = projector.forward(lon, lat);
    const named = commune_code === null ? undefined : indexOf.get(commune_code);
    const index = named ?? commune[squareAt(frame, ...at)] ?? UNASSIGNED;
    if (index === UNASSIGNED) continue;
    const list = placed.get(index) ?? [];
    list.push({ at, population });
    placed.set(index, list);
  }
  return placed;
}

/** Weights around villages, and the communes whose list of villages is too short to go by. */
function villageWeights(
  villages: readonly VillagePoint[],
  codes: readonly string[],
  populations: readonly (number | null)[],
  squares: CommuneSquares,
  projector: Projector,
) {
  const weights = new Float32Array(squares.commune.length);
  const unusable = new Uint8Array(squares.squares.length).fill(1);
  for (const [commune, own] of villagesByCommune(villages, codes, squares, projector)) {
    const counted = own.filter(({ population }) => population !== null && population > 0);
    const sum = counted.reduce((all, { population }) => all + (population ?? 0), 0);
    // A village whose people are not known is like the average of those that are.
    const typical = counted.length > 0 ? sum / counted.length : 1;
    let onGrid = 0;
    for (const { at, population } of own) {
      if (population === 0) continue;
      if (addVillage(weights, squares, commune, at, population ?? typical)) onGrid++;
    }
    const total = populations[commune] ?? 0;
    if (onGrid > 0 && (total <= onGrid * MAX_PEOPLE_PER_VILLAGE || sum >= MIN_OWN_SHARE * total)) unusable[commune] = 0;
  }
  return { weights, unusable };
}

/** Squares whose centre is on habitable ground. */
function habitableSquares(habitable: readonly string[], { frame }: CommuneSquares, projector: Projector): Uint8Array {
  const inside = new Uint8Array(frame.cols * frame.rows);
  for (const text of habitable) {
    const { coordinates } = JSON.parse(text) as { coordinates: LonLatMultiPolygon };
    for (const polygon of projectMultiPolygon(coordinates, projector)) {
      fillPolygon(polygon, frame, (row, start, end) => {
        inside.fill(1, row * frame.cols + start, row * frame.cols + end);
      });
    }
  }
  return inside;
}

/**
 * Weighs the squares by everything that is known of where people live; what spreadPopulation takes.
 * @param communes in the order of the squares: their code and people
 */
export function weighSquares(
  squares: CommuneSquares,
  communes: readonly { code: string; population: number | null }[],
  sources: PopulationSources,
  projector: Projector,
): SquareWeights {
  const none = new Uint8Array(squares.squares.length).fill(1);
  const byRaster =
    sources.rasters.length > 0 ? rasterWeights(sources.rasters.map(unpackRaster), squares, projector) : null;
  const codes = communes.map(({ code }) => code);
  const populations = communes.map(({ population }) => population);
  const byVillage =
    sources.villages.length > 0 ? villageWeights(sources.villages, codes, populations, squares, projector) : null;
  return {
    raster: byRaster?.weights ?? null,
    villages: byVillage?.weights ?? null,
    habitable: sources.habitable.length > 0 ? habitableSquares(sources.habitable, squares, projector) : null,
    unusable: {
      raster: byRaster ? outsideRasters(squares, byRaster.known) : none,
      villages: byVillage?.unusable ?? none,
    },
  };
}
