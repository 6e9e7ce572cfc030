import { LRUCache } from 'lru-cache';

/** Remembers answers that hold for one dataset revision, such as the count of a filter. Concurrent askers share one query. */
export class RevisionCache {
  #entries = new LRUCache<string, Promise<unknown>>({ max: 2_000 });

  /** The answer of `compute` for this key at this revision; a failed computation is not remembered. */
  get<T>(revision: number, key: string, compute: () => Promise<T>): Promise<T> {
    const name = `${revision}\0${key}`;
    const known = this.#entries.get(name) as Promise<T> | undefined;
    if (known) return known;
    const answer = compute();
    this.#entries.set(name, answer);
    answer.catch(() => this.#entries.delete(name));
    return answer;
  }
}
