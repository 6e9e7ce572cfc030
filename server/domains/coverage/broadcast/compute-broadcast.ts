/**
 * Radio and television coverage as one pure function: transmitters and communes in, areas and figures out. Made to run
 * in a worker thread. Results are estimates of a point-to-area method and are labelled so by `model`, `model_version`,
 * `parameters` and the flags of each area.
 */
import { PHU_THO_SRID } from '../../../platform/geo/index.ts';
import { communeFigures, percent, roundKm2 } from '../rules/commune-figures.ts';
import { DEFAULT_PARAMETERS } from '../rules/coverage-parameters.ts';
import type { RunGround } from '../rules/coverage-types.ts';
import { layGround } from '../rules/lay-run.ts';
import { knownTerrain } from '../rules/no-terrain.ts';
import { toLonLat, tracePolygons } from '../rules/polygonise.ts';
import { projectorFor } from '../rules/projection.ts';
import {
  type BroadcastService,
  type FieldThreshold,
  fieldThreshold,
} from '../rules/propagation/broadcast-thresholds.ts';
import { MAX_MHZ, MIN_MHZ } from '../rules/propagation/p1546.ts';
import { CURVE_MAX_KM } from '../rules/propagation/p1546-curves.ts';
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
export const BROADCAST_MODEL_VERSION = '2';
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

type CommuneServed = Omit<BroadcastCommuneRow, 'service' | 'commune_id'>;

/** Figures of every commune under a mask, counted as the coverage runs count them. */
const communesServed = (mask: Uint8Array, ground: RunGround): CommuneServed[] =>
  communeFigures(mask, null, ground, DEFAULT_PARAMETERS.covered_from_pct).map(
    ({ population, people_covered, pct_pop, area_km2, area_covered_km2, pct_area }) => ({
      population,
      people_covered,
      pct_pop,
      area_km2,
      area_covered_km2,
      pct_area,
    }),
  );

/** Sums over the communes; people of communes without a known population or boundary are in neither sum. */
function provinceFigures(communes: readonly CommuneServed[]): ServedFigures {
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
  const laid = layGround(communes, parameters, projector, input.population);
  const { frame } = laid.squares;
  const ground: BroadcastGround = {
    squares: laid.squares,
    urban: Uint8Array.from(communes, ({ type }) => (parameters.urban_types.includes(type) ? 1 : 0)),
    projector,
    terrain,
    max_distance_km: parameters.max_distance_km,
  };
  const empty = provinceFigures(communesServed(new Uint8Array(frame.cols * frame.rows), laid));
  const polygonsOf = (mask: Uint8Array) => toLonLat(tracePolygons(mask, frame).polygons, frame, projector);
  return { laid, ground, empty, polygonsOf, squares: frame.cols * frame.rows };
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
    ...provinceFigures(communesServed(served.mask, rows.laid)),
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
  const figures = communesServed(union, rows.laid);
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
    parameters: { ...input.parameters, population_method: rows.laid.population.method },
    areas: [],
    communes: [],
    no_terrain: input.terrain && knownTerrain(rows.laid, input.terrain).no_terrain,
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
