/** The grids cells compete for: highest byte first, then the lower rank. What can still change a square, and changing it. */
import { LEVEL_CAP } from './level-types.ts';
import type { StationCells } from './network.ts';
import { leastMargin, valueOf } from './path-terms.ts';

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

/** Least margin, dB, by byte; a byte above the cap cannot be had. */
const MARGIN_OF = Float64Array.from({ length: LEVEL_CAP + 2 }, (_, value) =>
  value > LEVEL_CAP ? Infinity : leastMargin(value),
);

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

const valuesOf = ({ values }: BestGrid): Uint8Array => values;

/** The highest bytes each station of a network can have, three a station: level, low and high. */
export type StationBounds = Uint8Array;

/** The contest for the squares of a target. Margins are dB above the required level. */
export class Contest {
  readonly #target: ScatterTarget;
  readonly #levels: Uint8Array[];
  readonly #lows: Uint8Array[];
  readonly #highs: Uint8Array[];

  constructor(target: ScatterTarget) {
    this.#target = target;
    this.#levels = target.layers.map(valuesOf);
    this.#lows = target.low.map(valuesOf);
    this.#highs = target.high.map(valuesOf);
  }

  /** Whether any of the stations could change a square by their bounds. */
  isWorthwhile(stations: readonly StationCells[], bounds: StationBounds, square: number): boolean {
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

  /** Whether any cell of a station could change the square with this margin, leaving ranks aside. */
  mayMatter(station: StationCells, square: number, margin_db: number): boolean {
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
  slack(station: StationCells, cell: number, square: number, margin_db: number): number {
    const { layers, low, high } = this.#target;
    let slack = margin_db - needed(layers[station.layer] as BestGrid, square, station.rank[cell] as number);
    if (station.spread < 0) return slack;
    const rank = station.spreadRank[cell] as number;
    const uncertainty = station.uncertainty_db[cell] as number;
    slack = Math.max(slack, margin_db - uncertainty - needed(low[station.spread] as BestGrid, square, rank));
    return Math.max(slack, margin_db + uncertainty - needed(high[station.spread] as BestGrid, square, rank));
  }

  /** Enters a cell's margin; it stays where it is the best. */
  enter(station: StationCells, cell: number, square: number, margin_db: number): void {
    const { layers, low, high } = this.#target;
    put(layers[station.layer] as BestGrid, square, valueOf(margin_db), station.rank[cell] as number);
    if (station.spread < 0) return;
    const rank = station.spreadRank[cell] as number;
    const uncertainty = station.uncertainty_db[cell] as number;
    put(low[station.spread] as BestGrid, square, valueOf(margin_db - uncertainty), rank);
    put(high[station.spread] as BestGrid, square, valueOf(margin_db + uncertainty), rank);
  }
}
