import type { CoverageJob } from '../../../contract/index.ts';
import type { DatasetRevision } from '../../../platform/dataset-revision.ts';
import type { Db } from '../../../platform/db/db.ts';
import { DatabaseUnavailableError, HttpError, toHttpError } from '../../../platform/http-error.ts';
import type { Log } from '../../../platform/log.ts';
import { runCoverage } from '../run-coverage.ts';
import type { RunProgress } from '../run-progress.ts';
import {
  endJob,
  insertJob,
  type JobEnd,
  type JobOptions,
  MOST_WAITING,
  recoverJobs,
  reportProgress,
  requestCancel,
  selectIsWork,
  startJob,
} from './job-queries.ts';
import { withRunLock } from './run-lock.ts';

const CANCELLED = Symbol('cancelled');
const STOPPED = Symbol('stopped');

/** How often progress is written and a wish to cancel is looked for, milliseconds. */
const REPORT_MS = 500;
/** How often it is looked whether another process left work behind, milliseconds. */
const LOOK_MS = 20_000;

export interface RunnerParts {
  db: Db;
  revision: DatasetRevision;
  log: Log;
  /** Replaced in tests only. */
  compute?: typeof runCoverage;
  /** Runs this job alone and no other. */
  only?: number;
  onProgress?: (progress: RunProgress) => void;
}

/** A sentence a user can read, from whatever was thrown. */
function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n')[0]?.trim() ?? '';
  return line === '' ? 'The computation ended without saying why.' : line.slice(0, 500);
}

/**
 * Runs the coverage jobs of a database one after the other, one at a time over all processes. A job whose process died is
 * taken up again; one that is cancelled or fails leaves the last good run in place.
 */
export class CoverageRunner {
  #parts: RunnerParts;
  #stopped = false;
  #wake: () => void = () => undefined;
  #loop: Promise<void> | undefined;
  #running: AbortController | undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Begins to look for jobs; a database that is away does not fail it. */
  async start(): Promise<void> {
    const { db, log } = this.#parts;
    const heard = (payload: string): void => (payload === 'cancel' ? void this.#checkCancel() : this.#wake());
    await db
      .listen('coverage_job', heard, () => this.#wake())
      .catch((error: unknown) => log.debug({ err: error }, 'not listening for coverage jobs; looking now and then'));
    this.#loop = this.#work();
  }

  /** Queues a day. @throws HttpError 429 when too many wait */
  async enqueue(at: string, options: JobOptions, requestedBy: string): Promise<CoverageJob> {
    const job = await this.#parts.db.transaction((tx) => insertJob(tx, at, options, requestedBy));
    if (!job)
      throw new HttpError(
        429,
        'too-many-jobs',
        `${MOST_WAITING} coverage runs are waiting already. Please try again later.`,
        {
          retryAfter: 60,
        },
      );
    this.#wake();
    return job;
  }

  /** Asks a job to stop. @returns the job as it then is; null when there is none */
  async cancel(id: number): Promise<CoverageJob | null> {
    const job = await requestCancel(this.#parts.db, id);
    await this.#checkCancel();
    return job;
  }

  /** Stops: the running job goes back into the queue. Resolves when nothing of it goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#running?.abort(STOPPED);
    this.#wake();
    await this.#loop;
  }

  /** Does all the work there is, then returns: for a command that waits for its job. */
  async runOnce(): Promise<void> {
    await this.#takeJobs();
  }

  #progress: RunProgress = { stage: 'read', done_share: 0 };
  #jobId: number | undefined;

  async #checkCancel(): Promise<void> {
    const [id, running] = [this.#jobId, this.#running];
    if (id === undefined || !running) return;
    const { stage, done_share } = this.#progress;
    if (await reportProgress(this.#parts.db, id, stage, done_share)) running.abort(CANCELLED);
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      try {
        if (await selectIsWork(this.#parts.db)) await this.#takeJobs();
      } catch (error) {
        this.#parts.log.debug({ err: error }, 'coverage jobs could not be read');
      }
      if (this.#stopped) return;
      let timer: NodeJS.Timeout | undefined;
      const pause = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LOOK_MS).unref();
      });
      await Promise.race([woken, pause]);
      clearTimeout(timer);
    }
  }

  async #takeJobs(): Promise<void> {
    const { db, only } = this.#parts;
    await withRunLock(db, async () => {
      await recoverJobs(db);
      while (!this.#stopped) {
        const job = await startJob(db, only);
        if (!job || !(await this.#run(job))) return;
      }
    });
  }

  /** @returns false when the database went away: the job stays "running", and whoever looks next takes it up again */
  async #run({ id, at, options }: { id: number; at: string; options: JobOptions }): Promise<boolean> {
    const { db, revision, log, compute = runCoverage } = this.#parts;
    const controller = new AbortController();
    this.#running = controller;
    this.#jobId = id;
    this.#progress = { stage: 'read', done_share: 0 };
    const onProgress = (progress: RunProgress): void => {
      this.#progress = progress;
      this.#parts.onProgress?.(progress);
    };
    const timer = setInterval(() => {
      this.#checkCancel().catch((error: unknown) => log.debug({ err: error, job: id }, 'progress was not written'));
    }, REPORT_MS).unref();
    // Stopped while the job was being taken: there was nothing to abort yet.
    const end: JobEnd | null = this.#stopped
      ? { state: 'queued' }
      : await compute(db, revision, at, { ...options, onProgress, signal: controller.signal }).then(
          ({ run_id }) => ({ state: 'done', run_id }),
          (error: unknown) => this.#endOf(error, controller.signal, id),
        );
    clearInterval(timer);
    this.#jobId = undefined;
    this.#running = undefined;
    if (end) await endJob(db, id, end);
    return end !== null;
  }

  #endOf(error: unknown, signal: AbortSignal, id: number): JobEnd | null {
    if (signal.aborted && error === signal.reason) return { state: error === STOPPED ? 'queued' : 'cancelled' };
    // What a user has to mend is told by the job; the log is for what went wrong here.
    if (toHttpError(error).status >= 500) this.#parts.log.warn({ err: error, job: id }, 'a coverage run failed');
    if (error instanceof DatabaseUnavailableError) return null;
    return { state: 'failed', error: sentenceOf(error) };
  }
}
