import { existsSync } from 'node:fs';
import type { SiteItem, SiteList, WhatIfResult } from '../../server/contract/index.ts';
import type { RunSummary } from '../../server/domains/coverage/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { sharedData } from '../support/shared-data.ts';
import type { BenchContext } from './support/benchmark.ts';
import { beside, startNode } from './support/child.ts';
import { withPostgres } from './support/databases.ts';
import { atMost, type Metric, median, percentile, told } from './support/metric.ts';

const DAY = '2026-11-23';
const RUN_TARGET_S = 30;
const RUN_MEMORY_TARGET_MB = 1_000;
const WHAT_IF_TARGET_MS = 300;
const SUGGEST_TARGET_S = 5;
const QUESTIONS = 60;
/** The last one has hardly a site, and bands that reach far: the most to weigh. */
const SUBJECTS = [
  ['VIETTEL', '4G'],
  ['VINAPHONE', '4G'],
  ['MOBIFONE', '5G'],
  [undefined, '5G'],
  ['GMOBILE', '2G'],
] as const;
const tile = sharedData('terrain', 'N21E105.hgt');

function post<T>(server: TestServer, path: string, body: object) {
  return server.json<T>(`/api/v1/coverage/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function timed(work: () => Promise<{ status: number; body: unknown }>): Promise<number> {
  const started = performance.now();
  const { status, body } = await work();
  if (status !== 200) throw new Error(`the planner answers ${status}: ${JSON.stringify(body)}`);
  return performance.now() - started;
}

/** The kinds of change in turn, at one site after the other. */
function changeOf(site: SiteItem, index: number): object {
  const { id: site_id, lon, lat } = site;
  const kinds = [
    { kind: 'add', lon: lon + 0.004, lat: lat + 0.004 },
    { kind: 'move', site_id, lon: lon + 0.01, lat },
    { kind: 'raise', site_id, antenna_height_m: 60 },
    { kind: 'off', site_id },
  ];
  return kinds[index % kinds.length] as object;
}

async function whatIfTimes(server: TestServer): Promise<number[]> {
  const subject = { operator: 'VIETTEL', technology: '4G', at: DAY };
  const { body } = await server.json<SiteList>(`/api/v1/sites?at=${DAY}&operator=VIETTEL&technology=4G&limit=1000`);
  const sites = body.items.filter(({ position_flag, status }) => position_flag === null && status === 'active');
  const step = Math.floor(sites.length / QUESTIONS);
  const ask = (index: number) =>
    timed(() =>
      post<WhatIfResult>(server, 'what-if', {
        ...subject,
        changes: [changeOf(sites[index * step] as SiteItem, index)],
      }),
    );
  // The first question makes the state that all others use.
  await ask(0);
  const times: number[] = [];
  for (let index = 0; index < QUESTIONS; index++) times.push(await ask(index));
  return times;
}

const stages = (name: string, { milliseconds }: Pick<RunSummary, 'milliseconds'>): Metric[] =>
  Object.entries(milliseconds).map(([stage, spent]) => told(`${name}_${stage}`, spent, 'ms'));

/** A whole run of the demo today over terrain, and one after an edit, in a process that does nothing else. */
async function wholeRun(url: string, say: BenchContext['say']): Promise<Metric[]> {
  if (!existsSync(tile)) say('  the terrain tile is not there: without terrain');
  const child = startNode(beside('./support/run-child', import.meta.url), {
    env: { DATABASE_URL: url, DAY, ...(existsSync(tile) && { TERRAIN: tile }) },
    readyWhen: /run (\{.*\})/,
  });
  type Timed = Pick<RunSummary, 'milliseconds'> & { seconds: number };
  const { full, edited, megabytes } = JSON.parse(await child.ready) as {
    full: Timed;
    edited: Timed;
    megabytes: number;
  };
  await child.stop();
  return [
    atMost('coverage_run_today_terrain', full.seconds, 's', RUN_TARGET_S),
    ...stages('coverage_run_today', full),
    told('coverage_run_edited_terrain', edited.seconds, 's'),
    ...stages('coverage_run_edited', edited),
    told('coverage_run_edited_times_quicker', full.seconds / edited.seconds, '×'),
    atMost('coverage_run_today_memory', megabytes, 'MB', RUN_MEMORY_TARGET_MB),
  ];
}

/** A whole run of the demo today over terrain, then what-if questions and suggestions over it. */
export async function planning({ databases, say }: BenchContext): Promise<Metric[]> {
  const url = await databases.copy('demo');
  const run = await wholeRun(url, say);
  return withPostgres(url, async (db) => {
    const server = await startTestServer(db);
    try {
      const answers = await whatIfTimes(server);
      const suggestions: number[] = [];
      for (const [operator, technology] of SUBJECTS) {
        const asked = { operator, technology, at: DAY, count: 10 };
        const milliseconds = await timed(() => post(server, 'suggest', asked));
        say(`  10 suggestions for ${operator ?? 'any'} ${technology}: ${(milliseconds / 1000).toFixed(1)} s`);
        suggestions.push(milliseconds);
      }
      return [
        ...run,
        told('what_if_median', median(answers), 'ms'),
        atMost('what_if_p95', percentile(answers, 0.95), 'ms', WHAT_IF_TARGET_MS),
        atMost('suggestions_10_longest', Math.max(...suggestions) / 1000, 's', SUGGEST_TARGET_S),
      ];
    } finally {
      await server.close();
    }
  });
}
