import { setTimeout as delay } from 'node:timers/promises';
import { prepareEmbeddedTemplates } from '../support/templates.ts';
import type { BenchContext } from './support/benchmark.ts';
import { beside, type Child, startNode } from './support/child.ts';
import { atMost, type Metric, percentile, told } from './support/metric.ts';

const STALL_MS = 20;
const PAUSE_MS = 10;

/** Spatial work of seconds, each on one line: unions, buffers and distances over the demo province. */
const HEAVY = [
  "select g, st_area(st_union(st_buffer(a.geom, 0.001 * g))) as area from admin_unit a, generate_series(1, 9) g where a.level = 'commune' group by g",
  'select count(*) as pairs from site a join site b on a.id < b.id and st_dwithin(a.geom::geography, b.geom::geography, 3000)',
  "select sum(st_area(st_intersection(a.geom, st_buffer(s.geom::geography, 4000)::geometry))) as area from site s join admin_unit a on a.level = 'commune' and st_dwithin(a.geom, s.geom, 0.04)",
];

/** Sends one line to the child and waits for its answer. */
function ask<T>(child: Child, line: string): Promise<T> {
  return new Promise((resolve, reject) => {
    child.process.stdout?.once('data', (text: string) => resolve(JSON.parse(text) as T));
    child.process.once('close', () => reject(new Error('the server has ended')));
    child.process.stdin?.write(`${line}\n`);
  });
}

/** Milliseconds each answer took that was asked for until the work ended. */
async function latenciesUntil(work: Promise<unknown>, urls: readonly string[]): Promise<number[]> {
  const state = { running: true };
  const ended = async (): Promise<void> => {
    await work.catch(() => undefined);
    state.running = false;
  };
  void ended();
  const latencies: number[] = [];
  for (let i = 0; state.running; i++) {
    const started = performance.now();
    const response = await fetch(urls[i % urls.length] ?? '');
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}`);
    latencies.push(performance.now() - started);
    await delay(PAUSE_MS);
  }
  return latencies;
}

/** Whether HTTP goes on while the embedded engine computes for seconds: stalls of the event loop, and answers meanwhile. */
export async function loopStall(_context: BenchContext): Promise<Metric[]> {
  const { demo } = await prepareEmbeddedTemplates();
  const child = startNode(['--expose-gc', ...beside('./support/stall-server', import.meta.url)], {
    env: { IMAGE: demo, NODE_ENV: 'production' },
    readyWhen: /ready at (http:\S+)/,
  });
  try {
    const url = await child.ready;
    const urls = [`${url}/healthz`, `${url}/tiles/sites/9/405/224.mvt?at=2009-01-01`];
    const warmUp = delay(2_000);
    await latenciesUntil(warmUp, urls);
    const stalls: number[] = [];
    const latencies: number[] = [];
    let seconds = 0;
    for (const query of HEAVY) {
      const work = ask<{ seconds: number; stallMs: number }>(child, query);
      latencies.push(...(await latenciesUntil(work, urls)));
      const { stallMs, seconds: taken } = await work;
      stalls.push(stallMs);
      seconds += taken;
    }
    return [
      atMost('loop_stall_max', Math.max(...stalls), 'ms', STALL_MS),
      told('loop_stall_query_time', seconds, 's'),
      told('healthz_during_query_p99', percentile(latencies, 0.99), 'ms'),
      told('healthz_during_query_max', Math.max(...latencies), 'ms'),
    ];
  } finally {
    await child.stop();
  }
}
