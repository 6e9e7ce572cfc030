import type { LayerDefinition } from '../layer.ts';
import type { Bounds, LayerChanges, ParseTileFilter, TileRow, TileSource } from '../tile-source.ts';

/**
 * A source in memory that behaves as the database does: reads see what is committed at the moment they are done, each
 * takes a while, and a committed edit is announced before it is acknowledged. One table stands for every layer; a
 * filter is `{ status }`.
 */
export class FakeSource implements TileSource {
  readonly rowsById = new Map<number, TileRow>();
  readonly calls = { changes: 0, rows: 0, select: 0, bounds: 0 };
  /** Thrown by the next calls while set. */
  failure: Error | null = null;
  /** Called at the start of each asynchronous read; tests put their own delays here. */
  pause: () => Promise<void> = () => Promise.resolve();
  #revision = 1;
  readonly #log: { revision: number; ids: number[] | null }[] = [];

  constructor(rows: readonly TileRow[] = []) {
    for (const row of rows) this.rowsById.set(row.id, row);
  }

  /** Commits rows (null removes) as one edit and returns its revision. */
  edit(changes: ReadonlyMap<number, TileRow | null>): number {
    for (const [id, row] of changes) {
      if (row === null) this.rowsById.delete(id);
      else this.rowsById.set(id, row);
    }
    this.#log.push({ revision: ++this.#revision, ids: [...changes.keys()] });
    return this.#revision;
  }

  /** Commits an edit of so many rows that they are not listed. */
  replaceAll(rows: readonly TileRow[]): void {
    this.rowsById.clear();
    for (const row of rows) this.rowsById.set(row.id, row);
    this.#log.push({ revision: ++this.#revision, ids: null });
  }

  /** Number of asynchronous reads so far. */
  get reads(): number {
    return this.calls.changes + this.calls.rows + this.calls.select + this.calls.bounds;
  }

  revision(): number {
    return this.#revision;
  }

  async changes(_layer: LayerDefinition, sinceRevision: number): Promise<LayerChanges> {
    await this.#read('changes');
    const since = this.#log.filter(({ revision }) => revision > sinceRevision);
    const ids = since.some((entry) => entry.ids === null) ? null : since.flatMap((entry) => entry.ids ?? []);
    return { revision: this.#revision, ids: ids === null ? null : [...new Set(ids)] };
  }

  async *rows(_layer: LayerDefinition, _day: string, ids: readonly number[] | null): AsyncIterable<readonly TileRow[]> {
    await this.#read('rows');
    const wanted = ids === null ? null : new Set(ids);
    yield [...this.rowsById.values()].filter(({ id }) => wanted === null || wanted.has(id));
  }

  async select(_layer: LayerDefinition, filter: unknown): Promise<Iterable<number> | null> {
    await this.#read('select');
    const { status } = filter as { status: string | null };
    if (status === null) return null;
    return [...this.rowsById.values()].filter((row) => row['status'] === status).map(({ id }) => id);
  }

  async bounds(): Promise<Bounds | null> {
    await this.#read('bounds');
    return [104.8, 20.9, 105.5, 21.8];
  }

  async #read(call: keyof FakeSource['calls']): Promise<void> {
    this.calls[call]++;
    await this.pause();
    if (this.failure !== null) throw this.failure;
  }
}

/** Parser that goes with {@link FakeSource}: `status` is the only parameter with an effect. */
export const parseFakeFilter: ParseTileFilter = (params) => {
  const status = params.get('status');
  const day = params.get('at') ?? '2026-11-23';
  return { key: `at=${day}&status=${status ?? ''}`, day, filter: { status } };
};
