/** Messages between embedded.ts and its worker thread. */
export interface EmbeddedSettings {
  /** Folder of the data directory; undefined keeps everything in memory (tests, images). */
  folder: string | undefined;
  /** Compressed data-directory image to start an empty folder from. */
  image: string | undefined;
}

export type EmbeddedRequest = { id: number } & (
  | { kind: 'query'; text: string; values: unknown[] }
  | { kind: 'script'; text: string }
  | { kind: 'listen'; channel: string }
  | { kind: 'image' }
  | { kind: 'close' }
);

export type EmbeddedReply =
  | { kind: 'ready' }
  | { kind: 'done'; id: number; value: unknown }
  | {
      kind: 'failed';
      id: number;
      error: { message: string; code: string | undefined; detail: string | undefined; constraint: string | undefined };
    }
  | { kind: 'notification'; channel: string; payload: string };
