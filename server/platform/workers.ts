import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What to start a worker thread with: `new Worker(url, { argv })`, or tinypool's `filename` and `argv`. */
export interface WorkerEntry {
  url: URL;
  argv: string[];
}

/**
 * A worker's entry: the built `.js`, or the `.ts` through source-worker.mjs when running from source (development, tests).
 * @param name file name without extension, beside the module whose `import.meta.url` is given
 */
export function workerEntry(name: string, importMetaUrl: string): WorkerEntry {
  const built = new URL(`./${name}.js`, importMetaUrl);
  if (existsSync(fileURLToPath(built))) return { url: built, argv: [] };
  return {
    url: new URL('./source-worker.mjs', import.meta.url),
    argv: [new URL(`./${name}.ts`, importMetaUrl).href],
  };
}
