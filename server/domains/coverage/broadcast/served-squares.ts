/** Which squares of the grid a transmitter serves: its field by P.1546 against the threshold of each square. */
import { type CommuneSquares, UNASSIGNED } from '../rules/commune-squares.ts';
import type { TerrainRaster } from '../rules/levels/terrain-raster.ts';
import type { Projector } from '../rules/projection.ts';
import type { FieldThreshold } from '../rules/propagation/broadcast-thresholds.ts';
import {
  clearanceCorrection,
  type FieldFlag,
  flagsOf,
  heightWithoutTerrain,
  medianField,
} from '../rules/propagation/p1546.ts';
import type { BroadcastTransmitter } from './broadcast-types.ts';
import { clearanceAngle } from './clearance.ts';
import { heightTowards, type RadialHeights, radialHeights } from './radial-heights.ts';

/** The squares to judge and what they are judged by. */
export interface BroadcastGround {
  squares: CommuneSquares;
  /** Per commune: 1 where the threshold of towns holds. */
  urban: Uint8Array;
  projector: Projector;
  terrain: TerrainRaster | null;
  /** Nothing farther is computed, km. */
  max_distance_km: number;
}

export interface ServedSquares {
  /** Per square of the frame: 1 where the field reaches the threshold; 0 outside the communes. */
  mask: Uint8Array;
  /** Where the model was stretched for squares that are served. */
  flags: FieldFlag[];
  /** Share of the squares within reach whose way lies over known ground, percent; null when none is within reach. */
  pct_terrain: number | null;
}

/** Near enough to the edge of the served area: a tenth of a metre. */
const EDGE_KM = 1e-4;

type Radiator = Pick<BroadcastTransmitter, 'frequency_mhz' | 'erp_w'>;

/** Field where hills do not count, dBµV/m. */
const fieldAt = ({ frequency_mhz, erp_w }: Radiator, distance_km: number, effective_height_m: number): number =>
  medianField({ frequency_mhz, erp_w, distance_km, effective_height_m });

/**
 * Distance to which the field of one effective height reaches a threshold, km, at most `longest_km`; 0 when it does not
 * even at the mast. The field falls with distance, so there is one such distance.
 */
export function reachKm(radiator: Radiator, height_m: number, threshold_dbuv_m: number, longest_km: number): number {
  const reaches = (km: number): boolean => fieldAt(radiator, km, height_m) >= threshold_dbuv_m;
  if (reaches(longest_km)) return longest_km;
  let [near, far] = [EDGE_KM, longest_km];
  if (!reaches(near)) return 0;
  while (far - near > EDGE_KM) {
    const middle = (near + far) / 2;
    if (reaches(middle)) near = middle;
    else far = middle;
  }
  return near;
}

/** Calls `visit(square, de, dn)` for the squares of communes whose centre is within a distance; offsets in metres. */
function forEachSquareWithin(
  { squares }: BroadcastGround,
  [east, north]: readonly [number, number],
  radius_m: number,
  visit: (square: number, de: number, dn: number) => void,
): void {
  const { origin_e_m, origin_n_m, grid_m, cols, rows } = squares.frame;
  const first = Math.max(0, Math.floor((north - radius_m - origin_n_m) / grid_m));
  const end = Math.min(rows, Math.ceil((north + radius_m - origin_n_m) / grid_m));
  const west = Math.max(0, Math.floor((east - radius_m - origin_e_m) / grid_m));
  const beyond = Math.min(cols, Math.ceil((east + radius_m - origin_e_m) / grid_m));
  for (let row = first; row < end; row++) {
    const dn = origin_n_m + (row + 0.5) * grid_m - north;
    for (let col = west; col < beyond; col++) {
      const square = row * cols + col;
      if (squares.commune[square] === UNASSIGNED) continue;
      const de = origin_e_m + (col + 0.5) * grid_m - east;
      if (de * de + dn * dn <= radius_m * radius_m) visit(square, de, dn);
    }
  }
}

/** Keeps what the flags of the served squares follow from: the extremes of distance and height. */
class Extremes {
  farthest_km = 0;
  lowest_m = Infinity;
  highest_m = -Infinity;

  add(distance_km: number, height_m: number): void {
    if (distance_km > this.farthest_km) this.farthest_km = distance_km;
    if (height_m < this.lowest_m) this.lowest_m = height_m;
    if (height_m > this.highest_m) this.highest_m = height_m;
  }

