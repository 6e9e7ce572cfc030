/** SQL of background coverage runs. */
import sql from 'sql-template-tag';
import type { CoverageJob } from '../../../contract/index.ts';
import type { Queryable } from '../../../platform/db/db.ts';

/** What a job was asked to do beside its day. */
export interface JobOptions {
  /** False: without terrain. */
  terrain?: boolean;
  /** True: nothing taken over from an earlier run. */
  full?: boolean;
}

/** How often a job is started before it fails for good. */
export const MOST_ATTEMPTS = 3;
/** How many may wait. */
export const MOST_WAITING = 20;
/** Ended jobs that are remembered. */
const KEPT = 500;

/** A job as the API gives it; the table is called j. */
const columns = sql`j.id, j.at, j.state, j.stage, j.done_share, j.attempts, j.run_id, j.error, j.requested_at, j.started_at, j.finished_at`;

/** One job, or null. */
export async function selectOptionalJob(db: Queryable, id: number): Promise<CoverageJob | null> {
  const [job] = await db.query<CoverageJob>(sql`select ${columns} from coverage_job j where j.id = ${id}`);
  return job ?? null;
}

export function selectJobs(db: Queryable, ids: readonly number[]): Promise<CoverageJob[]> {
  return db.query<CoverageJob>(sql`select ${columns} from coverage_job j where j.id = any(${ids}::bigint[])`);
}

/** Jobs, newest first. @param before id of the last job of the page before */
export async function selectJobPage(
  db: Queryable,
  limit: number,
  before: number | undefined,
): Promise<{ items: CoverageJob[]; matched: number }> {
  const [count] = await db.query<{ matched: number }>(sql`select count(*) as matched from coverage_job`);
  const items = await db.query<CoverageJob>(sql`
    select ${columns} from coverage_job j where ${before ?? null}::bigint is null or j.id < ${before ?? null}::bigint
     order by j.id desc limit ${limit}::int`);
  return { items, matched: count?.matched ?? 0 };
}

/**
 * Queues a day; when the same is already waiting, that job. Null: too many are waiting. In a transaction of the caller,
 * which others that queue wait for.
 */
export async function insertJob(
  tx: Queryable,
  at: string,
  options: JobOptions,
  requestedBy: string,
): Promise<CoverageJob | null> {
  await tx.query(sql`select pg_advisory_xact_lock(6019442377183)::text`);
  const wanted = JSON.stringify(options);
  const [known] = await tx.query<CoverageJob>(sql`
    select ${columns} from coverage_job j where j.state = 'queued' and j.at = ${at}::date and j.options = ${wanted}::jsonb order by j.id limit 1`);
  if (known) return known;
  const [count] = await tx.query<{ waiting: number }>(
    sql`select count(*) as waiting from coverage_job where state = 'queued'`,
  );
  if ((count?.waiting ?? 0) >= MOST_WAITING) return null;
  const [job] = await tx.query<CoverageJob>(sql`
    insert into coverage_job as j (at, options, requested_by) values (${at}::date, ${wanted}::jsonb, ${requestedBy}) returning ${columns}`);
  await tx.query(sql`delete from coverage_job where finished_at is not null and id <= (
    select max(id) - ${KEPT}::integer from coverage_job)`);
  await tx.query(sql`select pg_notify('coverage_job', '')::text`);
  return job ?? null;
}

/** Whether a run can be made for a day: some commune in force then has a boundary. */
export async function selectHasCommunes(db: Queryable, at: string): Promise<boolean> {
  const [row] = await db.query<{ known: boolean }>(sql`
    select exists (select 1 from admin_unit u
     where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date) and u.geom is not null) as known`);
  return row?.known ?? false;
}

/** Whether any job waits or is said to be running. */
export async function selectIsWork(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ work: boolean }>(
    sql`select exists (select 1 from coverage_job where state in ('queued', 'running')) as work`,
  );
  return row?.work ?? false;
}

/** Jobs left running by a process that died wait again, or have failed after too many attempts. Only while nobody runs. */
export async function recoverJobs(db: Queryable): Promise<void> {
  const error = `It was started ${MOST_ATTEMPTS} times and never came to an end: the server stopped each time.`;
  await db.query(sql`
    update coverage_job set stage = null, done_share = 0,
           state = case when cancel_requested then 'cancelled' when attempts >= ${MOST_ATTEMPTS}::integer then 'failed' else 'queued' end,
           error = case when not cancel_requested and attempts >= ${MOST_ATTEMPTS}::integer then ${error} end,
           finished_at = case when cancel_requested or attempts >= ${MOST_ATTEMPTS}::integer then now() end
     where state = 'running'`);
}

/** Starts the job that waits longest, or the one asked for. Null: there is none. */
export async function startJob(
  db: Queryable,
  only: number | undefined,
): Promise<{ id: number; at: string; options: JobOptions } | null> {
  const [job] = await db.query<{ id: number; at: string; options: JobOptions }>(sql`
    update coverage_job set state = 'running', attempts = attempts + 1, started_at = now(), stage = 'read', done_share = 0, error = null
     where id = (select id from coverage_job where state = 'queued' and id = coalesce(${only ?? null}::bigint, id) order by id limit 1)
    returning id, at, options`);
  return job ?? null;
}

/** Writes how far a job is. @returns whether somebody asked to stop it */
export async function reportProgress(db: Queryable, id: number, stage: string, share: number): Promise<boolean> {
  const [job] = await db.query<{ cancel_requested: boolean }>(sql`
    update coverage_job set stage = ${stage}, done_share = ${share}::float8 where id = ${id} and state = 'running' returning cancel_requested`);
  return job?.cancel_requested ?? false;
}

/** How a job ended. */
export type JobEnd =
  | { state: 'done'; run_id: number }
  | { state: 'failed'; error: string }
  | { state: 'cancelled' }
  /** Not its fault: it waits for the next start of a server. */
  | { state: 'queued' };

export async function endJob(db: Queryable, id: number, end: JobEnd): Promise<void> {
  const runId = end.state === 'done' ? end.run_id : null;
  const error = end.state === 'failed' ? end.error : null;
  const back = end.state === 'queued';
  await db.query(sql`
    update coverage_job set state = ${end.state}, run_id = ${runId}::bigint, error = ${error}::text, attempts = attempts - ${back ? 1 : 0}::integer,
           stage = case when ${back} then null else stage end, done_share = case when ${end.state} = 'done' then 1 when ${back} then 0 else done_share end,
           finished_at = case when ${back} then null else now() end
     where id = ${id} and state = 'running'`);
  await db.query(sql`select pg_notify('coverage_job', '')::text`);
}

/** Asks a job to stop: at once when it waits, soon when it runs. @returns the job, or null when there is none */
export async function requestCancel(db: Queryable, id: number): Promise<CoverageJob | null> {
  const [job] = await db.query<CoverageJob>(sql`
    update coverage_job j set cancel_requested = true, state = case j.state when 'queued' then 'cancelled' else j.state end,
           finished_at = case j.state when 'queued' then now() else j.finished_at end
     where j.id = ${id} and j.state in ('queued', 'running') returning ${columns}`);
  await db.query(sql`select pg_notify('coverage_job', 'cancel')::text`);
  return job ?? selectOptionalJob(db, id);
}
