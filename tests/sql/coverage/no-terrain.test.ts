import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectOptionalBroadcastRun } from '../../../server/domains/coverage/broadcast/queries.ts';
import { importRasters, runBroadcast, runCoverage, selectOptionalRun } from '../../../server/domains/coverage/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { writeTile } from '../../support/rasters.ts';
import { insertUnit } from '../../support/units.ts';

const day = '2010-01-01';
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  folder = mkdtempSync(join(tmpdir(), 'phusong-no-terrain-'));
  // The tile begins at 105°: the western half of the commune, 2.07 × 2.21 km, is without heights.
  await insertUnit(database.db, { code: '10001', box: [104.98, 21.3, 105.02, 21.32] });
  const path = writeTile(folder, 'N21E105.hgt', () => 10);
  await importRasters(database.revision, [path], { kind: 'terrain', dryRun: false });
}, 120_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Row {
  id: number;
  area_km2: number;
  west: number;
  south: number;
  east: number;
  north: number;
}
const rows = (at: string, ids: number[] | null = null): Promise<Row[]> =>
  database.db.query<Row>(sql`
    select id, area_km2, st_xmin(g) as west, st_ymin(g) as south, st_xmax(g) as east, st_ymax(g) as north
      from (select id, area_km2, st_geomfromgeojson(geometry) as g from tile_rows_no_terrain(${at}::date, ${ids}::bigint[])) r`);

describe('ground without heights', () => {
  it('is kept with a run over terrain, and drawn where the heights end', async () => {
    const { run_id } = await runCoverage(database.db, database.revision, day);
    const [row, ...more] = await rows(day);
    if (!row) throw new Error('nothing is drawn');
    expect(more).toEqual([]);
    expect(row.id).toBe(run_id);
    expect(row.area_km2).toBeGreaterThan(4.3);
    expect(row.area_km2).toBeLessThan(4.9);
    // Squares of 100 m: to about 0.001°.
    for (const [here, there] of [
      [row.west, 104.98],
      [row.south, 21.3],
      [row.east, 105],
      [row.north, 21.32],
    ] as const)
      expect(Math.abs(here - there)).toBeLessThan(0.0015);
    const [shape] = await database.db.query<{ valid: boolean; km2: number }>(sql`
      select st_isvalid(geom) as valid, st_area(geom::geography) / 1e6 as km2 from no_terrain_area`);
    expect(shape?.valid).toBe(true);
    expect(shape?.km2).toBeCloseTo(row.area_km2, 0);
    const run = await selectOptionalRun(database.db, day);
    expect(run?.no_terrain_km2).toBeCloseTo(row.area_km2, 1);
    expect(run?.terrain?.['pct_squares']).toBeCloseTo(50, -1);
  });

  it('is that of the run that answers for the day, by its id', async () => {
    const [row] = await rows(day);
    expect(await rows(day, [row?.id ?? 0])).toEqual([row]);
    expect(await rows(day, [0])).toEqual([]);
    // Before there were communes no run answers.
    expect(await rows('2005-01-01')).toEqual([]);
  });

  it('is the same for radio and television, kept with their run and gone with it', async () => {
    const drawn = (): Promise<{ id: number; area_km2: number; geometry: string }[]> =>
      database.db.query(sql`select id, area_km2, geometry from tile_rows_broadcast_no_terrain(${day}::date, null)`);
    const { run_id } = await runBroadcast(database.db, database.revision, day);
    const [of] = await database.db.query<{ area_km2: number; geometry: string }>(
      sql`select area_km2, geometry from tile_rows_no_terrain(${day}::date, null)`,
    );
    expect(await drawn()).toEqual([{ id: run_id, ...of }]);
    expect((await selectOptionalBroadcastRun(database.db, day))?.no_terrain_km2).toBeCloseTo(of?.area_km2 ?? 0, 1);
    await database.db.query(sql`delete from broadcast_run where id = ${run_id}`);
    expect(await drawn()).toEqual([]);
  });

  it('has an area', async () => {
    await expect(database.db.query(sql`update no_terrain_area set area_km2 = 0`)).rejects.toMatchObject({
      code: '23514',
    });
  });

  it('goes with its run, and a run without terrain, or over all heights, has none', async () => {
    await runCoverage(database.db, database.revision, day, { terrain: false });
    expect(await rows(day)).toEqual([]);
    expect(await database.db.query(sql`select run_id from no_terrain_area`)).toEqual([]);
    expect(await selectOptionalRun(database.db, day)).toMatchObject({ no_terrain_km2: null, terrain: null });
    const path = writeTile(folder, 'N21E104.hgt', () => 10);
    await importRasters(database.revision, [path], { kind: 'terrain', dryRun: false });
    await runCoverage(database.db, database.revision, day);
    expect(await rows(day)).toEqual([]);
    expect((await selectOptionalRun(database.db, day))?.terrain_source).toBe('N21E105.hgt, N21E104.hgt');
  });
});
