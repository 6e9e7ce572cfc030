/**
 * Cells arranged for the scatter: by site, antenna height and layer, so that what they share is computed once. Numbers
 * only in the inner parts.
 */
import type { CoverageParameters, Technology } from '../coverage-parameters.ts';
import { TECHNOLOGIES } from '../coverage-parameters.ts';
import { groupBy } from '../group-by.ts';
import type { ModelLoss } from '../model-loss.ts';
import type { LayerKey } from './level-types.ts';
import { lossOf } from './path-terms.ts';
import { nuPerG } from './profile-walk.ts';
import type { RadioCell } from './radio-cells.ts';

/** The cells of one layer at one height of one site, as columns. */
export interface StationCells {
  /** Number of the station in its network. */
  index: number;
  /** Index into the layers. */
  layer: number;
  /** Index into the spreads; −1 = nothing uncertain. */
  spread: number;
  loss: ModelLoss;
  nuFactor: number;
  range_cap_m: number;
  required_dbm: number;
  count: number;
  /** Highest EIRP, and the ends of the cells' uncertainties. */
  eirp_max_dbm: number;
  uncertainty_min_db: number;
  uncertainty_max_db: number;
  /** Per cell: rank in its layer and in its spread, and its radio facts. NaN azimuth = omnidirectional. */
  rank: Int32Array;
  spreadRank: Int32Array;
  eirp_dbm: Float64Array;
  azimuth_deg: Float64Array;
  beamwidth_deg: Float64Array;
  tilt_deg: Float64Array;
  uncertainty_db: Float64Array;
}

/** Antennas of one site at one height. */
export interface AntennaGroup {
  height_m: number;
  log_height: number;
  reach_m: number;
  stations: StationCells[];
}

export interface NetworkSite {
  east_m: number;
  north_m: number;
  north_bearing_deg: number;
  reach_m: number;
  groups: AntennaGroup[];
}

export interface SpreadKey {
  operator_id: number;
  technology: Technology;
}

export interface LayerCells extends LayerKey {
  required_dbm: number;
  /** Rising. */
  cell_ids: number[];
}

export interface SpreadCells extends SpreadKey {
  cell_ids: number[];
}

/** Layers and spreads with their cells: what the numbers in the grids mean. */
export interface Ranking {
  layers: LayerCells[];
  spreads: SpreadCells[];
  /** Index and ranks by the names of layers and spreads. */
  layerRanks: ReadonlyMap<string, Ranks>;
  spreadRanks: ReadonlyMap<string, Ranks>;
}

/** Sites with the cells to scatter. */
export interface Network {
  sites: NetworkSite[];
  /** How many stations there are, and how many cells the fullest antenna group has. */
  stations: number;
  fullest: number;
}

interface Ranks {
  index: number;
  ranks: ReadonlyMap<number, number>;
}

/** As many servers as two bytes can tell apart, 0 being none. */
const MOST_CELLS = 65_534;

const layerText = ({ operator_id, technology, band_mhz }: LayerKey): string =>
  `${technology}|${operator_id}|${band_mhz}`;
const spreadText = ({ operator_id, technology }: SpreadKey): string => `${technology}|${operator_id}`;

export const compareLayers = (a: LayerKey, b: LayerKey): number =>
  TECHNOLOGIES.indexOf(a.technology) - TECHNOLOGIES.indexOf(b.technology) ||
  a.operator_id - b.operator_id ||
  a.band_mhz - b.band_mhz;

/** Cell ids of a layer, rising, and the rank of each. Throws RangeError when they are more than a layer can index. */
function ranked(cells: readonly RadioCell[], what: string): { cell_ids: number[]; ranks: Map<number, number> } {
  const cell_ids = cells.map(({ cell_id }) => cell_id).sort((a, b) => a - b);
  if (cell_ids.length > MOST_CELLS)
    throw new RangeError(`${cell_ids.length} cells of ${what} are too many for a layer`);
  return { cell_ids, ranks: new Map(cell_ids.map((id, rank) => [id, rank])) };
}

