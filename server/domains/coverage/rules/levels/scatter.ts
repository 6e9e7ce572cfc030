/**
 * Many cells over many squares: the inner loop of the level engine.
 *
 * Squares are visited site by site in rings, near ones first: a path over the terrain is only walked where its level
 * without obstacles would still change something. A site's cells share distance and bearing, those at one height the
 * profile. What is left out is left out by bounds that hold in floating point too (every operation on the way to a level
 * is monotone), so the bytes are those of `pathLevel`, in whatever order.
 */
import type { CoverageParameters } from '../coverage-parameters.ts';
import type { GridFrame } from '../grid.ts';
import { lossAt, MIN_PATH_M } from '../model-loss.ts';
import { combinedGain, depressionAngle, horizontalPattern, verticalPattern } from '../propagation/sector-3d.ts';
import { Contest, type ScatterTarget, type StationBounds } from './best-grid.ts';
import { effectiveHeight, greatestHeight, isLongPath, lowestMean, SiteMeans } from './ground-means.ts';
import type { AntennaGroup, Network, NetworkSite, StationCells } from './network.ts';
import { gridBearing, pathLength, valueOf } from './path-terms.ts';
import { edgeLimit, excessLoss, ProfileWalk, siteGroundTowards, smoothEdge, smoothLossMost } from './profile-walk.ts';
import { BOUND_SLACK_DB, boxOf, RING_ENDS_M, RING_SLACK, reaches, type WantedRows, wantedRows } from './rings.ts';
import { groundAt, isOnRaster, type TerrainRaster } from './terrain-raster.ts';

export interface ScatterInput {
  frame: GridFrame;
  wanted: Uint8Array;
  /** `groundOfSquares` of the terrain. */
  ground: Float64Array;
  terrain: TerrainRaster | null;
  parameters: CoverageParameters;
}

export class Scatter {
  readonly #input: ScatterInput;
  readonly #contest: Contest;
  readonly #walk: ProfileWalk | null;
  readonly #means = new Map<NetworkSite, SiteMeans>();
  /** Per site: the lowest mean by ring; NaN until it is asked for. */
  readonly #lows = new Map<NetworkSite, Float64Array>();
  /** Per station: the highest bytes it can have in the ring in hand: level, low and high. */
  #bounds: StationBounds = new Uint8Array(0);
  /** Per station: the most a smooth Earth costs it in the ring in hand, dB. */
  #smoothMost = new Float64Array(0);
  /** Antenna groups of the site in hand with stations that reach the ring in hand, and those stations. */
  #within = 0;
  readonly #group: AntennaGroup[] = [];
  readonly #stations: StationCells[][] = [];

  /** Paths walked over the terrain so far. */
  walks = 0;

  // The path in hand: site to square.
  #siteGround = Number.NaN;
  #siteOnRaster = false;
  #siteMeans: SiteMeans | null = null;
  #lowest = 0;
  #square = 0;
  #east = 0;
  #north = 0;
  #dx = 0;
  #dy = 0;
  #distance = 0;
  #logKm = 0;
  #bearing = 0;
  /** Ground at the site as this path takes it: NaN until it is asked for. */
  #pathGround = 0;
  /** Whether the ground at the square is known: obstacles count. */
  #overGround = false;

  // Candidates of one antenna group on the square in hand.
  #count = 0;
  readonly #candidateStation: StationCells[] = [];
  #candidateCell = new Int32Array(0);
  #candidateLevel = new Float64Array(0);
  #limit = 0;

  constructor(input: ScatterInput, target: ScatterTarget) {
    this.#input = input;
    this.#contest = new Contest(target);
    this.#walk = input.terrain ? new ProfileWalk(input.terrain, input.parameters.profile_step_m) : null;
  }

