import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectPath } from '../../server/platform/paths.ts';
import type { BenchContext } from './support/benchmark.ts';
import { freePort, residentMegabytes, startNode } from './support/child.ts';
import { atMost, type Metric, median, told } from './support/metric.ts';
import { productEnv } from './support/product.ts';

const FIRST_S = 30;
const WARM_S = 5;
const WARM_STARTS = 3;
const POLL_MS = 20;

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

interface Start {
  /** From spawning the process until /healthz and /readyz both answer with 200. */
  seconds: number;
  residentMb: number;
  peakMb: number;
}

async function startOnce(dataDir: string): Promise<Start> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = startNode([projectPath('dist', 'server', 'cli.js'), 'serve'], {
    env: productEnv({ DATA_DIR: dataDir, PORT: String(port), DEMO: 'true' }),
    readyWhen: /ready at (http:\S+)/,
  });
  let ended: unknown;
  child.process.once('exit', (code) => {
    ended = code ?? 'a signal';
  });
  while (!((await answers(`${url}/healthz`)) && (await answers(`${url}/readyz`)))) {
    if (ended !== undefined) await child.ready;
    await delay(POLL_MS);
  }
  const seconds = (performance.now() - started) / 1000;
  const summary = await fetch(`${url}/api/v1/summary?at=2008-12-31`);
  if (!summary.ok) throw new Error(`the summary answered ${summary.status}`);
  const { now, peak } = residentMegabytes(child.process);
  await child.stop();
  return { seconds, residentMb: now, peakMb: peak };
}

/** Starts of the built product on the embedded engine with the demo province: on an empty folder, and on a filled one. */
export async function embeddedStart(_context: BenchContext): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'phusong-bench-'));
  try {
    const first = await startOnce(folder);
    const warm: Start[] = [];
    for (let i = 0; i < WARM_STARTS; i++) warm.push(await startOnce(folder));
    return [
      atMost('embedded_first_start', first.seconds, 's', FIRST_S),
      atMost('embedded_warm_start', median(warm.map(({ seconds }) => seconds)), 's', WARM_S),
      told('embedded_first_start_peak_memory', first.peakMb, 'MB'),
      told('embedded_server_memory', median(warm.map(({ residentMb }) => residentMb)), 'MB'),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