function stationOf(
  index: number,
  cells: readonly RadioCell[],
  layer: Ranks,
  spread: Ranks | undefined,
  parameters: CoverageParameters,
): StationCells {
  const [first] = cells as [RadioCell, ...RadioCell[]];
  const column = (of: (cell: RadioCell) => number): Float64Array => Float64Array.from(cells, of);
  return {
    index,
    layer: layer.index,
    spread: spread?.index ?? -1,
    loss: lossOf(first, parameters),
    nuFactor: nuPerG(first.band_mhz),
    range_cap_m: first.range_cap_m,
    required_dbm: first.required_dbm,
    count: cells.length,
    eirp_max_dbm: Math.max(...cells.map(({ eirp_dbm }) => eirp_dbm)),
    uncertainty_min_db: Math.min(...cells.map(({ uncertainty_db }) => uncertainty_db)),
    uncertainty_max_db: Math.max(...cells.map(({ uncertainty_db }) => uncertainty_db)),
    rank: Int32Array.from(cells, ({ cell_id }) => layer.ranks.get(cell_id) ?? -1),
    spreadRank: Int32Array.from(cells, ({ cell_id }) => spread?.ranks.get(cell_id) ?? -1),
    eirp_dbm: column(({ eirp_dbm }) => eirp_dbm),
    azimuth_deg: column(({ azimuth_deg }) => azimuth_deg ?? Number.NaN),
    beamwidth_deg: column(({ beamwidth_deg }) => beamwidth_deg),
    tilt_deg: column(({ tilt_deg }) => tilt_deg),
    uncertainty_db: column(({ uncertainty_db }) => uncertainty_db),
  };
}

/** Everything that must be equal for cells to share one loss. */
const stationText = (cell: RadioCell): string =>
  `${layerText(cell)}|${cell.model}|${cell.environment}|${cell.range_cap_m}|${cell.required_dbm}`;

/**
 * Numbers the cells of a run by layer and spread. A spread exists for every operator × technology with an uncertain
 * cell. Throws RangeError above 65,534 cells in an operator × technology.
 */
export function rankCells(cells: readonly RadioCell[]): Ranking {
  const byLayer = [...groupBy(cells, layerText).values()].sort(([a], [b]) =>
    compareLayers(a as RadioCell, b as RadioCell),
  );
  const byCombo = [...groupBy(byLayer, ([first]) => spreadText(first as RadioCell)).values()]
    .map((layers) => layers.flat())
    .filter((own) => own.some(({ uncertainty_db }) => uncertainty_db > 0));
  const layerRanks = new Map<string, Ranks>();
  const spreadRanks = new Map<string, Ranks>();
  const layers = byLayer.map((own, index) => {
    const { operator_id, technology, band_mhz, required_dbm } = own[0] as RadioCell;
    const name = layerText({ operator_id, technology, band_mhz });
    const { cell_ids, ranks } = ranked(own, name);
    layerRanks.set(name, { index, ranks });
    return { operator_id, technology, band_mhz, required_dbm, cell_ids };
  });
  const spreads = byCombo.map((own, index) => {
    const { operator_id, technology } = own[0] as RadioCell;
    const name = spreadText({ operator_id, technology });
    const { cell_ids, ranks } = ranked(own, name);
    spreadRanks.set(name, { index, ranks });
    return { operator_id, technology, cell_ids };
  });
  return { layers, spreads, layerRanks, spreadRanks };
}

/** Arranges cells, all or some of those ranked, by site, antenna height and layer. */
export function networkOf(cells: readonly RadioCell[], ranking: Ranking, parameters: CoverageParameters): Network {
  let stations = 0;
  let fullest = 0;
  const groupOf = (own: RadioCell[]): AntennaGroup => {
    fullest = Math.max(fullest, own.length);
    const { antenna_height_m } = own[0] as RadioCell;
    return {
      height_m: antenna_height_m,
      log_height: Math.log10(antenna_height_m),
      reach_m: Math.max(...own.map(({ range_cap_m }) => range_cap_m)),
      stations: [...groupBy(own, stationText).values()].map((station) => {
        const first = station[0] as RadioCell;
        const layer = ranking.layerRanks.get(layerText(first)) as Ranks;
        return stationOf(stations++, station, layer, ranking.spreadRanks.get(spreadText(first)), parameters);
      }),
    };
  };
  const bySite = groupBy(cells, (cell) => `${cell.east_m}|${cell.north_m}|${cell.north_bearing_deg}`);
  const sites = [...bySite.values()].map((own): NetworkSite => {
    const { east_m, north_m, north_bearing_deg } = own[0] as RadioCell;
    const groups = [...groupBy(own, (cell) => `${cell.antenna_height_m}`).values()].map(groupOf);
    const reach_m = Math.max(...groups.map((group) => group.reach_m));
    return { east_m, north_m, north_bearing_deg, reach_m, groups };
  });
  return { sites, stations, fullest };
}
