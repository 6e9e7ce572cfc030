import type { CoverageJob } from '../../../contract/index.ts';
import type { Db } from '../../../platform/db/db.ts';
import type { Log } from '../../../platform/log.ts';
import { selectJobs } from './job-queries.ts';

/** How often the followed jobs are read, milliseconds; once for all who listen. */
const LOOK_MS = 400;
/** Callers who may follow at once; each keeps a connection open. */
const MOST_FOLLOWERS = 100;

export interface JobFollower {
  /** Told when the job changed. */
  changed: (job: CoverageJob) => void;
  /** The server stops. */
  stopped: () => void;
}

/** Tells followers of jobs what becomes of them, whichever process runs them. */
export class JobFollowers {
  #db: Db;
  #log: Log;
  #followers = new Map<JobFollower, { id: number; last: string }>();
  #timer: NodeJS.Timeout | undefined;
  #isReading = false;

  constructor(db: Db, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  /** Whether nobody more may follow. */
  get isFull(): boolean {
    return this.#followers.size >= MOST_FOLLOWERS;
  }

  /** Follows a job from a state that is known. @returns what ends it */
  follow(job: CoverageJob, follower: JobFollower): () => void {
    this.#followers.set(follower, { id: job.id, last: JSON.stringify(job) });
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  async #look(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      const ids = [...new Set([...this.#followers.values()].map(({ id }) => id))];
      const jobs = new Map((await selectJobs(this.#db, ids)).map((job) => [job.id, job]));
      for (const [follower, known] of this.#followers) {
        const job = jobs.get(known.id);
        const now = JSON.stringify(job);
        if (!job || now === known.last) continue;
        known.last = now;
        follower.changed(job);
      }
    } catch (error) {
      this.#log.debug({ err: error }, 'followed jobs could not be read');
    } finally {
      this.#isReading = false;
    }
  }

  /** Ends every connection. */
  stop(): void {
    for (const follower of this.#followers.keys()) follower.stopped();
    this.#followers.clear();
    clearInterval(this.#timer);
  }
}
