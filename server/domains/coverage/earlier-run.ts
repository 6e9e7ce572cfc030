/** Stored levels of a run, read back; and which run's levels, and rows of a key, another may take over. */
import { endianness } from 'node:os';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { version } from '../../platform/version.ts';
import { MODEL_VERSION } from './rules/compute-coverage.ts';
import type { Technology } from './rules/coverage-parameters.ts';
import { digestOf } from './rules/digest.ts';
import type { GridFrame } from './rules/grid.ts';
import type { LevelGrids, LevelInput, LevelLayer, LevelSpread } from './rules/levels/level-types.ts';
import { shareArrays } from './rules/share-arrays.ts';

const unpack = promisify(inflate);

/** Digest of everything levels depend on but the cells: runs with the same may take levels over from each other. */
export const levelsBasis = ({ frame, wanted, terrain, parameters }: Omit<LevelInput, 'cells'>): string =>
  digestOf([version, MODEL_VERSION, frame, wanted, terrain, parameters]);

export interface EarlierRun {
  run_id: number;
  /** Signature of each cell whose level counted, by id. */
  signatures: Map<number, string>;
  /** Its levels, complete; read when asked for. */
  levels: (frame: GridFrame) => Promise<LevelGrids>;
}

/** The latest run with levels on the same basis, or null. */
export async function selectOptionalEarlier(db: Queryable, basis: string): Promise<EarlierRun | null> {
  const [run] = await db.query<{ id: number }>(sql`
    select r.id from coverage_run r where r.status = 'done' and r.grid ->> 'basis' = ${basis} order by r.id desc limit 1`);
  if (!run) return null;
  const [cells] = await db.query<{ ids: number[]; signatures: string[] }>(sql`
    select coalesce(array_agg(c.cell_id order by c.cell_id), '{}') as ids, coalesce(jsonb_agg(c.signature order by c.cell_id), '[]') as signatures
      from coverage_cell c where c.run_id = ${run.id} and c.used`);
  const signatures = new Map(cells?.ids.map((id, i) => [id, cells.signatures[i] ?? '']));
  return { run_id: run.id, signatures, levels: (frame) => selectLevels(db, run.id, frame) };
}

/** Runs whose rows of a key were made from the same as is asked for. */
export interface EarlierKey {
  digest: string;
  /** Where the rows are. */
  run_id: number;
  /** The run that computed them. */
  computed_in: number;
}

/** The latest rows of each digest that has any, by digest. */
export async function selectEarlierKeys(db: Queryable, digests: readonly string[]): Promise<Map<string, EarlierKey>> {
  const rows = await db.query<EarlierKey>(sql`
    select distinct on (k.digest) k.digest, k.run_id, k.computed_in from coverage_key k join coverage_run r on r.id = k.run_id
     where k.digest = any(${digests}::text[]) and r.status = 'done' order by k.digest, k.run_id desc`);
  return new Map(rows.map((row) => [row.digest, row]));
}

type Packed = Uint8Array<ArrayBuffer>;

/** Two bytes a value, little-endian in the database. */
function serversOf(bytes: Buffer): Uint16Array {
  const own = Buffer.from(bytes);
  if (endianness() === 'BE') own.swap16();
  const servers = new Uint16Array(own.length / 2);
  new Uint8Array(servers.buffer).set(own);
  return servers;
}

const order: readonly Technology[] = ['2G', '3G', '4G', '5G'];
const byKey = (a: Pick<LevelLayer, 'technology' | 'operator_id'>, b: typeof a): number =>
  order.indexOf(a.technology) - order.indexOf(b.technology) || a.operator_id - b.operator_id;

async function selectLayers(db: Queryable, runId: number): Promise<LevelLayer[]> {
  type Row = Omit<LevelLayer, 'levels' | 'servers'> & { levels: Packed; servers: Packed };
  const keys = await db.query<Pick<Row, 'operator_id' | 'technology' | 'band_mhz'>>(sql`
    select operator_id, technology, band_mhz from coverage_level where run_id = ${runId}`);
  const layers: LevelLayer[] = [];
  // One at a time: what is packed of all of them need not be in memory together.
  for (const { operator_id, technology, band_mhz } of keys) {
    const [row] = await db.query<Row>(sql`
      select operator_id, technology, band_mhz, base_dbm, step_db, cell_ids, levels, servers from coverage_level
       where run_id = ${runId} and operator_id = ${operator_id} and technology = ${technology} and band_mhz = ${band_mhz}`);
    if (!row) continue;
    const [levels, servers] = await Promise.all([unpack(row.levels), unpack(row.servers)]);
    layers.push({ ...row, levels: new Uint8Array(levels), servers: serversOf(servers) });
  }
  return layers.sort((a, b) => byKey(a, b) || a.band_mhz - b.band_mhz);
}

async function selectSpreads(db: Queryable, runId: number): Promise<LevelSpread[]> {
  const rows = await db.query<
    Pick<LevelSpread, 'operator_id' | 'technology' | 'cell_ids'> &
      Record<'low' | 'low_servers' | 'high' | 'high_servers', Packed>
  >(sql`
    select operator_id, technology, cell_ids, low, low_servers, high, high_servers from coverage_spread where run_id = ${runId}`);
  const spreads = rows.map(async (row): Promise<LevelSpread> => {
    const [low, lowServers, high, highServers] = await Promise.all([
      unpack(row.low),
      unpack(row.low_servers),
      unpack(row.high),
      unpack(row.high_servers),
    ]);
    return {
      ...row,
      low: new Uint8Array(low),
      low_servers: serversOf(lowServers),
      high: new Uint8Array(high),
      high_servers: serversOf(highServers),
    };
  });
  return (await Promise.all(spreads)).sort(byKey);
}

/** The stored levels of a run, as they were computed, in memory that threads share. */
export async function selectLevels(db: Queryable, runId: number, frame: GridFrame): Promise<LevelGrids> {
  return shareArrays({ frame, layers: await selectLayers(db, runId), spreads: await selectSpreads(db, runId) });
}
