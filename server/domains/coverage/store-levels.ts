/** Levels of a run and what its cells were computed with, into the database. */
import { endianness } from 'node:os';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { StoredCell } from './rules/coverage-types.ts';
import type { LevelGrids, OperatorTechnology } from './rules/levels/level-types.ts';
import { type KeptLevels, takeOverLevels } from './take-over.ts';

const compress = promisify(deflate);
/** Fast: levels change evenly from square to square and pack well whatever the effort. */
const EFFORT = { level: 1 };
const CELLS_A_BATCH = 5_000;

const pack = (bytes: Uint8Array): Promise<Buffer> => compress(bytes, EFFORT);

/** Two bytes a value, little-endian in the database. */
function packServers({ buffer, byteOffset, byteLength }: Uint16Array): Promise<Buffer> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return pack(endianness() === 'LE' ? bytes : Buffer.from(bytes).swap16());
}

/**
 * Stores every layer and error band, those that are `kept` from where they are; `done` is told the share of them.
 * @throws Error when what is to be kept is not there any more
 */
export async function insertLevels(
  tx: Queryable,
  runId: number,
  grids: LevelGrids,
  kept: KeptLevels | null,
  done: (share: number) => void,
): Promise<void> {
  const isOther = (one: OperatorTechnology): boolean =>
    kept === null || kept.but.some((b) => b.operator_id === one.operator_id && b.technology === one.technology);
  const [layers, spreads] = [grids.layers.filter(isOther), grids.spreads.filter(isOther)];
  if (kept) {
    const same = <T extends OperatorTechnology>(all: T[]): T[] => all.filter((one) => !isOther(one));
    await takeOverLevels(tx, runId, kept, { ...grids, layers: same(grids.layers), spreads: same(grids.spreads) });
  }
  const all = layers.length + 2 * spreads.length;
  let ended = 0;
  for (const layer of layers) {
    const [levels, servers] = await Promise.all([pack(layer.levels), packServers(layer.servers)]);
    await tx.query(sql`
      insert into coverage_level (run_id, operator_id, technology, band_mhz, base_dbm, step_db, levels, servers, cell_ids)
      values (${runId}, ${layer.operator_id}, ${layer.technology}, ${layer.band_mhz}, ${layer.base_dbm}, ${layer.step_db},
              ${levels}::bytea, ${servers}::bytea, ${layer.cell_ids}::bigint[])`);
    done(++ended / all);
  }
  for (const spread of spreads) {
    const [low, lowServers, high, highServers] = await Promise.all([
      pack(spread.low),
      packServers(spread.low_servers),
      pack(spread.high),
      packServers(spread.high_servers),
    ]);
    await tx.query(sql`
      insert into coverage_spread (run_id, operator_id, technology, low, low_servers, high, high_servers, cell_ids)
      values (${runId}, ${spread.operator_id}, ${spread.technology}, ${low}::bytea, ${lowServers}::bytea, ${high}::bytea,
              ${highServers}::bytea, ${spread.cell_ids}::bigint[])`);
    ended += 2;
    done(ended / all);
  }
}

/** Inserts what each cell was computed with, or why it was not. */
export async function insertCells(tx: Queryable, runId: number, cells: readonly StoredCell[]): Promise<void> {
  for (let start = 0; start < cells.length; start += CELLS_A_BATCH) {
    const batch = cells.slice(start, start + CELLS_A_BATCH);
    await tx.query(sql`
      insert into coverage_cell (run_id, cell_id, operator_id, technology, model, band_mhz, antenna_height_m, eirp_dbm, uncertainty_db,
                                 range_max_m, used, flags, problems, signature)
      select ${runId}, r.cell_id, r.operator_id, r.technology, r.model, r.band_mhz, r.antenna_height_m, r.eirp_dbm, r.uncertainty_db,
             r.range_max_m, r.used, array(select jsonb_array_elements_text(r.flags)), r.problems, r.signature
        from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) as r (cell_id bigint, operator_id bigint, technology text, model text,
             band_mhz float8, antenna_height_m float8, eirp_dbm float8, uncertainty_db float8, range_max_m float8, used boolean,
             flags jsonb, problems jsonb, signature text)`);
  }
}
