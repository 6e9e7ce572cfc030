import type { NamedRow, ReadOptions, RowError } from './format.ts';
import { Repairs } from './ofds-repairs.ts';

/** Days that the user gives for spans whose file does not tell them. */
export type GivenDays = Pick<ReadOptions, 'valid_from' | 'valid_to'>;

/** What reading networks brings together beside their nodes and spans, and what it goes by. */
export class NetworkReading {
  readonly errors: RowError[];
  readonly repairs: Repairs;
  readonly days: GivenDays;
  readonly named: Record<string, NamedRow[]> = {};

  /** @param errors where row errors are added */
  constructor({ accept, valid_from, valid_to }: ReadOptions = {}, errors: RowError[] = []) {
    this.errors = errors;
    this.repairs = new Repairs(accept);
    this.days = {
      ...(valid_from === undefined ? {} : { valid_from }),
      ...(valid_to === undefined ? {} : { valid_to }),
    };
  }

  /** Notes a row that is taken, under the name of what was found. */
  note(finding: string, { row, scope, id, note }: NamedRow): void {
    (this.named[finding] ??= []).push({ row, scope, id, ...(note === undefined ? {} : { note }) });
  }

  /** How many of each finding and of each repair. */
  get counts(): Record<string, number> {
    const found = Object.entries(this.named).map(([finding, rows]) => [finding, rows.length] as const);
    return { ...Object.fromEntries(found), ...this.repairs.counts };
  }
}
