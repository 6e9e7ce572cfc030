/**
 * Many cells over many squares: the inner loop of the level engine.
 *
 * Squares are visited site by site in rings, near ones first, so that most squares soon have a strong level and a path
 * over the terrain is only walked where its level without obstacles would still change something. Distance and bearing
 * are shared by all cells of a site, the geometry of the profile by all cells of a site at one height. What is left out
 * is left out by bounds that hold in floating point too (every operation on the way to a level is monotone), so the
 * bytes are those of `pathLevel` for every cell and square, in whatever order.
 */
import type { CoverageParameters } from '../coverage-parameters.ts';
import type { GridFrame } from '../grid.ts';
import { lossAt, MIN_PATH_M } from '../model-loss.ts';
import { combinedGain, depressionAngle, horizontalPattern, verticalPattern } from '../propagation/sector-3d.ts';
import {
  effectiveHeight,
  type GroundMeans,
  groundMeans,
  isLongPath,
  LONG_PATH_M,
  lowestMean,
  meanGroundOver,
} from './ground-means.ts';
import { LEVEL_CAP } from './level-types.ts';
import type { AntennaGroup, Network, NetworkSite, StationCells } from './network.ts';
import { gridBearing, leastMargin, pathLength, valueOf } from './path-terms.ts';
import { edgeLimit, excessLoss, isInSight, ProfileWalk, smoothEdge } from './profile-walk.ts';
import { groundAt, type TerrainRaster } from './terrain-raster.ts';

/** Bytes and servers (1 + rank, 0 = none) that compete on one scale. */
export interface BestGrid {
  values: Uint8Array;
  servers: Uint16Array;
}

/** The grids a scatter writes to, by the indices of its network. */
export interface ScatterTarget {
  layers: BestGrid[];
  low: BestGrid[];
  high: BestGrid[];
}

/** Outer ends of the rings, m; the last is beyond every range cap. */
const RING_ENDS_M = [
  400,
  800,
  1_200,
  1_600,
  2_000,
  2_500,
  3_000,
  3_600,
  4_300,
  5_100,
  6_000,
  7_000,
  8_000,
  9_200,
  10_600,
  12_200,
  15_000,
  Infinity,
];
/** Room for rounding in the bounds of a ring, dB. */
const BOUND_SLACK_DB = 1e-6;

/** Least margin, dB, by byte; a byte above the cap cannot be had. */
const MARGIN_OF = Float64Array.from({ length: LEVEL_CAP + 2 }, (_, value) =>
  value > LEVEL_CAP ? Infinity : leastMargin(value),
);

/** What of the ground is known between a site and a square: nothing certain yet, none, or all of it. */
const UNSURE = 0;
const NONE = 1;
const COMPLETE = 2;

interface SiteMeans {
  means: GroundMeans;
  lowest_m: number;
}

/** Height of the ground at the centre of each square; shared by all scatters over the frame. */
export function groundOfSquares(frame: GridFrame, wanted: Uint8Array, terrain: TerrainRaster | null): Float64Array {
  const heights = new Float64Array(terrain ? wanted.length : 0);
  if (!terrain) return heights;
  for (let square = 0; square < heights.length; square++) {
    if (wanted[square] === 0) continue;
    const col = square % frame.cols;
    const east = frame.origin_e_m + (col + 0.5) * frame.grid_m;
    const north = frame.origin_n_m + ((square - col) / frame.cols + 0.5) * frame.grid_m;
    heights[square] = groundAt(terrain, east, north);
  }
  return heights;
}

/** Sums of missing posts over rectangles from the south-western corner; null when none is missing. */
export function missingPosts(terrain: TerrainRaster | null): Int32Array | null {
  if (!terrain) return null;
  const { heights_m, cols, rows } = terrain;
  if (!heights_m.some(Number.isNaN)) return null;
  const sums = new Int32Array((cols + 1) * (rows + 1));
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let col = 0; col < cols; col++) {
      if (Number.isNaN(heights_m[row * cols + col] as number)) sum++;
      const at = (row + 1) * (cols + 1) + col + 1;
      sums[at] = (sums[at - cols - 1] as number) + sum;
    }
  }
  return sums;
}

