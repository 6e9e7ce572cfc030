/**
 * Radio and television coverage as one pure function: transmitters and communes in, areas and figures out. Made to run
 * in a worker thread. Results are estimates of a point-to-area method and are labelled so by `model`, `model_version`,
 * `parameters` and the flags of each area.
 */
import { PHU_THO_SRID } from '../../../platform/geo/index.ts';
import { assignSquares, type CommuneSquares } from '../rules/commune-squares.ts';
import { DEFAULT_PARAMETERS } from '../rules/coverage-parameters.ts';
import { frameAround, squareKm2 } from '../rules/grid.ts';
import { toLonLat, tracePolygons } from '../rules/polygonise.ts';
import { type PopulationGrid, spreadPopulation } from '../rules/population.ts';
import { weighSquares } from '../rules/population-weights.ts';
import { type Projector, projectMultiPolygon, projectorFor } from '../rules/projection.ts';
import {
  type BroadcastService,
  type FieldThreshold,
  fieldThreshold,
} from '../rules/propagation/broadcast-thresholds.ts';
import { MAX_MHZ, MIN_MHZ } from '../rules/propagation/p1546.ts';
import { CURVE_MAX_KM } from '../rules/propagation/p1546-curves.ts';
import { tallyMask } from '../rules/union-grid.ts';
import type {
  BroadcastAreaRow,
  BroadcastCommuneRow,
  BroadcastFlag,
  BroadcastInput,
  BroadcastParameters,
  BroadcastResult,
  BroadcastTransmitter,
  NotComputedReason,
  ServedFigures,
} from './broadcast-types.ts';
import { type BroadcastGround, type ServedSquares, servedSquares } from './served-squares.ts';

export const BROADCAST_MODEL = 'itu-r-p1546-6';
/** Raised whenever the same transmitters, communes and parameters would give other figures. */
export const BROADCAST_MODEL_VERSION = '1';
export const SERVICES: readonly BroadcastService[] = ['fm', 'am', 'tv'];

export const BROADCAST_PARAMETERS: BroadcastParameters = {
  grid_srid: PHU_THO_SRID,
  grid_m: DEFAULT_PARAMETERS.grid_m,
  time_pct: 50,
  location_pct: 50,
  receiver_height_m: 10,
  max_distance_km: CURVE_MAX_KM,
  urban_types: ['Phường', 'Thị trấn'],
  curves: 'land, h1 150 m, 100 MHz and 600 MHz, at 1, 5, 10, 20, 50 and 100 km',
};

const percent = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(100, (100 * part) / whole) : null;
const roundKm2 = (km2: number): number => Math.round(km2 * 1e6) / 1e6;

/** Squares and people, as the coverage runs have them. */
interface Ground {
  squares: CommuneSquares;
  population: PopulationGrid;
}

function layGround({ communes, population: sources, parameters }: BroadcastInput, projector: Projector): Ground {
  const shapes = communes.map(({ code, polygons }) => ({ code, polygons: projectMultiPolygon(polygons, projector) }));
  const frame = frameAround(
    shapes.flatMap(({ polygons }) => polygons),
    parameters.grid_m,
  );
  const squares = assignSquares(shapes, frame);
  const population = spreadPopulation(
    squares,
    communes.map((commune) => commune.population),
    sources ? weighSquares(squares, communes, sources, projector) : null,
  );
  return { squares, population };
}

/** Figures of every commune under a mask, on the squares and people of the coverage runs. */
function communeFigures(
  mask: Uint8Array,
  { squares, population }: Ground,
): Omit<BroadcastCommuneRow, 'service' | 'commune_id'>[] {
  const tally = tallyMask(mask, squares, population);
  const km2 = squareKm2(squares.frame);
  return Array.from(squares.squares, (own, commune) => {
    const standIn = squares.stand_in[commune] ?? -1;
    const whole = standIn >= 0 ? (squares.stand_in_km2[commune] ?? 0) : own * km2;
    const part = standIn >= 0 ? (mask[standIn] ?? 0) * whole : (tally.squares[commune] ?? 0) * km2;
    const total = population.totals[commune] ?? -1;
    const bounded = whole > 0;
    const people = bounded && total >= 0 ? (tally.people[commune] ?? 0) : null;
    return {
      population: total >= 0 ? total : null,
      people_covered: people,
      pct_pop: people === null ? null : percent(people, total),
      area_km2: bounded ? roundKm2(whole) : null,
      area_covered_km2: bounded ? roundKm2(part) : null,
      pct_area: bounded ? percent(part, whole) : null,
    };
  });
}

