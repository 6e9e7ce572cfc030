/** SQL of what a run came to, in a few numbers. */
import sql from 'sql-template-tag';
import type { Technology } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';

interface TechnologyTotal {
  technology: Technology;
  population: number;
  people_covered: number;
  people_low: number;
  people_high: number;
  area_km2: number;
  area_covered_km2: number;
}

/** A stored run in a few numbers. */
export interface StoredSummary {
  run_id: number;
  at: string;
  vintage: string;
  /** Cells computed, and cells refused for impossible values. */
  cells: number;
  refused: number;
  gaps: number;
  terrain_source: string | null;
  compared_with: number | null;
  /** Operators × technologies and unions of them, and those whose rows were taken over from earlier runs. */
  keys: number;
  keys_taken_over: number;
  milliseconds: Record<string, number> | null;
  /** Of any operator, over the communes whose status is known. */
  totals: TechnologyTotal[];
}

/** @throws Error when the run is not there any more */
export async function selectRunSummary(db: Queryable, runId: number): Promise<StoredSummary> {
  const [run] = await db.query<Omit<StoredSummary, 'totals'>>(sql`
    select r.id as run_id, r.at, r.vintage, r.terrain_source, r.compared_with, r.milliseconds,
           (select count(*) from coverage_cell c where c.run_id = r.id and c.model is not null) as cells,
           (select count(*) from coverage_cell c where c.run_id = r.id and c.problems is not null) as refused,
           (select count(*) from gap g where g.run_id = r.id) as gaps,
           (select count(*) from coverage_key k where k.run_id = r.id) as keys,
           (select count(*) from coverage_key k where k.run_id = r.id and k.computed_in <> r.id) as keys_taken_over
      from coverage_run r where r.id = ${runId}`);
  if (!run) throw new Error(`The coverage run ${runId} was replaced by a later one.`);
  const totals = await db.query<TechnologyTotal>(sql`
    select c.technology, coalesce(sum(c.population), 0) as population, coalesce(sum(c.people_covered), 0) as people_covered,
           coalesce(sum(c.people_low), 0) as people_low, coalesce(sum(c.people_high), 0) as people_high,
           coalesce(sum(c.area_km2), 0) as area_km2, coalesce(sum(c.area_covered_km2), 0) as area_covered_km2
      from coverage_commune c where c.run_id = ${runId} and c.scope = 'any' and c.status <> 'unknown'
     group by c.technology order by c.technology`);
  return { ...run, totals };
}
