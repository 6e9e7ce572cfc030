import type { Language, Translated } from '../../platform/language.ts';

/** One condition of a filter as the address has it, and as a person reads it. */
export interface FilterLine {
  name: string;
  value: string;
  label: Translated;
  /** The value with what it is called, such as `227 Thành phố Việt Trì`. */
  shown: string;
}

/** One number of things. */
export interface CountLine {
  /** Word of the API: `sites`. */
  name: string;
  label: Translated;
  value: number;
  /** In a file name, where spaces are dashes. */
  unit: Translated;
}

/** What every export states: which filter, how many, of which revision, written when. */
export interface Statement {
  language: Language;
  /** What is exported: `sites`; the name of the GeoJSON collection. */
  name: string;
  /** First word of the file name. */
  stem: Translated;
  title: Translated;
  /** Day of the inventory; null for what holds for no one day. */
  at: string | null;
  filter: readonly FilterLine[];
  /** The first count is that of the rows. */
  counts: readonly CountLine[];
  /** Where the figures come from: run, model, coordinate systems. */
  sources: readonly (readonly [label: Translated, value: string | number])[];
  /** What a reader must know to understand the rows, as sentences in the language of the file. */
  notes: readonly string[];
  dataset_revision: number;
  synthetic: boolean;
  /** Vietnam time with offset, to the second. */
  written_at: string;
}

/** A moment in Vietnam time (UTC+7, no daylight saving): `2026-11-23T08:30:00+07:00`. */
export function vietnamTime(moment: Date): string {
  return `${new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

/** The filter as query parameters, in the order of its lines. */
export function filterParams({ filter }: Statement): URLSearchParams {
  return new URLSearchParams(filter.map(({ name, value }): [string, string] => [name, value]));
}

/** The counts by their names. */
export function countsOf({ counts }: Statement): Record<string, number> {
  return Object.fromEntries(counts.map(({ name, value }) => [name, value]));
}