export interface ScatterInput {
  frame: GridFrame;
  wanted: Uint8Array;
  /** `groundOfSquares` and `missingPosts` of the terrain. */
  ground: Float64Array;
  missing: Int32Array | null;
  terrain: TerrainRaster | null;
  parameters: CoverageParameters;
}

/** Rounding must not lose a square on the edge of a ring, in squares. */
const RING_SLACK = 1e-6;

interface Box {
  west_m: number;
  east_m: number;
  south_m: number;
  north_m: number;
}

/** Whether a site's reach touches a rectangle; never for an empty one. */
function reaches({ east_m, north_m, reach_m }: NetworkSite, box: Box): boolean {
  const dx = Math.max(box.west_m - east_m, 0, east_m - box.east_m);
  const dy = Math.max(box.south_m - north_m, 0, north_m - box.north_m);
  return box.west_m <= box.east_m && dx * dx + dy * dy <= reach_m * reach_m;
}

export class Scatter {
  readonly #input: ScatterInput;
  readonly #target: ScatterTarget;
  readonly #levels: Uint8Array[];
  readonly #lows: Uint8Array[];
  readonly #highs: Uint8Array[];
  readonly #walk: ProfileWalk | null;
  readonly #means = new Map<NetworkSite, SiteMeans>();
  /** Per station: the highest bytes it can have in the ring in hand: level, low and high. */
  #bounds = new Uint8Array(0);
  /** Squares visited, paths walked: for measurements. */
  visits = 0;
  walks = 0;

  // The path in hand: site to square.
  #siteGround = Number.NaN;
  #siteMeans: SiteMeans | null = null;
  #square = 0;
  #east = 0;
  #north = 0;
  #dx = 0;
  #dy = 0;
  #distance = 0;
  #logKm = 0;
  #bearing = 0;
  #known = NONE;

  // Candidates of one antenna group on the square in hand.
  #count = 0;
  readonly #candidateStation: StationCells[] = [];
  #candidateCell = new Int32Array(0);
  #candidateLevel = new Float64Array(0);
  #limit = 0;

  constructor(input: ScatterInput, target: ScatterTarget) {
    this.#input = input;
    this.#target = target;
    const valuesOf = ({ values }: BestGrid): Uint8Array => values;
    this.#levels = target.layers.map(valuesOf);
    this.#lows = target.low.map(valuesOf);
    this.#highs = target.high.map(valuesOf);
    this.#walk = input.terrain ? new ProfileWalk(input.terrain, input.parameters.profile_step_m) : null;
  }

  /**
   * Scatters the sites of a network over the rows `fromRow` to `toRow` (exclusive).
   * @param pause called now and then; it may throw to end the work
   */
  run({ sites, stations }: Network, fromRow: number, toRow: number, pause: () => void = () => {}): void {
    const { terrain } = this.#input;
    const box = this.#wantedBox(fromRow, toRow);
    const near = sites.filter((site) => reaches(site, box));
    this.#makeRoom(near, stations);
    let inner = -1;
    for (const ringEnd of RING_ENDS_M) {
      for (const site of near) {
        if (site.reach_m <= inner) continue;
        pause();
        this.#siteGround = terrain ? groundAt(terrain, site.east_m, site.north_m) : Number.NaN;
        this.#siteMeans = this.#means.get(site) ?? null;
        this.#boundRing(site, Math.max(MIN_PATH_M, inner), ringEnd);
        this.#ring(site, inner, Math.min(ringEnd, site.reach_m), fromRow, toRow);
      }
      inner = ringEnd;
    }
  }

