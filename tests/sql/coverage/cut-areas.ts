/** The independent recomputation: stored polygons of what is covered, cut by the communes in the database. */
import sql from 'sql-template-tag';
import type { Db } from '../../../server/platform/db/db.ts';

export interface CutRow {
  commune: string;
  scope: string;
  operator_id: number | null;
  technology: string;
  status: string;
  /** Share of the commune as stored, and as cut from the polygons, %. */
  stored: number;
  recomputed: number;
  covered_km2: number;
  area_km2: number;
}

/**
 * Every commune and key of a day's run whose share of area is known, with the geodesic area of the stored level_db = 0
 * polygon inside the commune over that of the commune.
 */
export async function cutAreas(db: Db, day: string): Promise<CutRow[]> {
  return db.transaction(
    async (tx) => {
      await tx.query(
        sql`create temp table piece (scope text, operator_id bigint, technology text, vintage date, geom geometry)`,
      );
      await tx.query(sql`
        insert into piece select a.scope, a.operator_id, a.technology, r.vintage, st_subdivide(a.geom, 128)
          from coverage_area a join coverage_run r on r.id = a.run_id where r.at = ${day}::date and a.level_db = 0`);
      await tx.query(sql`create index on piece using gist (geom)`);
      const rows = await tx.query<CutRow>(sql`
        with cut as (
          select p.scope, p.operator_id, p.technology, u.id as commune_id, sum(st_area(st_intersection(p.geom, u.geom)::geography)) / 1e6 as km2
            from piece p join admin_unit u on u.level = 'commune' and u.valid_from = p.vintage and st_intersects(u.geom, p.geom)
           group by 1, 2, 3, 4
        )
        select u.code as commune, c.scope, c.operator_id, c.technology, c.status, c.pct_area as stored,
               100 * coalesce(cut.km2, 0) / (st_area(u.geom::geography) / 1e6) as recomputed, c.area_covered_km2 as covered_km2, c.area_km2
          from coverage_commune c
          join coverage_run r on r.id = c.run_id and r.at = ${day}::date
          join admin_unit u on u.id = c.commune_id
          left join cut on cut.commune_id = c.commune_id and cut.scope = c.scope and cut.technology = c.technology
                and cut.operator_id is not distinct from c.operator_id
         where c.pct_area is not null`);
      await tx.query(sql`drop table piece`);
      return rows;
    },
    { statementTimeout: 0 },
  );
}
