import { InvalidArgumentError } from 'commander';
import { day } from '../contract/index.ts';
import type { Say } from '../prepare-database.ts';

/** Where a verb's words go: results to standard output, everything else to standard error. */
export interface Output {
  say: Say;
  /** A line that replaces itself on a terminal; nothing otherwise. */
  progress: (text: string) => void;
  /** The result: the object with --json, else the text. */
  result: (value: object, text: string) => void;
}

export function createOutput(json: boolean): Output {
  const terminal = process.stderr.isTTY && !json;
  return {
    say: (text) => {
      if (!json) process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (terminal) process.stderr.write(`\r\x1b[K${text}`);
    },
    result: (value, text) => {
      if (terminal) process.stderr.write('\r\x1b[K');
      process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
    },
  };
}

/** Argument parser of a day. */
export function dayArgument(text: string): string {
  const parsed = day.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It must be a day as YYYY-MM-DD.');
  return parsed.data;
}
