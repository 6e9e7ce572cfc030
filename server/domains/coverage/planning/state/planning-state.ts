/**
 * The ground and the levels of one day, kept by the planning worker between questions. Levels are computed, or taken
 * over from a stored run, when a technology is first asked for.
 */
import { inflateSync } from 'node:zlib';
import { levelsBasis } from '../../earlier-run.ts';
import { type CommuneCount, type CommuneFigure, countCommunes, figuresOfCounts } from '../../rules/commune-figures.ts';
import { UNASSIGNED } from '../../rules/commune-squares.ts';
import type { RunGround } from '../../rules/coverage-types.ts';
import { squareAt } from '../../rules/grid.ts';
import { groupBy } from '../../rules/group-by.ts';
import { doubtfulMask, layGround } from '../../rules/lay-run.ts';
import {
  computeLevels,
  type DoubtfulCell,
  type LevelLayer,
  type RadioCell,
  type SettledCells,
  settleCells,
  squaresWithoutHeight,
  updateLevels,
} from '../../rules/levels/index.ts';
import { type Projector, projectorFor } from '../../rules/projection.ts';
import { shareArrays } from '../../rules/share-arrays.ts';
import type { PackedLayer, PlanningInventory, StoredLevels, Subject } from '../planning-types.ts';
import { type BestLevels, bestOf, type LayerCells, type SquareLevels } from '../rules/level-change.ts';
import type { PlanningCell, PlanningGround, PlanningSite } from '../rules/planning-ground.ts';
import { type LevelGround, levelsAbove } from './level-window.ts';

/** With fewer cells as they were than this share, computing all of them is the quicker way. */
const MOST_OF = 0.9;
/** How near a site must be to tell the surroundings of a point, m. */
const SURROUNDINGS_M = 5_000;
/** Planned cells given to the level engine at once. */
const CELLS_AT_A_TIME = 48;
/** As for sites: a position this near to a commune counts as in it, m. */
const NEAR_PROVINCE_M = 2_000;

/** The cell without its error band, which planning does not ask about: levels are the same and computed faster. */
export const certain = (cell: RadioCell): RadioCell => ({ ...cell, uncertainty_db: 0 });

/** Values are two bytes, little-endian, whatever the computer. */
function unpackLayer({ levels, servers, ...key }: PackedLayer): LevelLayer {
  const bytes = inflateSync(servers);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    ...key,
    levels: new Uint8Array(inflateSync(levels)),
    servers: Uint16Array.from({ length: bytes.byteLength / 2 }, (_, i) => view.getUint16(2 * i, true)),
  };
}

/** Levels and figures before any change. */
export interface Before {
  best: BestLevels<RadioCell>;
  /** What cells that are not trusted might reach; null = there are none. */
  doubtful: Uint8Array | null;
  counts: CommuneCount[];
  figures: CommuneFigure[];
}

export interface Point {
  east_m: number;
  north_m: number;
}

const keyOf = ({ operator_id, technology }: { operator_id: number | null; technology: string }): string =>
  `${technology}|${operator_id ?? 'any'}`;

/** Lays the ground of a day, in shared memory: each thread that answers about the day reads the same. */
export function layPlanning({ parameters, communes, population }: PlanningInventory): RunGround {
  return shareArrays(layGround(communes, parameters, projectorFor(parameters.grid_srid), population));
}

export class PlanningState {
  readonly inventory: PlanningInventory;
  readonly projector: Projector;
  readonly ground: RunGround;
  readonly levelGround: LevelGround;
  /** 1 = the square belongs to a commune. */
  readonly inside: Uint8Array;
  readonly settled: SettledCells;
  readonly planning: PlanningGround;
  /** Sites by index, where they are on the grid. */
  readonly sitePoints: Point[];
  readonly cellById: ReadonlyMap<number, PlanningCell>;
  readonly #cells: Map<string, RadioCell[]>;
  readonly #doubtful: Map<string, DoubtfulCell[]>;
  readonly #layers = new Map<string, LayerCells<RadioCell>[]>();
  readonly #before = new Map<string, Before>();
  #basis: string | undefined;
  #withoutHeight: Uint8Array | undefined;
  readonly #stored = new Map<string, StoredLevels | null>();