  /**
   * Scatters the sites of a network over the rows `fromRow` to `toRow` (exclusive).
   * @param pause called now and then; it may throw to end the work
   */
  run(network: Network, fromRow: number, toRow: number, pause: () => void = () => {}): void {
    const { terrain, frame, wanted } = this.#input;
    const rows = wantedRows(frame, wanted, fromRow, toRow);
    const box = boxOf(rows, frame);
    const near = network.sites.filter((site) => reaches(site, site.reach_m, box));
    this.#makeRoom(network);
    let inner = -1;
    for (const [ring, ringEnd] of RING_ENDS_M.entries()) {
      for (const site of near) {
        if (site.reach_m <= inner) continue;
        pause();
        this.#siteGround = terrain ? groundAt(terrain, site.east_m, site.north_m) : Number.NaN;
        this.#siteOnRaster = terrain !== null && isOnRaster(terrain, site.east_m, site.north_m);
        this.#siteMeans = this.#means.get(site) ?? null;
        this.#lowest = this.#lowestMean(site, ring);
        const outer = Math.min(ringEnd, site.reach_m);
        this.#enterRing(site, inner, outer);
        if (this.#within > 0) this.#ring(site, inner, outer, rows);
      }
      inner = ringEnd;
    }
  }

  #makeRoom({ stations, fullest }: Network): void {
    if (this.#bounds.length < 3 * stations) {
      this.#bounds = new Uint8Array(3 * stations);
      this.#smoothMost = new Float64Array(stations);
    }
    if (this.#candidateCell.length >= fullest) return;
    this.#candidateCell = new Int32Array(fullest);
    this.#candidateLevel = new Float64Array(fullest);
  }

  /** The means around a site with a ground height. */
  #meansOf(site: NetworkSite, terrain: TerrainRaster): SiteMeans {
    if (this.#siteMeans) return this.#siteMeans;
    this.#siteMeans = new SiteMeans(terrain, site, this.#siteGround);
    this.#means.set(site, this.#siteMeans);
    return this.#siteMeans;
  }

  /** `lowestMean` of the paths in a ring: worked out once per site. */
  #lowestMean(site: NetworkSite, ring: number): number {
    const { terrain, parameters } = this.#input;
    if (!terrain || !parameters.effective_height || Number.isNaN(this.#siteGround)) return 0;
    const lows = this.#lows.get(site) ?? new Float64Array(RING_ENDS_M.length).fill(Number.NaN);
    this.#lows.set(site, lows);
    if (Number.isNaN(lows[ring])) lows[ring] = lowestMean(terrain, site, this.#siteGround, RING_ENDS_M[ring] as number);
    return lows[ring] as number;
  }

  /**
   * Takes the stations of a site into the ring from `inner` to `outer`: those that reach it, with their bounds from there
   * outwards, in the main beam, without obstacles, at their highest.
   */
  #enterRing(site: NetworkSite, inner: number, outer: number): void {
    const { effective_height_max_m, receiver_height_m } = this.#input.parameters;
    const nearest = Math.max(MIN_PATH_M, inner);
    const logKm = Math.log10(nearest / 1000);
    this.#within = 0;
    for (const group of site.groups) {
      if (group.reach_m <= inner) continue;
      const logHeight = Math.log10(greatestHeight(group.height_m, this.#lowest, effective_height_max_m));
      const stations = this.#stationsOf(group);
      for (const station of group.stations) {
        if (station.range_cap_m <= inner) continue;
        const loss = lossAt(station.loss, nearest, logKm, logHeight);
        const margin = station.eirp_max_dbm - loss - station.required_dbm + BOUND_SLACK_DB;
        const at = 3 * station.index;
        this.#bounds[at] = valueOf(margin);
        this.#bounds[at + 1] = valueOf(margin - station.uncertainty_min_db);
        this.#bounds[at + 2] = valueOf(margin + station.uncertainty_max_db);
        // The highest of the three: a byte of 0 is not received anywhere.
        if (this.#bounds[at + 2] === 0) continue;
        if (this.#walk)
          this.#smoothMost[station.index] = smoothLossMost(outer, group.height_m, receiver_height_m, station.nuFactor);
        stations.push(station);
      }
      if (stations.length > 0) this.#within++;
    }
  }

  /** The empty list of a group's stations in the ring in hand. */
  #stationsOf(group: AntennaGroup): StationCells[] {
    const at = this.#within;
    this.#group[at] = group;
    const stations = this.#stations[at] ?? [];
    this.#stations[at] = stations;
    stations.length = 0;
    return stations;
  }

  /** Visits the wanted squares whose centres are more than `inner` and at most `outer` away. */
  #ring(site: NetworkSite, inner: number, outer: number, rows: WantedRows): void {
    const { grid_m, origin_e_m, origin_n_m } = this.#input.frame;
    const x = (site.east_m - origin_e_m) / grid_m - 0.5;
    const y = (site.north_m - origin_n_m) / grid_m - 0.5;
    const far = outer / grid_m + RING_SLACK;
    const near = inner / grid_m + RING_SLACK;
    const end = Math.min(rows.end, Math.floor(y + far) + 1);
    for (let row = Math.max(rows.first, Math.ceil(y - far)); row < end; row++) {
      const dy = Math.abs(row - y);
      const half = Math.sqrt(Math.max(0, far * far - dy * dy));
      const west = Math.max(rows.west[row] as number, Math.ceil(x - half));
      const east = Math.min(rows.east[row] as number, Math.floor(x + half));
      if (west > east) continue;
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
    for (let i = 0; i < this.#within; i++) {
      const stations = this.#stations[i] as StationCells[];
      if (!this.#contest.isWorthwhile(stations, this.#bounds, this.#square)) continue;
      if (!located) this.#locate(site);
      located = true;
      const group = this.#group[i] as AntennaGroup;
      if (this.#distance <= group.reach_m) this.#visitGroup(site, group, stations);
    }
  }

  #locate(site: NetworkSite): void {
    this.#dx = this.#east - site.east_m;
    this.#dy = this.#north - site.north_m;
    this.#distance = pathLength(this.#dx, this.#dy);
    this.#logKm = Math.log10(this.#distance / 1000);
    this.#bearing = gridBearing(this.#dx, this.#dy);
    this.#pathGround = this.#siteGround;
    this.#overGround = this.#siteOnRaster && !Number.isNaN(this.#input.ground[this.#square] as number);
  }

  /** Ground at the site of the path in hand, which leads to a square with known ground. */
  #groundOfSite(site: NetworkSite, walk: ProfileWalk): number {
    if (Number.isNaN(this.#pathGround)) {
      const end_m = this.#input.ground[this.#square] as number;
      const path = [site.east_m, site.north_m, this.#east, this.#north, this.#distance] as const;
      this.#pathGround = siteGroundTowards(walk, ...path, end_m);
    }
    return this.#pathGround;
  }

  /** log10 of the antenna height the model takes. */
  #logHeight(site: NetworkSite, group: AntennaGroup): number {
    const { parameters, terrain } = this.#input;
    const isHigher = this.#overGround && !Number.isNaN(this.#siteGround) && isLongPath(this.#distance);
    if (!isHigher || !terrain || !parameters.effective_height) return group.log_height;
    const mean = this.#meansOf(site, terrain).over(this.#bearing, this.#distance);
    return Math.log10(effectiveHeight(group.height_m, mean, this.#distance, parameters.effective_height_max_m));
  }

  #depression(site: NetworkSite, group: AntennaGroup): number {
    const { ground, parameters } = this.#input;
    const isOver = this.#walk && this.#overGround;
    const rise = isOver ? this.#groundOfSite(site, this.#walk) - (ground[this.#square] as number) : 0;
    return depressionAngle(rise + group.height_m, parameters.receiver_height_m, this.#distance);
  }

  #visitGroup(site: NetworkSite, group: AntennaGroup, stations: readonly StationCells[]): void {
    const { parameters } = this.#input;
    const { front_to_back_db, vertical_beamwidth_deg, side_lobe_db } = parameters;
    const bearing = this.#bearing - site.north_bearing_deg;
    let logHeight = Number.NaN;
    let depression = Number.NaN;
    this.#count = 0;
    this.#limit = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < stations.length; i++) {
      const station = stations[i] as StationCells;
      if (this.#distance > station.range_cap_m) continue;
      if (station.loss.hata && logHeight !== logHeight) logHeight = this.#logHeight(site, group);
      const loss = lossAt(station.loss, this.#distance, this.#logKm, logHeight);
      if (!this.#contest.mayMatter(station, this.#square, station.eirp_max_dbm - loss - station.required_dbm)) continue;
      for (let cell = 0; cell < station.count; cell++) {
        const eirp = station.eirp_dbm[cell] as number;
        const azimuth = station.azimuth_deg[cell] as number;
        const horizontal =
          azimuth === azimuth
            ? horizontalPattern(bearing - azimuth, station.beamwidth_deg[cell] as number, front_to_back_db)
            : 0;
        // Without the vertical pattern first: the angle is only worked out where it matters.
        if (!(this.#contest.slack(station, cell, this.#square, eirp + horizontal - loss - station.required_dbm) >= 0))
          continue;
        if (depression !== depression) depression = this.#depression(site, group);
        const tilt = station.tilt_deg[cell] as number;
        const vertical = verticalPattern(depression, tilt, vertical_beamwidth_deg, side_lobe_db);
        const level = eirp + combinedGain(horizontal, vertical, front_to_back_db) - loss;
        const slack = this.#contest.slack(station, cell, this.#square, level - station.required_dbm);
        if (slack >= 0) this.#addCandidate(station, cell, level, slack);
      }
    }
    if (this.#count > 0) this.#compete(site, group);
  }

  #addCandidate(station: StationCells, cell: number, level: number, slack: number): void {
    const at = this.#count++;
    this.#candidateStation[at] = station;
    this.#candidateCell[at] = cell;
    this.#candidateLevel[at] = level;
    const limit = edgeLimit(slack + (this.#smoothMost[station.index] as number), station.nuFactor);
    if (limit > this.#limit) this.#limit = limit;
  }

  /** Takes what obstacles cost off the candidates' levels and writes those that win. */
  #compete(site: NetworkSite, group: AntennaGroup): void {
    const { ground, parameters } = this.#input;
    const [distance, { receiver_height_m }] = [this.#distance, parameters];
    let edge = Number.NEGATIVE_INFINITY;
    let smooth = Number.NaN;
    if (this.#walk && this.#overGround) {
      this.walks++;
      const [top, end] = [
        this.#groundOfSite(site, this.#walk) + group.height_m,
        (ground[this.#square] as number) + receiver_height_m,
      ];
      edge = this.#walk.edge(site.east_m, site.north_m, top, this.#east, this.#north, end, distance, this.#limit);
      if (edge === Number.POSITIVE_INFINITY) return;
    }
    for (let i = 0; i < this.#count; i++) {
      const station = this.#candidateStation[i] as StationCells;
      let level = this.#candidateLevel[i] as number;
      if (edge * station.nuFactor > -0.78) {
        if (smooth !== smooth) smooth = smoothEdge(distance, group.height_m, receiver_height_m);
        level -= excessLoss(edge, smooth, station.nuFactor, distance);
      }
      this.#contest.enter(station, this.#candidateCell[i] as number, this.#square, level - station.required_dbm);
    }
  }
}
