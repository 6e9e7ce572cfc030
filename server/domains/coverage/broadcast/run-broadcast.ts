import { Tinypool } from 'tinypool';
import { type DatasetRevision, selectRevision } from '../../../platform/dataset-revision.ts';
import type { Db } from '../../../platform/db/db.ts';
import { HttpError } from '../../../platform/http-error.ts';
import { workerEntry } from '../../../platform/workers.ts';
import { noCommunes } from '../no-communes.ts';
import { loadPopulation } from '../population/load-population.ts';
import { selectRunCommunes } from '../queries.ts';
import type { CoverageCommune } from '../rules/coverage-types.ts';
import { frameAround } from '../rules/grid.ts';
import { projectMultiPolygon, projectorFor } from '../rules/projection.ts';
import { type LoadedTerrain, loadTerrainRaster } from '../terrain/load-raster.ts';
import type { BroadcastAreaRow, BroadcastInput, BroadcastParameters, BroadcastResult } from './broadcast-types.ts';
import { BROADCAST_PARAMETERS } from './compute-broadcast.ts';
import { selectCommuneTypes, selectRunTransmitters } from './queries.ts';
import { insertBroadcastRun } from './store-broadcast.ts';

/** What a finished computation tells its caller. */
export interface BroadcastSummary {
  run_id: number;
  at: string;
  vintage: string;
  transmitters: number;
  /** Of which could not be computed; each has its reason. */
  not_computed: number;
  /** Any transmitter of each service. */
  unions: Omit<BroadcastAreaRow, 'polygons'>[];
  milliseconds: { read: number; compute: number; store: number };
}

/** A province takes seconds; more than this is an inventory in the wrong units. */
const LONGEST_MS = 300_000;
/** Transmitters of one computation: a nation has some thousands. */
const MOST_TRANSMITTERS = 10_000;

/**
 * The ground to 15 km from a transmitter makes its effective height; so far beyond the communes heights are read, m. As
 * far as coverage runs read them, so that both find the same raster in memory.
 */
const TERRAIN_MARGIN_M = 15_000;

/** Ground heights around the communes; null when no terrain is imported, or no commune has a boundary. */
async function loadTerrain(
  db: Db,
  communes: readonly CoverageCommune[],
  { grid_srid, grid_m }: BroadcastParameters,
): Promise<LoadedTerrain | null> {
  const projector = projectorFor(grid_srid);
  const polygons = communes.flatMap((commune) => projectMultiPolygon(commune.polygons, projector));
  if (polygons.length === 0) return null;
  return loadTerrainRaster(db, frameAround(polygons, grid_m), grid_srid, TERRAIN_MARGIN_M);
}

async function computeInWorker(input: BroadcastInput): Promise<BroadcastResult> {
  const { url, argv } = workerEntry('broadcast-worker', import.meta.url);
  const pool = new Tinypool({ filename: url.href, argv, minThreads: 1, maxThreads: 1 });
  try {
    return (await pool.run(input, { signal: AbortSignal.timeout(LONGEST_MS) })) as BroadcastResult;
  } finally {
    await pool.destroy();
  }
}

/**
 * Computes what the transmitters on air on a day serve, for the communes in force then, and stores it. Until it is
 * stored the earlier run answers.
 * @throws HttpError 409 when there are no communes to compute for, or too many transmitters
 */
export async function runBroadcast(
  db: Db,
  revision: DatasetRevision,
  at: string,
  parameters: BroadcastParameters = BROADCAST_PARAMETERS,
): Promise<BroadcastSummary> {
  const started = performance.now();
  const inventory = await db.transaction(async (tx) => ({
    revision: await selectRevision(tx),
    ground: await selectRunCommunes(tx, at),
    types: await selectCommuneTypes(tx, at),
    transmitters: await selectRunTransmitters(tx, at),
    population: await loadPopulation(tx, at),
  }));
  if (!inventory.ground) throw noCommunes(at);
  if (inventory.transmitters.length > MOST_TRANSMITTERS)
    throw new HttpError(
      409,
      'too-many-transmitters',
      `${inventory.transmitters.length} transmitters are more than one computation takes (${MOST_TRANSMITTERS}).`,
    );
  const { vintage } = inventory.ground;
  const communes = inventory.ground.communes.map((commune) => ({
    ...commune,
    type: inventory.types.get(commune.commune_id) ?? '',
  }));
  const terrain = await loadTerrain(db, communes, parameters);
  const read = performance.now();
  const { transmitters, population } = inventory;
  const raster = terrain?.raster ?? null;
  const result = await computeInWorker({ communes, transmitters, terrain: raster, population, parameters });
  const computed = performance.now();
  const about = {
    at,
    vintage,
    inventoryRevision: inventory.revision,
    terrain: terrain && { source: terrain.about.files.join(', '), ...terrain.about },
  };
  const run_id = await revision.change((tx) => insertBroadcastRun(tx, result, about), { statementTimeout: 0 });
  const own = result.areas.filter((area) => area.transmitter_id !== null);
  return {
    run_id,
    at,
    vintage,
    transmitters: own.length,
    not_computed: own.filter((area) => area.reason !== null).length,
    unions: result.areas
      .filter((area) => area.transmitter_id === null)
      .map(({ polygons: _drawn, ...figures }) => figures),
    milliseconds: { read: read - started, compute: computed - read, store: performance.now() - computed },
  };
}