  /** @param ground what `layPlanning` made of the inventory; of it the inventory's polygons and people are not needed again */
  constructor(inventory: PlanningInventory, ground: RunGround = layPlanning(inventory)) {
    const { parameters, cells, sites, terrain } = inventory;
    this.inventory = inventory;
    this.projector = projectorFor(parameters.grid_srid);
    this.ground = ground;
    const { frame } = this.ground.squares;
    this.levelGround = { frame, terrain, parameters };
    this.inside = this.ground.wanted;
    this.settled = settleCells(cells, parameters, this.projector);
    this.#cells = groupBy(this.settled.cells.map(certain), keyOf);
    this.#doubtful = groupBy(this.settled.doubtful, keyOf);
    this.cellById = new Map(cells.map((cell) => [cell.cell_id, cell]));
    this.sitePoints = sites.map(({ lon, lat }) => this.pointOf(lon, lat));
    this.planning = this.#planningGround();
  }

  pointOf(lon: number, lat: number): Point {
    const [east_m, north_m] = this.projector.forward(lon, lat);
    return { east_m, north_m };
  }

  /** The square at a point; −1 = outside the grid. */
  squareAt({ east_m, north_m }: Point): number {
    return squareAt(this.levelGround.frame, east_m, north_m);
  }

  centreOf(square: number): Point {
    const { origin_e_m, origin_n_m, grid_m, cols } = this.levelGround.frame;
    const row = Math.floor(square / cols);
    return {
      east_m: origin_e_m + (square - row * cols + 0.5) * grid_m,
      north_m: origin_n_m + (row + 0.5) * grid_m,
    };
  }

  /** Index of the commune at a point; −1 = none. */
  communeAt(point: Point): number {
    const { commune } = this.ground.squares;
    const square = this.squareAt(point);
    const index = square < 0 ? UNASSIGNED : (commune[square] as number);
    return index === UNASSIGNED ? -1 : index;
  }

  /** The site nearest to a point within a distance; null = none. */
  nearestSite({ east_m, north_m }: Point, within_m: number): PlanningSite | null {
    let nearest: PlanningSite | null = null;
    let best = within_m;
    this.sitePoints.forEach((point, index) => {
      const metres = Math.hypot(point.east_m - east_m, point.north_m - north_m);
      if (metres > best) return;
      best = metres;
      nearest = this.inventory.sites[index] as PlanningSite;
    });
    return nearest;
  }

