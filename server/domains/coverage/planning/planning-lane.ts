/** One worker thread of planning and the messages that wait for it: the longest waiting first, none for callers who left. */
import { Tinypool } from 'tinypool';
import { HttpError } from '../../../platform/http-error.ts';
import { workerEntry } from '../../../platform/workers.ts';
import type { PlanningMessage } from './planning-types.ts';

export interface LaneOptions {
  name: string;
  /** The thread gives way to others when there are not enough cores. */
  givesWay?: boolean;
  /** Questions in hand at once, the running one included. */
  questions: number;
  /** The thread and its memory are given back after this long without a question, ms. */
  idle_ms: number;
  /** A message that waits or is worked on for longer than this is given up, ms. */
  limit_ms: number;
  /** Told when the thread was given back. */
  closed?: () => void;
  /** The worker's code; replaced in tests only. */
  entry?: { url: URL; argv: string[] };
}

const busy = (what: string, retryAfter: number, cause?: unknown): HttpError =>
  new HttpError(503, 'planning-busy', `At the moment ${what}. Please try again shortly.`, { retryAfter, cause });

const tookTooLong = (cause?: unknown): HttpError => busy('the planning question took too long', 10, cause);

/** Nobody reads it: whom it would be said to is gone. */
const callerLeft = (): HttpError => new HttpError(499, 'caller-left', 'The caller did not wait for the answer.');

export class PlanningLane {
  readonly #options: LaneOptions;
  #pool: Tinypool | null = null;
  #idle: NodeJS.Timeout | undefined;
  #questions = 0;
  #isWorking = false;
  /** What lets each waiting message begin, the longest waiting first. */
  readonly #waiting = new Set<() => void>();
  /** Not 0: nobody waits for what the worker is doing. */
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Whether there is a thread. */
  get isOpen(): boolean {
    return this.#pool !== null;
  }

  /**
   * Takes a question in hand: `work` sends what is needed to answer it.
   * @throws HttpError 503 when too many are in hand
   */
  async question<T>(work: () => Promise<T>): Promise<T> {
    if (this.#questions >= this.#options.questions) throw busy('too many planning questions are being computed', 2);
    this.#questions++;
    clearTimeout(this.#idle);
    try {
      return await work();
    } finally {
      this.#questions--;
      if (this.#questions === 0) this.#idle = setTimeout(() => void this.close(), this.#options.idle_ms).unref();
    }
  }

  /**
   * The worker's reply. Messages of a caller who leaves are not begun; one that is being worked on is told to stop, and
   * the worker keeps what it knows.
   * @throws HttpError 503 when it takes too long, 499 when the caller left
   */
  async send(message: PlanningMessage, caller?: AbortSignal): Promise<unknown> {
    await this.#turn(caller);
    const halt = (): void => void Atomics.store(this.#stop, 0, 1);
    const limit = AbortSignal.timeout(this.#options.limit_ms);
    try {
      if (caller?.aborted) throw callerLeft();
      Atomics.store(this.#stop, 0, 0);
      caller?.addEventListener('abort', halt);
      return await this.#worker().run(message, { signal: limit });
    } catch (error) {
      if (caller?.aborted) throw callerLeft();
      if (limit.aborted) throw tookTooLong(error);
      throw error;
    } finally {
      caller?.removeEventListener('abort', halt);
      this.#isWorking = false;
      const [next] = this.#waiting;
      next?.();
    }
  }

  /** Waits until the worker is free, or the caller leaves. */
  #turn(caller: AbortSignal | undefined): Promise<void> {
    if (caller?.aborted) return Promise.reject(callerLeft());
    if (!this.#isWorking) {
      this.#isWorking = true;
      return Promise.resolve();
    }
    return new Promise<void>((resolve, reject) => {
      const end = (): void => {
        this.#waiting.delete(begin);
        clearTimeout(timer);
        caller?.removeEventListener('abort', leave);
      };
      const begin = (): void => {
        end();
        this.#isWorking = true;
        resolve();
      };
      const leave = (): void => {
        end();
        reject(callerLeft());
      };
      const timer = setTimeout(() => {
        end();
        reject(tookTooLong());
      }, this.#options.limit_ms);
      caller?.addEventListener('abort', leave);
      this.#waiting.add(begin);
    });
  }

  #worker(): Tinypool {
    const { url, argv } = this.#options.entry ?? workerEntry('planning-worker', import.meta.url);
    this.#pool ??= new Tinypool({
      filename: url.href,
      argv,
      minThreads: 1,
      maxThreads: 1,
      workerData: { stop: this.#stop, givesWay: this.#options.givesWay ?? false },
    });
    return this.#pool;
  }

  /** Ends the worker; the next message starts another. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const pool = this.#pool;
    this.#pool = null;
    this.#options.closed?.();
    await pool?.destroy();
  }
}
