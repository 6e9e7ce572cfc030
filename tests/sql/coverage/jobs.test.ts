import sql from 'sql-template-tag';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CoverageJob } from '../../../server/contract/index.ts';
import { CoverageRunner, selectOptionalJob } from '../../../server/domains/coverage/index.ts';
import type { runCoverage } from '../../../server/domains/coverage/run-coverage.ts';
import type { Db } from '../../../server/platform/db/db.ts';
import { createLog } from '../../../server/platform/log.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { testLog } from '../../support/templates.ts';
import { insertUnit } from '../../support/units.ts';
import { until } from '../../support/until.ts';

type Compute = typeof runCoverage;

let database: TestDatabase;
const runners: CoverageRunner[] = [];
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await database.db.query(sql`delete from coverage_job`);
});

/** A run that goes on until it is told to end, and says what it was asked. */
function heldRun() {
  const asked: { at: string; options: Parameters<Compute>[3] }[] = [];
  const running = { now: 0, most: 0 };
  const releases: ((error?: Error) => void)[] = [];
  const compute = ((_db, _revision, at, options) =>
    new Promise((resolve, reject) => {
      asked.push({ at, options });
      running.most = Math.max(running.most, ++running.now);
      const end = (work: () => void): void => {
        running.now--;
        work();
      };
      options?.onProgress?.({ stage: 'levels', done_share: 0.25 });
      options?.signal?.addEventListener('abort', () => end(() => reject(options.signal?.reason as Error)));
      releases.push((error) =>
        end(() => (error ? reject(error) : resolve({ run_id: null } as unknown as Awaited<ReturnType<Compute>>))),
      );
    })) as Compute;
  /** Ends the run that was asked for first, with the error if there is one. A job is "running" in the table before it is here. */
  const release = async (error?: Error): Promise<void> => {
    await until(() => releases.length > 0);
    releases.shift()?.(error);
  };
  return { compute, asked, running, release };
}

async function startRunner(compute: Compute): Promise<CoverageRunner> {
  const runner = new CoverageRunner({ db: database.db, revision: database.revision, log: testLog, compute });
  runners.push(runner);
  await runner.start();
  return runner;
}

const jobOf = async ({ id }: { id: number }): Promise<CoverageJob> => {
  const job = await selectOptionalJob(database.db, id);
  if (!job) throw new Error('the job is gone');
  return job;
};
const untilState = (job: { id: number }, state: CoverageJob['state']): Promise<unknown> =>
  until(async () => (await jobOf(job)).state === state);

