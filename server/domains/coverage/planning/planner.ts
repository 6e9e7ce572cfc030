/**
 * The server's side of planning: asks the worker threads and gives them what they lack. Suggestions, which take seconds,
 * have a thread of their own, so that quick questions never wait for one; both read the same ground in shared memory.
 */
import type { ServerContext } from '../../../platform/context.ts';
import { noCommunes } from '../no-communes.ts';
import { selectRunCommunes } from '../queries.ts';
import type { RunGround } from '../rules/coverage-types.ts';
import { PlanningLane } from './planning-lane.ts';
import type { PlanningInventory, PlanningKind, PlanningQuestions, PlanningReply } from './planning-types.ts';
import {
  selectCommuneNames,
  selectGroundRevision,
  selectOperatorCodes,
  selectOptionalStoredLevels,
} from './queries.ts';
import { readInventory } from './read-inventory.ts';

/** Far more than a province needs, ms: suggestions give way to everything else. */
const LIMIT_MS = { quick: 45_000, suggestions: 90_000 };
/** Inventory, levels, answer: more rounds mean that the worker dies again and again. */
const MOST_ROUNDS = 6;
/** Days whose ground is kept for the other thread; as many as a worker keeps. */
const MOST_DAYS = 2;

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

/** A day as the first worker that was asked about it laid it: what its ground was made of is left out. */
interface LaidDay {
  inventory: PlanningInventory;
  ground: RunGround;
}

export class Planner {
  readonly #context: PlannerContext;
  readonly #quick: PlanningLane;
  readonly #suggestions: PlanningLane;
  /** By key, the one last laid at the end. */
  readonly #days = new Map<string, LaidDay>();
  readonly #loading = new Map<string, Promise<void>>();

  constructor(context: PlannerContext) {
    this.#context = context;
    const closed = (): void => this.#forget();
    this.#quick = new PlanningLane({
      name: 'quick',
      questions: 8,
      idle_ms: 15 * 60_000,
      limit_ms: LIMIT_MS.quick,
      closed,
    });
    this.#suggestions = new PlanningLane({
      name: 'suggestions',
      givesWay: true,
      questions: 4,
      idle_ms: 60_000,
      limit_ms: LIMIT_MS.suggestions,
      closed,
    });
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
      if (!ground) throw noCommunes(at);
      return {
        communes: ground.communes.map(({ commune_id, code }) => ({
          id: commune_id,
          code,
          name: names.get(commune_id) ?? '',
        })),
        operators,
      };
    });
  }

  #groundRevision(): Promise<number> {
    const { db, revision, cache } = this.#context;
    return cache.get(revision.current, 'planning ground', () => selectGroundRevision(db));
  }

  /**
   * The answer to a question about a day.
   * @param caller aborted when nobody waits for it any more
   * @throws HttpError 503 when too much is being asked, or it takes too long; 499 when the caller left
   */
  ask<K extends PlanningKind>(
    kind: K,
    at: string,
    task: PlanningQuestions[K][0],
    caller?: AbortSignal,
  ): Promise<PlanningQuestions[K][1]> {
    const lane = kind === 'suggest' ? this.#suggestions : this.#quick;
    return lane.question(() => this.#answer(lane, kind, at, task, caller));
  }

  async #answer<K extends PlanningKind>(
    lane: PlanningLane,
    kind: K,
    at: string,
    task: PlanningQuestions[K][0],
    caller: AbortSignal | undefined,
  ): Promise<PlanningQuestions[K][1]> {
    const key = `${at} ${await this.#groundRevision()}`;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const reply = (await lane.send({ do: 'ask', key, kind, task }, caller)) as PlanningReply<K>;
      if (reply.lacks === null) return reply.answer;
      // What a worker lacks is for all who ask: it is sent whether or not this caller still waits.
      if (reply.lacks === 'inventory') await this.#load(lane, key, at);
      else {
        const { technology, basis } = reply;
        await this.#once(`${lane.name} ${key} ${technology}`, async () => {
          const stored = await selectOptionalStoredLevels(this.#context.db, basis, technology);
          await lane.send({ do: 'offer', key, technology, stored });
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

  /** Gives a worker a day. Whichever thread needs it first lays its ground, the other takes the same memory over. */
  async #load(lane: PlanningLane, key: string, at: string): Promise<void> {
    await this.#once(key, async () => {
      if (!this.#days.has(key)) await this.#lay(lane, key, at);
    });
    const day = this.#days.get(key);
    if (!day) return;
    await this.#once(`${lane.name} ${key}`, async () => void (await lane.send({ do: 'load', key, ...day })));
  }

  async #lay(lane: PlanningLane, key: string, at: string): Promise<void> {
    const started = performance.now();
    const inventory = await readInventory(this.#context.db, at);
    const ground = (await lane.send({ do: 'lay', inventory })) as RunGround;
    this.#days.set(key, { inventory: withoutGround(inventory), ground });
    for (const old of this.#days.keys()) {
      if (this.#days.size <= MOST_DAYS) break;
      this.#days.delete(old);
    }
    const milliseconds = Math.round(performance.now() - started);
    this.#context.log.info({ at, cells: inventory.cells.length, milliseconds }, 'planning took over the inventory');
  }

  /** Gives the days back when no worker uses them any more. */
  #forget(): void {
    if (!this.#quick.isOpen && !this.#suggestions.isOpen) this.#days.clear();
  }

  /** Ends the workers; the next question starts another. */
  async close(): Promise<void> {
    await Promise.all([this.#quick.close(), this.#suggestions.close()]);
  }
}

/** What a worker needs of an inventory once its ground is laid. */
const withoutGround = (inventory: PlanningInventory): PlanningInventory => ({
  ...inventory,
  communes: inventory.communes.map((commune) => ({ ...commune, polygons: [] })),
  population: { rasters: [], villages: [], habitable: [] },
});
