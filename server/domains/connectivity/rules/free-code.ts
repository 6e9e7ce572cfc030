/** Codes for rows that a repair adds: every row of a network has a code of its own. */

/** The stem with the first number from 2 that makes a free code. */
export function freeCode(stem: string, isTaken: (code: string) => boolean): string {
  let number = 2;
  while (isTaken(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}

/** The codes of one table, by network. A code that was ever taken is not given again: its row may go later than the new one comes. */
export class TakenCodes {
  #taken = new Set<string>();

  constructor(rows: Iterable<{ network_id: number; code: string }>) {
    for (const { network_id, code } of rows) this.take(network_id, code);
  }

  take(network: number, code: string): void {
    this.#taken.add(`${network} ${code}`);
  }

  /** A further code after `code`: `code/2`, `code/3`, … */
  next(network: number, code: string): string {
    const given = freeCode(`${code}/`, (wanted) => this.#taken.has(`${network} ${wanted}`));
    this.take(network, given);
    return given;
  }

  /** The code itself where it is free, else a further one. */
  give(network: number, code: string): string {
    if (this.#taken.has(`${network} ${code}`)) return this.next(network, code);
    this.take(network, code);
    return code;
  }
}
