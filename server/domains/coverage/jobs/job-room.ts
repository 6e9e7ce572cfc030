import type { ServerContext } from '../../../platform/context.ts';
import { CoverageRunner } from './coverage-runner.ts';
import { JobFollowers } from './follow-jobs.ts';

/** What runs the coverage jobs of a server, and who follows them. */
export interface JobRoom {
  runner: CoverageRunner;
  followers: JobFollowers;
}

/** The room of a server; nothing runs before its runner is started. */
export function createJobRoom({ db, revision, log }: ServerContext): JobRoom {
  return { runner: new CoverageRunner({ db, revision, log }), followers: new JobFollowers(db, log) };
}
