import type { Readable } from 'node:stream';
import type { RecordOf, UnitLevel } from './records.ts';

/** A row that is not taken, as a value: the other rows go on. */
export interface RowError {
  row: number;
  /** The list that `row` counts in, where a file has several: `networks/0/nodes`, `nodes.csv`. Absent: the rows of the file. */
  scope?: string;
  /** Column or member, with its path inside nested files (`networks/0/spans/3/status`). */
  field: string;
  /** The value as written, shortened to 200 signs; null when it is missing. */
  value: string | null;
  /** One English sentence for people. */
  reason: string;
  /** Stable snake_case word for programs and translations. */
  code: string;
  /** A fix that can be proposed to the user; never applied by a format. */
  proposal?: string;
  /** The refused position, so that the loader can propose another reading of it. */
  position?: RefusedPosition;
}

/** Two numbers that are no position of the province as they stand: what is written for lon and for lat, degrees or metres. */
export interface RefusedPosition {
  first: number;
  second: number;
  /** Commune that the row declares, of any vintage. */
  commune_code: string | null;
}

/** Where a record stands in its file: see RowError. */
export interface RowPlace {
  row: number;
  scope: string | null;
}

/** A refused row as received: the named cells of a CSV row, the object of a JSON list. */
export interface RawRow extends RowPlace {
  raw: unknown;
}

/** A row that a finding is about: it is taken, and this says what was found or done. */
export interface NamedRow extends RowPlace {
  /** The row's own id, as people look it up. */
  id: string;
  /** What the file says and what was taken instead; absent where the name of the finding says it all. */
  note?: string;
}

export interface ImportBatch<R> {
  records: R[];
  errors: RowError[];
  /** Rows seen since the last batch, good or bad. */
  rows: number;
  /** Of those, rows left out with something they are part of, without an error of their own; none when absent. */
  rows_left_out?: number;
  /** What was mended or found on the way, added up over the batch: `{ rings_rewound: 278 }`. */
  counts: Record<string, number>;
  /** The rows of findings that name them; each such finding is counted too. */
  named?: Record<string, NamedRow[]>;
}

/** A file to read; `open` may be called more than once. */
export interface ImportSource {
  file_name: string;
  /** Bytes; null when it is not known before reading. */
  size: number | null;
  open(): Readable;
  /** A file of that plain name in the same folder; null when there is none. Absent: the source stands alone. */
  sibling?(name: string): ImportSource | null;
}

export interface ReadOptions {
  /** Files over this many bytes are refused; each format has its own default. */
  max_bytes?: number;
  /** Records in a batch; 5,000 by default. */
  batch_size?: number;
  /** First day of validity, and first day without it, where the file does not tell them. */
  valid_from?: string;
  valid_to?: string;
  /** Boundaries: level and province of units whose file does not tell them. */
  level?: UnitLevel;
  province_code?: string;
  /** Sites: VN-2000 system of coordinates given in metres, easting in the lon column. */
  srid?: number;
  /** Fibre: kinds of proposed repairs that are to be carried out. */
  accept?: readonly string[];
}

/** One import format: what it is, how it is recognised, and how it is read. Add a file and one line in index.ts. */
export interface ImportFormat<K extends keyof RecordOf = keyof RecordOf> {
  id: string;
  /** What the user asks for with `--as`. */
  makes:
    | 'boundaries'
    | 'sites'
    | 'fibre'
    | 'claims'
    | 'measurements'
    | 'transmitters'
    | 'villages'
    | 'habitable'
    | 'lines';
  record: K;
  label: { vi: string; en: string };
  /** True: the file is never taken for this format unless the user asks for what it makes. */
  only_when_asked?: boolean;
  /** Whether the file looks like this format, from its name and first bytes (up to 64 kB). Must not throw. */
  detect(fileName: string, head: Buffer): boolean;
  /** The files of a package, in a fixed order; absent: the file alone. */
  parts?(source: ImportSource): ImportSource[];
  /** The rows as received, in batches, numbered as `read` numbers them: those that were refused are kept. */
  rows(source: ImportSource): AsyncIterable<RawRow[]>;
  /** Reads the file. Bad rows are in the batches; an unreadable or refused file throws ImportFileError. */
  read(source: ImportSource, options?: ReadOptions): AsyncIterable<ImportBatch<RecordOf[K]>>;
}

/** Each format with its own kind of record, so that `switch (format.record)` narrows. */
export type AnyImportFormat = { [K in keyof RecordOf]: ImportFormat<K> }[keyof RecordOf];

/** The file as a whole cannot be taken; nothing of it may be written. `reasons` lists every fault found in it. */
export class ImportFileError extends Error {
  readonly code: string;
  readonly reasons: RowError[];

  constructor(code: string, message: string, options: { cause?: unknown; reasons?: RowError[] } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ImportFileError';
    this.code = code;
    this.reasons = options.reasons ?? [];
  }
}

/** No code, name or other text of a row is longer: an index of the database takes 2,704 bytes, a sign has up to four. */
export const MAX_TEXT_SIGNS = 500;

const SHOWN_SIGNS = 200;
/** First half of a sign outside the basic plane, cut from its second half: no database takes it. */
const HALF_SIGN = /[\ud800-\udbff]$/;

/** A row error with its value made printable and short. */
export function rowError(
  at: number | RowPlace,
  field: string,
  value: unknown,
  code: string,
  reason: string,
  proposal?: string,
): RowError {
  const missing = value === undefined || value === null || value === '';
  const text = missing ? null : typeof value === 'string' ? value : JSON.stringify(value);
  const shown =
    text !== null && text.length > SHOWN_SIGNS ? `${text.slice(0, SHOWN_SIGNS).replace(HALF_SIGN, '')}…` : text;
  const { row, scope } = typeof at === 'number' ? { row: at, scope: null } : at;
  return {
    row,
    ...(scope === null ? {} : { scope }),
    field,
    value: shown,
    reason,
    code,
    ...(proposal === undefined ? {} : { proposal }),
  };
}
