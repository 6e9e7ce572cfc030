import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRasters, type RunSummary, runCoverage } from '../../server/domains/coverage/index.ts';
import { cutAreas } from '../sql/coverage/cut-areas.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { sharedData } from '../support/shared-data.ts';

const day = '2008-12-31';
let database: TestDatabase;
let run: RunSummary;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
  await importRasters(database.revision, [sharedData('terrain', 'N21E105.hgt')], { kind: 'terrain', dryRun: false });
  run = await runCoverage(database.db, database.revision, day);
}, 300_000);
afterAll(() => database.close());

describe('the demo over real terrain', () => {
  it('is computed with it, and says so', async () => {
    expect(run).toMatchObject({ terrain: ['N21E105.hgt'], compared_with: null });
    const [row] = await database.db.query<{ source: string; most: number; least: number }>(sql`
      select r.terrain_source as source, max(c.pct_terrain) as most, min(c.pct_terrain) as least
        from coverage_run r join coverage_commune c on c.run_id = r.id where r.id = ${run.run_id} group by 1`);
    expect(row).toEqual({ source: 'N21E105.hgt', most: 100, least: 0 });
  });

  it('draws the 28 % of the communes that the tile does not reach, and its voids', async () => {
    const [row] = await database.db.query<{ valid: boolean; share: number; km2: number; area_km2: number }>(sql`
      select st_isvalid(n.geom) as valid, st_area(n.geom::geography) / 1e6 as km2, n.area_km2,
             n.area_km2 / (select sum(area_km2) from coverage_commune c where c.run_id = n.run_id and scope = 'any' and technology = '2G') as share
        from no_terrain_area n where n.run_id = ${run.run_id}`);
    if (!row) throw new Error('nothing is drawn');
    expect(row.valid).toBe(true);
    expect(row.share).toBeGreaterThan(0.25);
    expect(row.share).toBeLessThan(0.31);
    expect(Math.abs(row.km2 - row.area_km2) / row.area_km2).toBeLessThan(0.01);
  });

  it('covers of every commune what its polygons cover, within 1 % of the commune', async () => {
    const rows = await cutAreas(database.db, day);
    expect(rows.length).toBeGreaterThan(2_000);
    expect(rows.filter(({ stored, recomputed }) => Math.abs(stored - recomputed) > 1)).toEqual([]);
    expect(Math.abs(rows.reduce((sum, row) => sum + row.stored - row.recomputed, 0) / rows.length)).toBeLessThan(0.05);
  });

  it('has valid bands, and shadows that flat ground would not have', async () => {
    const [row] = await database.db.query<{ valid: boolean; pieces: number }>(sql`
      select bool_and(st_isvalid(geom)) as valid, max(st_numgeometries(geom)) as pieces from coverage_area where run_id = ${run.run_id}`);
    expect(row?.valid).toBe(true);
    expect(row?.pieces).toBeGreaterThan(100);
  });
});