/** Sums over the communes; people of communes without a known population or boundary are in neither sum. */
function provinceFigures(communes: readonly Omit<BroadcastCommuneRow, 'service' | 'commune_id'>[]): ServedFigures {
  let [population, people_covered, area_km2, area_covered_km2] = [0, 0, 0, 0];
  for (const commune of communes) {
    if (commune.people_covered !== null) population += commune.population ?? 0;
    people_covered += commune.people_covered ?? 0;
    area_km2 += commune.area_km2 ?? 0;
    area_covered_km2 += commune.area_covered_km2 ?? 0;
  }
  return {
    population,
    people_covered,
    pct_pop: percent(people_covered, population),
    area_km2: roundKm2(area_km2),
    area_covered_km2: roundKm2(area_covered_km2),
    pct_area: percent(area_covered_km2, area_km2),
  };
}

/** The figures of what was not computed: denominators alone. */
const withoutNumerators = (figures: ServedFigures): ServedFigures => ({
  ...figures,
  people_covered: null,
  pct_pop: null,
  area_covered_km2: null,
  pct_area: null,
});

/** Why a transmitter cannot be computed; null when it can. */
export function notComputedReason(
  { service, frequency_mhz }: BroadcastTransmitter,
  threshold: FieldThreshold | null,
): NotComputedReason | null {
  if (service === 'am') return 'am_not_modelled';
  if (!(frequency_mhz >= MIN_MHZ && frequency_mhz <= MAX_MHZ)) return 'frequency_outside_model';
  return threshold === null ? 'no_threshold' : null;
}

/** What to tell about a computed transmitter. */
function flagsFor(threshold: FieldThreshold, served: ServedSquares, hasTerrain: boolean): BroadcastFlag[] {
  const flags: BroadcastFlag[] = [...served.flags];
  if (!hasTerrain || served.pct_terrain === 0) flags.push('no_terrain');
  else if (served.pct_terrain !== null && served.pct_terrain < 100) flags.push('part_without_terrain');
  if (threshold.urban_dbuv_m !== threshold.rural_dbuv_m) flags.push('threshold_by_surroundings');
  if (threshold.source === 'given') flags.push('threshold_given');
  if (threshold.source === 'bt417_analogue') flags.push('threshold_unconfirmed');
  return flags;
}

/** Lays the grid and answers masks with rows; one per computation. */
function rowsOf(input: BroadcastInput) {
  const { parameters, communes, terrain } = input;
  const projector = projectorFor(parameters.grid_srid);
  const people = layGround(input, projector);
  const { frame } = people.squares;
  const ground: BroadcastGround = {
    squares: people.squares,
    urban: Uint8Array.from(communes, ({ type }) => (parameters.urban_types.includes(type) ? 1 : 0)),
    projector,
    terrain,
    max_distance_km: parameters.max_distance_km,
  };
  const empty = provinceFigures(communeFigures(new Uint8Array(frame.cols * frame.rows), people));
  const polygonsOf = (mask: Uint8Array) => toLonLat(tracePolygons(mask, frame).polygons, frame, projector);
  return { people, ground, empty, polygonsOf, squares: frame.cols * frame.rows };
}
type Rows = ReturnType<typeof rowsOf>;

const noThreshold = {
  threshold_dbuv_m: null,
  threshold_urban_dbuv_m: null,
  threshold_source: '',
  pct_terrain: null,
} as const;

