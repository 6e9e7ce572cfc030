/**
 * How many exports run at once: each holds a database connection as long as its reader takes. Further ones wait their turn,
 * so that slow readers never take the connections that lists and tiles need.
 */
export class ExportSlots {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(slots: number) {
    this.#free = slots;
  }

  /** Runs `work` when there is a free slot, in order of arrival. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
