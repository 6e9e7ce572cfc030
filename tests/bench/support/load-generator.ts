/**
 * Process of load.ts: reads plans from standard input, one JSON a line, and answers each with one line. Speaks HTTP/1.1
 * over plain sockets, because a full client costs more per request than a cached tile costs its server.
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { LoadPlan, LoadResult } from './load.ts';
import { percentile } from './metric.ts';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Collects what all connections of one plan see. */
class Tally {
  readonly latencies: number[] = [];
  readonly statuses: Record<string, number> = {};
  bytes = 0;
  #next = 0;
  readonly #requests: readonly Buffer[];

  constructor({ url, paths, headers = {} }: LoadPlan) {
    const lines = Object.entries({ Host: new URL(url).host, 'Accept-Encoding': 'gzip', ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    this.#requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\n${head}\r\n`));
  }

  nextRequest(): Buffer {
    const request = this.#requests[this.#next++ % this.#requests.length];
    if (request === undefined) throw new Error('a plan needs paths');
    return request;
  }

  add(status: string, bytes: number, milliseconds: number): void {
    this.latencies.push(milliseconds);
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    this.bytes += bytes;
  }
}

/** Length of the body that follows a head. Chunked answers are not understood: servers under test must not send them. */
function bodyLength(head: string): number {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (/^HTTP\/1.1 (204|304)/.test(head)) return 0;
  throw new Error(`an answer without Content-Length: ${head}`);
}

/** One connection that asks until the time is over. */
function askUntil(deadline: number, { url }: LoadPlan, tally: Tally): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let sentAt = 0;
    let held: Buffer | null = null;
    /** Bytes of the answer, head included; null until its head is complete. */
    let expected: number | null = null;
    let [received, status, body] = [0, '', 0];
    const ask = (): void => {
      if (performance.now() >= deadline) {
        socket.destroy();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(tally.nextRequest());
    };
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('the server closed a connection')));
    socket.on('data', (piece) => {
      received += piece.length;
      if (expected === null) {
        held = held === null ? piece : Buffer.concat([held, piece]);
        const end = held.indexOf(HEAD_END);
        if (end < 0) return;
        const head = held.toString('latin1', 0, end);
        status = head.slice(9, 12);
        body = bodyLength(head);
        expected = end + HEAD_END.length + body;
      }
      if (received < expected) return;
      tally.add(status, body, performance.now() - sentAt);
      [held, expected, received] = [null, null, 0];
      ask();
    });
  });
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const tally = new Tally(plan);
  const started = performance.now();
  const deadline = started + plan.seconds * 1000;
  await Promise.all(Array.from({ length: plan.connections }, () => askUntil(deadline, plan, tally)));
  const seconds = (performance.now() - started) / 1000;
  const { latencies, statuses, bytes } = tally;
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    max: percentile(latencies, 1),
    statuses,
    bytes,
  };
}

process.stdout.write('load generator ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await run(JSON.parse(line) as LoadPlan))}\n`);
}