/** The row of one transmitter and the mask of what it serves; no mask when it cannot be computed. */
function transmitterRow(
  transmitter: BroadcastTransmitter,
  rows: Rows,
): { row: BroadcastAreaRow; mask: Uint8Array | null } {
  const { service, transmitter_id } = transmitter;
  const threshold = fieldThreshold(transmitter);
  const reason = notComputedReason(transmitter, threshold);
  if (reason !== null || threshold === null) {
    const figures = withoutNumerators(rows.empty);
    return {
      row: { service, transmitter_id, ...figures, ...noThreshold, polygons: [], flags: [], reason },
      mask: null,
    };
  }
  const served = servedSquares(transmitter, threshold, rows.ground);
  const { rural_dbuv_m, urban_dbuv_m, source } = threshold;
  const row: BroadcastAreaRow = {
    service,
    transmitter_id,
    ...provinceFigures(communeFigures(served.mask, rows.people)),
    polygons: rows.polygonsOf(served.mask),
    threshold_dbuv_m: rural_dbuv_m,
    threshold_urban_dbuv_m: urban_dbuv_m === rural_dbuv_m ? null : urban_dbuv_m,
    threshold_source: source,
    pct_terrain: served.pct_terrain,
    flags: flagsFor(threshold, served, rows.ground.terrain !== null),
    reason: null,
  };
  return { row, mask: served.mask };
}

/** Flags of several transmitters together: ground that only some know is known in part. */
function unionFlags(areas: readonly BroadcastAreaRow[]): BroadcastFlag[] {
  const flags = new Set(areas.flatMap((area) => area.flags));
  flags.delete('threshold_given');
  if (flags.has('no_terrain') && areas.some((area) => !area.flags.includes('no_terrain'))) {
    flags.delete('no_terrain');
    flags.add('part_without_terrain');
  }
  return [...flags];
}

/** Any transmitter of a service: a square counts once, however many serve it. */
function addUnion(
  result: BroadcastResult,
  service: BroadcastService,
  masks: readonly (Uint8Array | null)[],
  input: BroadcastInput,
  rows: Rows,
): void {
  const known = masks.filter((mask) => mask !== null);
  const isComputed = masks.length === 0 || known.length > 0;
  const union = new Uint8Array(rows.squares);
  for (const mask of known)
    for (let square = 0; square < union.length; square++) union[square] = (union[square] ?? 0) | (mask[square] ?? 0);
  const figures = communeFigures(union, rows.people);
  const province = provinceFigures(figures);
  const own = result.areas.filter((area) => area.service === service);
  const flags = unionFlags(own.filter((area) => area.reason === null));
  if (known.length < masks.length && isComputed) flags.push('some_not_computed');
  result.areas.push({
    service,
    transmitter_id: null,
    ...(isComputed ? province : withoutNumerators(province)),
    ...noThreshold,
    polygons: rows.polygonsOf(union),
    flags,
    reason: isComputed ? null : (own[0]?.reason ?? null),
  });
  if (!isComputed) return;
  for (const [commune, figure] of figures.entries()) {
    result.communes.push({ service, commune_id: input.communes[commune]?.commune_id ?? -1, ...figure });
  }
}

/**
 * Computes what every transmitter serves and, per service, what any of them serves. Transmitters that cannot be computed
 * have a row with the reason. Throws RangeError when no commune has a boundary.
 */
export function computeBroadcast(input: BroadcastInput): BroadcastResult {
  const rows = rowsOf(input);
  const result: BroadcastResult = {
    model: BROADCAST_MODEL,
    model_version: BROADCAST_MODEL_VERSION,
    parameters: { ...input.parameters, population_method: rows.people.population.method },
    areas: [],
    communes: [],
  };
  for (const service of SERVICES) {
    const masks: (Uint8Array | null)[] = [];
    for (const transmitter of input.transmitters) {
      if (transmitter.service !== service) continue;
      const { row, mask } = transmitterRow(transmitter, rows);
      result.areas.push(row);
      masks.push(mask);
    }
    addUnion(result, service, masks, input, rows);
  }
  return result;
}