  #planningGround(): PlanningGround {
    const { sites, cells, operators, parameters } = this.inventory;
    const siteById = new Map(sites.map((site) => [site.site_id, site]));
    const cellsBySite = groupBy(cells, ({ site_id }) => site_id);
    const codes = new Map(operators.map(({ operator_id, code }) => [operator_id, code]));
    return {
      parameters,
      siteOf: (site_id) => siteById.get(site_id),
      cellsAt: (site_id) => cellsBySite.get(site_id) ?? [],
      isInProvince: (lon, lat) => this.#isNearProvince(this.pointOf(lon, lat)),
      nearestSite: (lon, lat) => this.nearestSite(this.pointOf(lon, lat), SURROUNDINGS_M),
      distance: (from, to) => {
        const [a, b] = [this.pointOf(from.lon, from.lat), this.pointOf(to.lon, to.lat)];
        return Math.hypot(a.east_m - b.east_m, a.north_m - b.north_m);
      },
      operatorName: (operator_id) => (operator_id === null ? 'any operator' : (codes.get(operator_id) ?? 'it')),
    };
  }

  #isNearProvince(point: Point): boolean {
    if (this.communeAt(point) >= 0) return true;
    const { frame, commune } = this.ground.squares;
    const reach = Math.ceil(NEAR_PROVINCE_M / frame.grid_m);
    const col = Math.floor((point.east_m - frame.origin_e_m) / frame.grid_m);
    const row = Math.floor((point.north_m - frame.origin_n_m) / frame.grid_m);
    for (let r = Math.max(0, row - reach); r <= Math.min(frame.rows - 1, row + reach); r++) {
      for (let c = Math.max(0, col - reach); c <= Math.min(frame.cols - 1, col + reach); c++) {
        if (commune[r * frame.cols + c] === UNASSIGNED) continue;
        if (Math.hypot(r - row, c - col) <= reach) return true;
      }
    }
    return false;
  }

  /** The subjects whose levels a question needs: the operator's, or those of all operators with cells. */
  #operatorsOf({ operator_id, technology }: Subject): Subject[] {
    if (operator_id !== null) return [{ operator_id, technology }];
    const keys = new Set([...this.#cells.keys(), ...this.#doubtful.keys()]);
    return this.inventory.operators
      .map((operator): Subject => ({ operator_id: operator.operator_id, technology }))
      .filter((subject) => keys.has(keyOf(subject)));
  }

  /** 1 = the square belongs to a commune and the height of its ground is not known; all of them without terrain. */
  get withoutHeight(): Uint8Array {
    this.#withoutHeight ??= squaresWithoutHeight(this.levelGround.frame, this.inside, this.levelGround.terrain);
    return this.#withoutHeight;
  }

  /** Digest of everything levels depend on but the cells: of a run with the same one, levels may be taken over. */
  get basis(): string {
    this.#basis ??= levelsBasis({ ...this.levelGround, wanted: this.inside });
    return this.#basis;
  }

  /** Whether the levels of a technology were offered, or found to be nowhere. */
  hasOffer(technology: string): boolean {
    return this.#stored.has(technology);
  }

  /** Offers the levels of a stored run for a technology; null = there are none to take over. */
  offerStored(technology: string, stored: StoredLevels | null): void {
    this.#stored.set(technology, stored);
  }

  /** Levels of a subject: taken over from the stored run as far as its cells are as they were, else computed. */
  #layersOf(subject: Subject, cells: readonly RadioCell[]): LevelLayer[] {
    const input = { ...this.levelGround, wanted: this.inside, cells };
    const stored = this.#stored.get(subject.technology);
    const layers = stored?.layers.filter((layer) => keyOf(layer) === keyOf(subject)) ?? [];
    const signatures = new Map(
      layers.flatMap(({ cell_ids }) => cell_ids.map((id) => [id, stored?.signatures.get(id) ?? ''] as const)),
    );
    const same = cells.filter(({ cell_id, signature }) => signatures.get(cell_id) === signature).length;
    if (same < MOST_OF * Math.max(cells.length, signatures.size))
      return cells.length === 0 ? [] : computeLevels(input).layers;
    const grids = { frame: input.frame, layers: layers.map(unpackLayer), spreads: [] };
    return updateLevels({ grids, signatures }, input).grids.layers;
  }

  #operatorLayers(subject: Subject): LayerCells<RadioCell>[] {
    const known = this.#layers.get(keyOf(subject));
    if (known) return known;
    const cells = this.#cells.get(keyOf(subject)) ?? [];
    const made = this.#layersOf(subject, cells).map((layer) => ({
      layer,
      cells: cells.filter(({ band_mhz }) => band_mhz === layer.band_mhz),
    }));
    this.#layers.set(keyOf(subject), made);
    return made;
  }

  /** Cells of a subject that cover nothing, because their position or values cannot be trusted. */
  doubtfulCells(subject: Subject): DoubtfulCell[] {
    return this.#operatorsOf(subject).flatMap((operator) => this.#doubtful.get(keyOf(operator)) ?? []);
  }

  /** Squares that doubtful cells might reach; null when there is none. */
  doubtfulMask(cells: readonly DoubtfulCell[]): Uint8Array | null {
    return doubtfulMask(cells, this.levelGround.frame);
  }

  /** Levels before any change, with the figures of GET /coverage/communes. */
  before(subject: Subject): Before {
    const known = this.#before.get(keyOf(subject));
    if (known) return known;
    const layers = this.#operatorsOf(subject).flatMap((operator) => this.#operatorLayers(operator));
    const best = bestOf(layers, this.inside.length);
    const doubtful = this.doubtfulMask(this.doubtfulCells(subject));
    const counts = countCommunes({ levels: best.levels, low: null, high: null }, doubtful, this.ground);
    const figures = figuresOfCounts(counts, this.inventory.parameters.covered_from_pct);
    const made: Before = { best, doubtful, counts, figures };
    this.#before.set(keyOf(subject), made);
    return made;
  }

  /** The best levels of cells above a floor; see `levelsAbove`. Few cells at a time: the engine bounds those of a mast. */
  levelsAbove(cells: readonly RadioCell[], floor: Uint8Array): SquareLevels {
    if (cells.length <= CELLS_AT_A_TIME || cells.some(({ cell_id }) => cell_id > 0))
      return levelsAbove(cells, floor, this.levelGround);
    const squares: number[] = [];
    const values: number[] = [];
    for (let start = 0; start < cells.length; start += CELLS_AT_A_TIME) {
      const part = levelsAbove(cells.slice(start, start + CELLS_AT_A_TIME), floor, this.levelGround);
      for (let i = 0; i < part.squares.length; i++) {
        squares.push(part.squares[i] as number);
        values.push(part.values[i] as number);
      }
    }
    return { squares, values };
  }
}
