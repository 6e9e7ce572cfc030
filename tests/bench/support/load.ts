import { beside, type Child, startNode } from './child.ts';

/** What a load generator is to do. */
export interface LoadPlan {
  /** `http://host:port` */
  url: string;
  /** Asked in turn, over and over. */
  paths: readonly string[];
  headers?: Record<string, string>;
  /** Requests under way at a time, one a connection. */
  connections: number;
  seconds: number;
}

/** What came back. */
export interface LoadResult {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  max: number;
  /** Answers by status code. */
  statuses: Record<string, number>;
  /** Body bytes received. */
  bytes: number;
}

/** A load generator in a process of its own, so that its work never counts as the server's. */
export class LoadGenerator {
  readonly #child: Child;

  private constructor(child: Child) {
    this.#child = child;
    child.process.setMaxListeners(100);
  }

  static async start(core?: number): Promise<LoadGenerator> {
    const options = { readyWhen: /^load generator ready$/m, ...(core === undefined ? {} : { core }) };
    const child = startNode(beside('./load-generator', import.meta.url), options);
    await child.ready;
    return new LoadGenerator(child);
  }

  /** Runs one plan. @throws Error when an answer has another status than those expected */
  async run(plan: LoadPlan, expected: readonly number[] = [200]): Promise<LoadResult> {
    const { stdin, stdout } = this.#child.process;
    if (stdin === null || stdout === null) throw new Error('the load generator has no pipes');
    const answer = new Promise<LoadResult>((resolve, reject) => {
      let text = '';
      const read = (piece: string): void => {
        text += piece;
        if (!text.endsWith('\n')) return;
        stdout.off('data', read);
        resolve(JSON.parse(text) as LoadResult);
      };
      stdout.on('data', read);
      this.#child.process.once('close', () => reject(new Error('the load generator has ended')));
    });
    stdin.write(`${JSON.stringify(plan)}\n`);
    const result = await answer;
    const strange = Object.keys(result.statuses).filter((status) => !expected.includes(Number(status)));
    if (strange.length > 0) throw new Error(`${plan.url} answered ${JSON.stringify(result.statuses)}`);
    return result;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }
}