describe('coverage jobs', () => {
  it('run one after the other in the order they were asked for', async () => {
    const held = heldRun();
    const runner = await startRunner(held.compute);
    const first = await runner.enqueue('2008-12-31', {}, 'test');
    const second = await runner.enqueue('2009-12-31', { full: true }, 'test');
    await untilState(first, 'running');
    expect(await jobOf(second)).toMatchObject({ state: 'queued', attempts: 0 });
    await held.release();
    await untilState(second, 'running');
    await held.release();
    await untilState(second, 'done');
    expect(held.asked.map(({ at, options }) => [at, options?.full])).toEqual([
      ['2008-12-31', undefined],
      ['2009-12-31', true],
    ]);
    expect(await jobOf(first)).toMatchObject({ state: 'done', done_share: 1, attempts: 1, error: null });
  });

  it('write how far they are into the table', async () => {
    const held = heldRun();
    const runner = await startRunner(held.compute);
    const job = await runner.enqueue('2008-12-31', {}, 'test');
    await until(async () => (await jobOf(job)).done_share === 0.25);
    expect(await jobOf(job)).toMatchObject({ state: 'running', stage: 'levels' });
    await held.release();
    await untilState(job, 'done');
  });

  it('asked for twice are one, unless the first has begun or they want something else', async () => {
    const held = heldRun();
    const runner = await startRunner(held.compute);
    const running = await runner.enqueue('2008-12-31', {}, 'test');
    await untilState(running, 'running');
    const waiting = await runner.enqueue('2008-12-31', {}, 'test');
    expect(waiting.id).not.toBe(running.id);
    expect((await runner.enqueue('2008-12-31', {}, 'test')).id).toBe(waiting.id);
    expect((await runner.enqueue('2008-12-31', { terrain: false }, 'test')).id).not.toBe(waiting.id);
  });

  it('of which 20 wait are enough: the next is refused', async () => {
    const held = heldRun();
    const runner = await startRunner(held.compute);
    await untilState(await runner.enqueue('2000-01-01', {}, 'test'), 'running');
    for (let day = 10; day < 30; day++) await runner.enqueue(`2001-01-${day}`, {}, 'test');
    await expect(runner.enqueue('2002-01-01', {}, 'test')).rejects.toMatchObject({ status: 429 });
  });

  it('that are cancelled end at once while they wait, and soon while they run', async () => {
    const held = heldRun();
    const runner = await startRunner(held.compute);
    const running = await runner.enqueue('2008-12-31', {}, 'test');
    const waiting = await runner.enqueue('2009-12-31', {}, 'test');
    await untilState(running, 'running');
    expect(await runner.cancel(waiting.id)).toMatchObject({ state: 'cancelled' });
    await runner.cancel(running.id);
    await untilState(running, 'cancelled');
    expect(held.asked.length).toBe(1);
    expect(await runner.cancel(12345)).toBeNull();
  });

  it('that fail say why in one sentence, and the next one goes on', async () => {
    const held = heldRun();
    const runner = await startRunner(held.compute);
    const job = await runner.enqueue('2008-12-31', {}, 'test');
    const next = await runner.enqueue('2009-12-31', {}, 'test');
    await untilState(job, 'running');
    await held.release(new Error('There is no room left.\n    at somewhere'));
    await untilState(job, 'failed');
    expect(await jobOf(job)).toMatchObject({ error: 'There is no room left.' });
    await untilState(next, 'running');
  });

  it('of a day without communes fail in one sentence that no log repeats; a fault of the program is logged with its stack', async () => {
    const { db, revision } = database;
    let logged = '';
    const log = createLog('warn', { write: (line) => void (logged += line) });
    const failing = (() => Promise.reject(new Error('broken'))) as Compute;
    const run = async (options: { compute?: Compute }): Promise<string | null> => {
      logged = '';
      const runner = new CoverageRunner({ db, revision, log, ...options });
      const job = await runner.enqueue('1990-01-01', {}, 'test');
      await runner.runOnce();
      return (await jobOf(job)).error;
    };
    const sentence = 'There are no communes in force on 1990-01-01: import boundaries first.';
    expect([await run({}), logged]).toEqual([sentence, '']);
    await insertUnit(db, { code: '10001', validFrom: '1980-01-01' });
    expect([await run({}), logged], 'without a boundary').toEqual([sentence, '']);
    expect(await run({ compute: failing })).toBe('broken');
    expect(logged).toContain('"stack":"Error: broken\\n    at ');
  });

  it('go back into the queue when the server stops, and are taken up by the next', async () => {
    const held = heldRun();
    const runner = await startRunner(held.compute);
    const job = await runner.enqueue('2008-12-31', {}, 'test');
    await untilState(job, 'running');
    await runner.stop();
    expect(await jobOf(job)).toMatchObject({ state: 'queued', attempts: 0, done_share: 0 });
    const after = heldRun();
    await startRunner(after.compute);
    await untilState(job, 'running');
    await after.release();
    await untilState(job, 'done');
  });

  it('go back into the queue too when the server stops in the moment it takes one up', async () => {
    const held = heldRun();
    let goOn = (): void => undefined;
    const stopped = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const real = database.db;
    const slow: Db = {
      engine: real.engine,
      query: async (statement) => {
        const rows = await real.query<never>(statement);
        if (statement.sql.includes("set state = 'running'")) await stopped;
        return rows;
      },
      script: (text) => real.script(text),
      transaction: (work) => real.transaction(work),
      cursor: (statement) => real.cursor(statement),
      listen: (...heard) => real.listen(...heard),
      close: () => real.close(),
    };
    const runner = new CoverageRunner({ db: slow, revision: database.revision, log: testLog, compute: held.compute });
    await runner.start();
    const job = await runner.enqueue('2008-12-31', {}, 'test');
    await untilState(job, 'running');
    const end = runner.stop();
    goOn();
    await end;
    expect(await jobOf(job)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(held.asked).toEqual([]);
  });

  it('whose process died are taken up again, and fail for good after three times', async () => {
    const left = async (attempts: number): Promise<{ id: number }> => {
      const [row] = await database.db.query<{ id: number }>(sql`
        insert into coverage_job (at, state, attempts, stage, done_share) values ('2008-12-31', 'running', ${attempts}::integer, 'areas', 0.8) returning id`);
      if (!row) throw new Error('not inserted');
      return row;
    };
    const worn = await left(3);
    const first = await startRunner(heldRun().compute);
    await untilState(worn, 'failed');
    expect((await jobOf(worn)).error).toMatch(/started 3 times/);
    await first.stop();
    const lost = await left(1);
    await startRunner(heldRun().compute);
    await until(async () => (await jobOf(lost)).attempts === 2);
    expect(await jobOf(lost)).toMatchObject({ state: 'running' });
  });

  it('are run by one of several servers on the same database, never by two at once', async () => {
    if (database.db.engine === 'embedded') return expect(database.url).toBeUndefined();
    const held = heldRun();
    const [one, two] = [await startRunner(held.compute), await startRunner(held.compute)];
    const jobs = [];
    for (let i = 1; i <= 4; i++) jobs.push(await (i % 2 === 0 ? one : two).enqueue(`2008-12-0${i}`, {}, 'test'));
    for (const job of jobs) {
      await untilState(job, 'running');
      await held.release();
      await untilState(job, 'done');
    }
    expect(held.running.most).toBe(1);
    expect(held.asked.length).toBe(4);
  });

  it('that another process is asked to stop, stop there', async () => {
    if (database.db.engine === 'embedded') return expect(database.url).toBeUndefined();
    const held = heldRun();
    const runner = await startRunner(held.compute);
    const job = await runner.enqueue('2008-12-31', {}, 'test');
    await untilState(job, 'running');
    const other = new CoverageRunner({ db: database.db, revision: database.revision, log: testLog });
    await other.cancel(job.id);
    await untilState(job, 'cancelled');
  });
});
