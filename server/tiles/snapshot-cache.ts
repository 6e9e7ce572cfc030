/** Rows in memory that know which dataset revision they are of. */
export interface Snapshot {
  readonly revision: number;
  /** Memory held, bytes; it may grow while the snapshot is used. */
  readonly byteLength: number;
}

interface Held<S> {
  snapshot: S;
  firstBytes: number;
}

/** Rounds of refreshing one request takes part in before it gives up on a source that contradicts itself. */
const MAX_ROUNDS = 8;

/**
 * Snapshots by key, the least recently used dropped first when together they hold more than `maxBytes`. One alone may
 * hold more (it is needed), unless it has grown to twice what it was when made: then it is dropped to start afresh.
 */
export class SnapshotCache<S extends Snapshot> {
  readonly #maxBytes: number;
  readonly #held = new Map<string, Held<S>>();
  readonly #refreshing = new Map<string, Promise<S>>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Memory held by all snapshots, bytes. */
  get byteLength(): number {
    let sum = 0;
    for (const { snapshot } of this.#held.values()) sum += snapshot.byteLength;
    return sum;
  }

  /**
   * The snapshot of that key, at least of `minRevision`. A refresh under way is shared; when it fails, all who wait
   * for it fail and the next request tries again.
   * @param refresh makes the newest snapshot from the one held, if any
   */
  async get(key: string, minRevision: number, refresh: (previous: S | null) => Promise<S>): Promise<S> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const held = this.#touch(key);
      if (held !== null && held.revision >= minRevision) return held;
      const pending = this.#refreshing.get(key) ?? this.#start(key, refresh(held));
      const fresh = await pending;
      if (fresh.revision >= minRevision) return fresh;
    }
    throw new Error(`rows of ${key} stay older than the announced revision ${minRevision}`);
  }

  /** Drops what is too much. To be called after use of a snapshot that grows. */
  prune(): void {
    let bytes = this.byteLength;
    for (const [key, { snapshot, firstBytes }] of this.#held) {
      if (bytes <= this.#maxBytes) return;
      if (this.#held.size === 1 && snapshot.byteLength < firstBytes * 2) return;
      this.#held.delete(key);
      bytes -= snapshot.byteLength;
    }
  }

  #touch(key: string): S | null {
    const held = this.#held.get(key);
    if (held === undefined) return null;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.snapshot;
  }

  #start(key: string, refreshed: Promise<S>): Promise<S> {
    const pending = refreshed
      .then((snapshot) => {
        this.#held.delete(key);
        this.#held.set(key, { snapshot, firstBytes: snapshot.byteLength });
        this.prune();
        return snapshot;
      })
      .finally(() => this.#refreshing.delete(key));
    this.#refreshing.set(key, pending);
    return pending;
  }
}