  /** The smallest rectangle around the wanted squares of some rows, m. */
  #wantedBox(fromRow: number, toRow: number): Box {
    const { frame, wanted } = this.#input;
    const { cols, grid_m, origin_e_m, origin_n_m } = frame;
    let [west, east, south, north] = [cols, -1, toRow, -1];
    for (let row = fromRow; row < toRow; row++) {
      for (let col = 0; col < cols; col++) {
        if (wanted[row * cols + col] === 0) continue;
        if (col < west) west = col;
        if (col > east) east = col;
        if (row < south) south = row;
        north = row;
      }
    }
    return {
      west_m: origin_e_m + west * grid_m,
      east_m: origin_e_m + (east + 1) * grid_m,
      south_m: origin_n_m + south * grid_m,
      north_m: origin_n_m + (north + 1) * grid_m,
    };
  }

  /** Room for every cell of the fullest antenna group to be a candidate. */
  #makeRoom(sites: readonly NetworkSite[], stations: number): void {
    if (this.#bounds.length < 3 * stations) this.#bounds = new Uint8Array(3 * stations);
    let most = this.#candidateCell.length;
    for (const { groups } of sites) {
      for (const { stations } of groups) {
        most = Math.max(
          most,
          stations.reduce((sum, { count }) => sum + count, 0),
        );
      }
    }
    if (most === this.#candidateCell.length) return;
    this.#candidateCell = new Int32Array(most);
    this.#candidateLevel = new Float64Array(most);
  }

  /** The means around a site with a ground height, worked out when first asked for: many sites never are. */
  #meansOf(site: NetworkSite, terrain: TerrainRaster): SiteMeans {
    if (this.#siteMeans) return this.#siteMeans;
    const means = groundMeans(terrain, site.east_m, site.north_m, this.#siteGround);
    this.#siteMeans = { means, lowest_m: lowestMean(means) };
    this.#means.set(site, this.#siteMeans);
    return this.#siteMeans;
  }

  /** The greatest effective height an antenna of the site can have in the ring in hand, m. */
  #greatestHeight(height_m: number, ringEnd: number): number {
    const { effective_height, effective_height_max_m } = this.#input.parameters;
    if (!effective_height || Number.isNaN(this.#siteGround) || ringEnd <= LONG_PATH_M) return height_m;
    const over = this.#siteMeans ? height_m - this.#siteMeans.lowest_m : effective_height_max_m;
    return Math.max(height_m, Math.min(over, effective_height_max_m));
  }

  /** Bounds of every station of a site from `inner` outwards: in the main beam, without obstacles, at its highest. */
  #boundRing(site: NetworkSite, inner: number, ringEnd: number): void {
    const logKm = Math.log10(inner / 1000);
    for (const { height_m, stations } of site.groups) {
      const logHeight = Math.log10(this.#greatestHeight(height_m, ringEnd));
      for (const station of stations) {
        const loss = lossAt(station.loss, inner, logKm, logHeight);
        const margin = station.eirp_max_dbm - loss - station.required_dbm + BOUND_SLACK_DB;
        const at = 3 * station.index;
        this.#bounds[at] = valueOf(margin);
        this.#bounds[at + 1] = valueOf(margin - station.uncertainty_min_db);
        this.#bounds[at + 2] = valueOf(margin + station.uncertainty_max_db);
      }
    }
  }

  /** Visits the wanted squares whose centres are more than `inner` and at most `outer` away. */
  #ring(site: NetworkSite, inner: number, outer: number, fromRow: number, toRow: number): void {
    const { cols, grid_m, origin_e_m, origin_n_m } = this.#input.frame;
    const x = (site.east_m - origin_e_m) / grid_m - 0.5;
    const y = (site.north_m - origin_n_m) / grid_m - 0.5;
    const far = outer / grid_m + RING_SLACK;
    const near = inner / grid_m + RING_SLACK;
    const end = Math.min(toRow, Math.floor(y + far) + 1);
    for (let row = Math.max(fromRow, Math.ceil(y - far)); row < end; row++) {
      const dy = Math.abs(row - y);
      const half = Math.sqrt(Math.max(0, far * far - dy * dy));
      const west = Math.max(0, Math.ceil(x - half));
      const east = Math.min(cols - 1, Math.floor(x + half));
      if (inner > 0 && dy < near) {
        const hole = Math.sqrt(near * near - dy * dy);
        this.#span(site, row, west, Math.min(east, Math.ceil(x - hole) - 1));
        this.#span(site, row, Math.max(west, Math.floor(x + hole) + 1), east);
      } else {
        this.#span(site, row, west, east);
      }
    }
  }

  /** Visits the wanted squares of a row from column `west` to `east`, both included. */
  #span(site: NetworkSite, row: number, west: number, east: number): void {
    const { frame, wanted } = this.#input;
    const { cols, grid_m, origin_e_m, origin_n_m } = frame;
    this.#north = origin_n_m + (row + 0.5) * grid_m;
    for (let col = west; col <= east; col++) {
      const square = row * cols + col;
      if (wanted[square] === 0) continue;
      this.#square = square;
      this.#east = origin_e_m + (col + 0.5) * grid_m;
      this.#visit(site);
    }
  }

  #visit(site: NetworkSite): void {
    let located = false;
    const { groups } = site;
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i] as AntennaGroup;
      if (!this.#isWorthwhile(group.stations)) continue;
      if (!located) this.#locate(site);
      located = true;
      if (this.#distance <= group.reach_m) this.#visitGroup(site, group);
    }
  }

  /** Whether any station of a group could change the square in hand by the bounds of the ring. */
  #isWorthwhile(stations: readonly StationCells[]): boolean {
    const square = this.#square;
    const bounds = this.#bounds;
    for (let i = 0; i < stations.length; i++) {
      const { index, layer, spread } = stations[i] as StationCells;
      const at = 3 * index;
      if (((this.#levels[layer] as Uint8Array)[square] as number) <= (bounds[at] as number)) return true;
      if (spread < 0) continue;
      if (((this.#lows[spread] as Uint8Array)[square] as number) <= (bounds[at + 1] as number)) return true;
      if (((this.#highs[spread] as Uint8Array)[square] as number) <= (bounds[at + 2] as number)) return true;
    }
    return false;
  }

  #locate(site: NetworkSite): void {
    this.visits++;
    this.#dx = this.#east - site.east_m;
    this.#dy = this.#north - site.north_m;
    this.#distance = pathLength(this.#dx, this.#dy);
    this.#logKm = Math.log10(this.#distance / 1000);
    this.#bearing = gridBearing(this.#dx, this.#dy);
    this.#known = this.#groundKnown(site);
  }

  /** What is known of the ground on the way without walking it. */
  #groundKnown(site: NetworkSite): number {
    const { terrain, ground, missing } = this.#input;
    if (!terrain || Number.isNaN(this.#siteGround) || Number.isNaN(ground[this.#square] as number)) return NONE;
    if (missing === null) return COMPLETE;
    const { step_m, origin_e_m, origin_n_m, cols } = terrain;
    const across = cols + 1;
    const west = Math.floor((Math.min(site.east_m, this.#east) - origin_e_m) / step_m);
    const east = Math.ceil((Math.max(site.east_m, this.#east) - origin_e_m) / step_m) + 1;
    const south = Math.floor((Math.min(site.north_m, this.#north) - origin_n_m) / step_m) * across;
    const north = (Math.ceil((Math.max(site.north_m, this.#north) - origin_n_m) / step_m) + 1) * across;
    const count =
      (missing[north + east] as number) -
      (missing[north + west] as number) -
      (missing[south + east] as number) +
      (missing[south + west] as number);
    return count === 0 ? COMPLETE : UNSURE;
  }

  #settleGround(site: NetworkSite): void {
    const complete = this.#walk?.isComplete(site.east_m, site.north_m, this.#east, this.#north, this.#distance);
    this.#known = complete ? COMPLETE : NONE;
  }

  /** log10 of the antenna height the model takes, if the ground on the way is known. */
  #logHeight(site: NetworkSite, group: AntennaGroup): number {
    const { parameters, terrain } = this.#input;
    if (this.#known === NONE || !terrain || !parameters.effective_height || !isLongPath(this.#distance))
      return group.log_height;
    const { means } = this.#meansOf(site, terrain);
    const mean = meanGroundOver(means, this.#bearing, this.#distance);
    return Math.log10(effectiveHeight(group.height_m, mean, this.#distance, parameters.effective_height_max_m));
  }

  #depression(group: AntennaGroup): number {
    const { ground, parameters } = this.#input;
    const rise = this.#known === COMPLETE ? this.#siteGround - (ground[this.#square] as number) : 0;
    return depressionAngle(rise + group.height_m, parameters.receiver_height_m, this.#distance);
  }

  #visitGroup(site: NetworkSite, group: AntennaGroup): void {
    const { parameters } = this.#input;
    const { front_to_back_db, vertical_beamwidth_deg, side_lobe_db } = parameters;
    const bearing = this.#bearing - site.north_bearing_deg;
    let logHeight = Number.NaN;
    let depression = Number.NaN;
    this.#count = 0;
    this.#limit = Number.NEGATIVE_INFINITY;
    for (const station of group.stations) {
      if (this.#distance > station.range_cap_m) continue;
      if (station.loss.hata && logHeight !== logHeight) logHeight = this.#logHeight(site, group);
      let loss = lossAt(station.loss, this.#distance, this.#logKm, logHeight);
      if (!this.#mayMatter(station, station.eirp_max_dbm - loss - station.required_dbm)) continue;
      for (let cell = 0; cell < station.count; cell++) {
        const eirp = station.eirp_dbm[cell] as number;
        const azimuth = station.azimuth_deg[cell] as number;
        const horizontal =
          azimuth === azimuth
            ? horizontalPattern(bearing - azimuth, station.beamwidth_deg[cell] as number, front_to_back_db)
            : 0;
        // Without the vertical pattern first: the angle is only worked out where it matters.
        if (!(this.#slack(station, cell, eirp + horizontal - loss - station.required_dbm) >= 0)) continue;
        if (depression !== depression) {
          if (this.#known === UNSURE) {
            this.#settleGround(site);
            logHeight = this.#logHeight(site, group);
            if (station.loss.hata) loss = lossAt(station.loss, this.#distance, this.#logKm, logHeight);
          }
          depression = this.#depression(group);
        }
        const tilt = station.tilt_deg[cell] as number;
        const vertical = verticalPattern(depression, tilt, vertical_beamwidth_deg, side_lobe_db);
        const level = eirp + combinedGain(horizontal, vertical, front_to_back_db) - loss;
        const slack = this.#slack(station, cell, level - station.required_dbm);
        if (slack >= 0) this.#addCandidate(station, cell, level, slack);
      }
    }
    if (this.#count > 0) this.#compete(site, group);
  }

  /** Whether any cell of a station could change the square with this margin, leaving ranks aside. */
  #mayMatter(station: StationCells, margin_db: number): boolean {
    const square = this.#square;
    const { layers, low, high } = this.#target;
    const layer = layers[station.layer] as BestGrid;
    if (margin_db >= (MARGIN_OF[layer.values[square] as number] as number)) return true;
    if (station.spread < 0) return false;
    const lowBest = (low[station.spread] as BestGrid).values[square] as number;
    const highBest = (high[station.spread] as BestGrid).values[square] as number;
    return (
      margin_db - station.uncertainty_min_db >= (MARGIN_OF[lowBest] as number) ||
      margin_db + station.uncertainty_max_db >= (MARGIN_OF[highBest] as number)
    );
  }

  /** How many dB a cell may lose and still change the square; negative = it cannot. */
  #slack(station: StationCells, cell: number, margin_db: number): number {
    const square = this.#square;
    const { layers, low, high } = this.#target;
    let slack = margin_db - needed(layers[station.layer] as BestGrid, square, station.rank[cell] as number);
    if (station.spread < 0) return slack;
    const rank = station.spreadRank[cell] as number;
    const uncertainty = station.uncertainty_db[cell] as number;
    slack = Math.max(slack, margin_db - uncertainty - needed(low[station.spread] as BestGrid, square, rank));
    return Math.max(slack, margin_db + uncertainty - needed(high[station.spread] as BestGrid, square, rank));
  }

  #addCandidate(station: StationCells, cell: number, level: number, slack: number): void {
    const at = this.#count++;
    this.#candidateStation[at] = station;
    this.#candidateCell[at] = cell;
    this.#candidateLevel[at] = level;
    const limit = edgeLimit(slack, station.nuFactor);
    if (limit > this.#limit) this.#limit = limit;
  }

  /** Takes what obstacles cost off the candidates' levels and writes those that win. */
  #compete(site: NetworkSite, group: AntennaGroup): void {
    const { ground, parameters } = this.#input;
    const { receiver_height_m } = parameters;
    const distance = this.#distance;
    let edge = Number.NEGATIVE_INFINITY;
    let smooth = Number.NaN;
    if (this.#known === COMPLETE && this.#walk) {
      this.walks++;
      const limit = isInSight(distance, group.height_m, receiver_height_m) ? this.#limit : Number.POSITIVE_INFINITY;
      const top = this.#siteGround + group.height_m;
      const end = (ground[this.#square] as number) + receiver_height_m;
      edge = this.#walk.edge(site.east_m, site.north_m, top, this.#east, this.#north, end, distance, limit);
      if (edge === Number.POSITIVE_INFINITY) return;
    }
    for (let i = 0; i < this.#count; i++) {
      const station = this.#candidateStation[i] as StationCells;
      let level = this.#candidateLevel[i] as number;
      if (edge * station.nuFactor > -0.78) {
        if (smooth !== smooth) smooth = smoothEdge(distance, group.height_m, receiver_height_m);
        level -= excessLoss(edge, smooth, station.nuFactor, distance);
      }
      this.#write(station, this.#candidateCell[i] as number, level - station.required_dbm);
    }
  }

  #write(station: StationCells, cell: number, margin_db: number): void {
    const square = this.#square;
    const { layers, low, high } = this.#target;
    put(layers[station.layer] as BestGrid, square, valueOf(margin_db), station.rank[cell] as number);
    if (station.spread < 0) return;
    const rank = station.spreadRank[cell] as number;
    const uncertainty = station.uncertainty_db[cell] as number;
    put(low[station.spread] as BestGrid, square, valueOf(margin_db - uncertainty), rank);
    put(high[station.spread] as BestGrid, square, valueOf(margin_db + uncertainty), rank);
  }
}

/** Least margin with which a rank changes a square: the byte there if it goes before the server, else one more. */
function needed({ values, servers }: BestGrid, square: number, rank: number): number {
  const value = values[square] as number;
  const server = servers[square] as number;
  return MARGIN_OF[server !== 0 && rank + 1 >= server ? value + 1 : value] as number;
}

/** Keeps the better of what is there and a newcomer: the higher byte, of equal ones the lower rank. */
export function put({ values, servers }: BestGrid, square: number, value: number, rank: number): void {
  const best = values[square] as number;
  if (value < best || value === 0 || (value === best && rank + 1 >= (servers[square] as number))) return;
  values[square] = value;
  servers[square] = rank + 1;
}
