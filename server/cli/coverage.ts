import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { type CoverageJob, todayInVietnam } from '../contract/index.ts';
import { CoverageRunner, type StoredSummary, selectOptionalJob, selectRunSummary } from '../domains/coverage/index.ts';
import { createOutput, dayArgument, type Output } from './output.ts';
import { type Workbench, withDatabase } from './with-database.ts';

/** How often it is asked whether another process has done the job, milliseconds. */
const ASK_MS = 500;

interface ComputeFlags {
  at?: string;
  json?: boolean;
  terrain: boolean;
  full?: boolean;
}

const stageWords: Record<string, string> = {
  read: 'reading the inventory',
  levels: 'computing levels',
  figures: 'adding up',
  areas: 'drawing areas and gaps',
  store: 'storing',
};

const progressLine = (stage: string | null, share: number): string =>
  `${Math.floor(100 * share)} %: ${stage === null ? 'waiting for another run' : (stageWords[stage] ?? stage)}`;

/** Queues the day and sees the job through: this process runs it, unless a server on the same database is quicker. */
async function computeDay(
  { db, revision, log }: Workbench,
  at: string,
  flags: ComputeFlags,
  output: Output,
): Promise<number> {
  const queue = new CoverageRunner({ db, revision, log });
  const options = { ...(flags.terrain ? {} : { terrain: false }), ...(flags.full ? { full: true } : {}) };
  const { id } = await queue.enqueue(at, options, 'command');
  const runner = new CoverageRunner({
    db,
    revision,
    log,
    only: id,
    onProgress: ({ stage, done_share }) => output.progress(progressLine(stage, done_share)),
  });
  const cancel = (): void => {
    output.progress('stopping …');
    void runner.cancel(id).catch(() => process.exit(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, cancel);
  try {
    for (;;) {
      await runner.runOnce();
      const job = await selectOptionalJob(db, id);
      const runId = runIdOf(job);
      if (runId !== null) return runId;
      output.progress(progressLine(job?.stage ?? null, job?.done_share ?? 0));
      await delay(ASK_MS);
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, cancel);
  }
}

/** The run a job made; null while it goes on. @throws Error with one sentence when it made none */
function runIdOf(job: CoverageJob | null): number | null {
  if (job === null) throw new Error('The coverage run was forgotten by the queue.');
  if (job.state === 'cancelled') throw new Error('The coverage run was cancelled: the last result stays as it was.');
  if (job.state === 'failed') throw new Error(job.error ?? 'The coverage run failed.');
  return job.state === 'done' ? job.run_id : null;
}

function summaryText(at: string, run: StoredSummary): string {
  const terrain = run.terrain_source ?? 'without terrain';
  const seconds = Object.values(run.milliseconds ?? {}).reduce((sum, ms) => sum + ms, 0) / 1000;
  const levels =
    run.compared_with === null ? '' : `; levels of run ${run.compared_with} taken over where nothing changed`;
  const rows =
    run.keys_taken_over === 0
      ? ''
      : `; figures and areas of ${run.keys_taken_over} of ${run.keys} operators and technologies taken over`;
  const lines = run.totals.map(
    (total) =>
      `  ${total.technology}: ${total.people_covered} (${total.people_low}–${total.people_high}) of ${total.population} people, ${total.area_covered_km2.toFixed(1)} of ${total.area_km2.toFixed(1)} km² (any operator, estimated)`,
  );
  return [
    `Coverage as at ${at}: ${run.cells} cells, ${run.refused} refused, ${run.gaps} gaps; ${terrain}; ${seconds.toFixed(1)} s${levels}${rows}`,
    ...lines,
  ].join('\n');
}

const computeCommand = new Command('compute')
  .description('compute the coverage of every commune from the inventory as at a day')
  .option('--at <day>', 'day of the inventory, default today in Vietnam', dayArgument)
  .option('--no-terrain', 'as if no terrain were imported: ranges are capped')
  .option('--full', 'take nothing over from an earlier run')
  .option('--json', 'machine-readable result')
  .action(async (flags: ComputeFlags) => {
    const output = createOutput(flags.json ?? false);
    const at = flags.at ?? todayInVietnam();
    const run = await withDatabase(output.say, async (bench) =>
      selectRunSummary(bench.db, await computeDay(bench, at, flags, output)),
    );
    output.result(run, summaryText(at, run));
  });

export const coverageCommand = new Command('coverage')
  .description('coverage of the inventory')
  .addCommand(computeCommand);