  flags(frequency_mhz: number): FieldFlag[] {
    if (this.highest_m === -Infinity) return [];
    const ends = [this.lowest_m, this.highest_m].flatMap((effective_height_m) =>
      flagsOf({ frequency_mhz, distance_km: this.farthest_km, effective_height_m }),
    );
    return [...new Set(ends)];
  }
}

/** Without terrain the field depends on the distance alone: one disc for the country, one for towns. */
function serveDisc(transmitter: BroadcastTransmitter, threshold: FieldThreshold, ground: BroadcastGround) {
  const { height_m, frequency_mhz, lon, lat } = transmitter;
  // Flat ground: the antenna is as high above the ground from 3 to 15 km as above its foot.
  const effective = heightWithoutTerrain(height_m, height_m, ground.max_distance_km);
  const reach = (limit: number): number => 1000 * reachKm(transmitter, effective, limit, ground.max_distance_km);
  const [country, town] = [reach(threshold.rural_dbuv_m), reach(threshold.urban_dbuv_m)];
  const mask = new Uint8Array(ground.squares.commune.length);
  const extremes = new Extremes();
  let within = 0;
  forEachSquareWithin(ground, ground.projector.forward(lon, lat), Math.max(country, town), (square, de, dn) => {
    within++;
    const distance = Math.hypot(de, dn);
    const isTown = ground.urban[ground.squares.commune[square] ?? UNASSIGNED] === 1;
    if (distance > (isTown ? town : country)) return;
    mask[square] = 1;
    extremes.add(distance / 1000, effective);
  });
  return { mask, flags: extremes.flags(frequency_mhz), pct_terrain: within > 0 ? 0 : null };
}

/** Over known ground: effective height by direction, and hills before the receiver. */
function serveOverTerrain(
  transmitter: BroadcastTransmitter,
  threshold: FieldThreshold,
  ground: BroadcastGround,
  terrain: TerrainRaster,
): ServedSquares {
  const { height_m, frequency_mhz, lon, lat } = transmitter;
  const place = ground.projector.forward(lon, lat);
  const radials: RadialHeights = radialHeights(terrain, ...place, height_m);
  const highest = Math.max(height_m, Number.isNaN(radials.highest_m) ? height_m : radials.highest_m);
  const least = Math.min(threshold.rural_dbuv_m, threshold.urban_dbuv_m);
  // Field rises with height and hills only take from it: beyond this no square can be served.
  const radius_m = 1000 * reachKm(transmitter, highest, least, ground.max_distance_km);
  const mask = new Uint8Array(ground.squares.commune.length);
  const extremes = new Extremes();
  let [within, known] = [0, 0];
  forEachSquareWithin(ground, place, radius_m, (square, de, dn) => {
    within++;
    const isTown = ground.urban[ground.squares.commune[square] ?? UNASSIGNED] === 1;
    const limit = isTown ? threshold.urban_dbuv_m : threshold.rural_dbuv_m;
    const distance_km = Math.max(Math.hypot(de, dn) / 1000, EDGE_KM);
    const overGround = heightTowards(radials, de, dn);
    const isKnown = !Number.isNaN(overGround);
    if (isKnown) known++;
    const effective = isKnown ? overGround : heightWithoutTerrain(height_m, height_m, distance_km);
    const field = fieldAt(transmitter, distance_km, effective);
    if (field < limit) return;
    const angle = isKnown ? clearanceAngle(terrain, [place[0] + de, place[1] + dn], place) : Number.NaN;
    if (!Number.isNaN(angle) && field + clearanceCorrection(angle, frequency_mhz) < limit) return;
    mask[square] = 1;
    extremes.add(distance_km, effective);
  });
  const pct_terrain = within > 0 ? (100 * known) / within : null;
  return { mask, flags: extremes.flags(frequency_mhz), pct_terrain };
}

/** The squares that a transmitter serves. The transmitter's values must be possible: see `fieldStrength`. */
export function servedSquares(
  transmitter: BroadcastTransmitter,
  threshold: FieldThreshold,
  ground: BroadcastGround,
): ServedSquares {
  return ground.terrain
    ? serveOverTerrain(transmitter, threshold, ground, ground.terrain)
    : serveDisc(transmitter, threshold, ground);
}
