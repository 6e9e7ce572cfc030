/** The server's side of planning: asks the worker thread, gives it what it lacks, and keeps it from being overrun. */
import { Tinypool } from 'tinypool';
import type { ServerContext } from '../../../platform/context.ts';
import { HttpError } from '../../../platform/http-error.ts';
import { workerEntry } from '../../../platform/workers.ts';
import { selectRunCommunes } from '../queries.ts';
import type { PlanningKind, PlanningMessage, PlanningQuestions, PlanningReply } from './planning-types.ts';
import {
  selectCommuneNames,
  selectGroundRevision,
  selectOperatorCodes,
  selectOptionalStoredLevels,
} from './queries.ts';
import { noCommunes, readInventory } from './read-inventory.ts';

/** Questions in hand at once, the running one included. */
const MOST_WAITING = 8;
/** A question that takes longer than this is given up, ms: far more than a province needs. */
const TIME_LIMIT_MS = 45_000;
/** The worker's memory is given back after this long without a question, ms. */
const IDLE_MS = 15 * 60_000;
/** Inventory, levels, answer: more rounds mean that the worker dies again and again. */
const MOST_ROUNDS = 6;

/** A commune as answers name it, in the order of the worker's indices. */
export interface NamedCommune {
  id: number;
  code: string;
  name: string;
}

/** What the server itself keeps of a day. */
interface Day {
  communes: NamedCommune[];
  operators: { operator_id: number; code: string }[];
}

type PlannerContext = Pick<ServerContext, 'db' | 'revision' | 'cache' | 'log'>;

export class Planner {
  readonly #context: PlannerContext;
  #pool: Tinypool | null = null;
  #idle: NodeJS.Timeout | undefined;
  #waiting = 0;
  readonly #loading = new Map<string, Promise<void>>();

  constructor(context: PlannerContext) {
    this.#context = context;
  }

  /** The communes and operators of a day. @throws HttpError 409 when no communes are in force on it */
  async day(at: string): Promise<Day> {
    const { db, cache } = this.#context;
    return cache.get(await this.#groundRevision(), `planning ${at}`, async () => {
      const [ground, names, operators] = await Promise.all([
        selectRunCommunes(db, at),
        selectCommuneNames(db, at),
        selectOperatorCodes(db),
      ]);
      const communes = ground?.communes ?? [];
      if (!communes.some(({ polygons }) => polygons.length > 0)) throw noCommunes(at);
      return {
        communes: communes.map(({ commune_id, code }) => ({ id: commune_id, code, name: names.get(commune_id) ?? '' })),
        operators,
      };
    });
  }

  #groundRevision(): Promise<number> {
    const { db, revision, cache } = this.#context;
    return cache.get(revision.current, 'planning ground', () => selectGroundRevision(db));
  }

  /**
   * The worker's answer to a question about a day.
   * @throws HttpError 503 when too much is being asked, or it takes too long
   */
  async ask<K extends PlanningKind>(
    kind: K,
    at: string,
    task: PlanningQuestions[K][0],
  ): Promise<PlanningQuestions[K][1]> {
    if (this.#waiting >= MOST_WAITING) throw busy('too many planning questions are being computed', 2);
    this.#waiting++;
    clearTimeout(this.#idle);
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    try {
      return await this.#answer(kind, at, task, signal);
    } catch (error) {
      if (signal.aborted) throw busy('the planning question took too long', 10, error);
      throw error;
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  async #answer<K extends PlanningKind>(
    kind: K,
    at: string,
    task: PlanningQuestions[K][0],
    signal: AbortSignal,
  ): Promise<PlanningQuestions[K][1]> {
    const key = `${at} ${await this.#groundRevision()}`;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const reply = (await this.#send({ do: 'ask', key, kind, task }, signal)) as PlanningReply<K>;
      if (reply.lacks === null) return reply.answer;
      if (reply.lacks === 'inventory') await this.#once(key, () => this.#load(key, at, signal));
      else {
        const { technology, basis } = reply;
        await this.#once(`${key} ${technology}`, async () => {
          const stored = await selectOptionalStoredLevels(this.#context.db, basis, technology);
          await this.#send({ do: 'offer', key, technology, stored }, signal);
        });
      }
    }
    throw new Error('the planning worker forgets what it is given');
  }

  /** Does something once for all who need it at the same time. */
  async #once(key: string, work: () => Promise<void>): Promise<void> {
    const running = this.#loading.get(key) ?? work().finally(() => this.#loading.delete(key));
    this.#loading.set(key, running);
    await running;
  }

  async #load(key: string, at: string, signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const inventory = await readInventory(this.#context.db, at);
    await this.#send({ do: 'load', key, inventory }, signal);
    const milliseconds = Math.round(performance.now() - started);
    this.#context.log.info({ at, cells: inventory.cells.length, milliseconds }, 'planning took over the inventory');
  }

  #send(message: PlanningMessage, signal: AbortSignal): Promise<unknown> {
    if (!this.#pool) {
      const { url, argv } = workerEntry('planning-worker', import.meta.url);
      this.#pool = new Tinypool({ filename: url.href, argv, minThreads: 1, maxThreads: 1 });
    }
    return this.#pool.run(message, { signal });
  }

  /** Ends the worker; the next question starts another. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    await pool?.destroy();
  }
}

const busy = (what: string, retryAfter: number, cause?: unknown): HttpError =>
  new HttpError(503, 'planning-busy', `At the moment ${what}. Please try again shortly.`, { retryAfter, cause });
