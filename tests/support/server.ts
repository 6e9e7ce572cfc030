import { readConfig } from '../../server/platform/config.ts';
import type { Db } from '../../server/platform/db/db.ts';
import { createLog } from '../../server/platform/log.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';

export const EDIT_TOKEN = 'only-for-the-tests-0123456789';

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** Parsed JSON; null when the answer has no body. */
  body: T;
}

/** The real HTTP application, listening on a free port of this computer. */
export interface TestServer {
  url: string;
  context: RunningServer['context'];
  /** Asks for JSON; `path` begins with a slash. */
  json<T = Record<string, unknown>>(path: string, init?: RequestInit): Promise<Answer<T>>;
  /** Asks for anything; the answer is as fetch gives it. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** Starts HTTP over an open database, which stays open afterwards. */
export async function startTestServer(db: Db, env: Record<string, string> = {}): Promise<TestServer> {
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', RATE_LIMIT: '1000000', EDIT_TOKEN, ...env });
  const server = await startServer({ config, db, log: createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent') });
  const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}${path}`, init);
  return {
    url: server.url,
    context: server.context,
    fetch: ask,
    json: async <T>(path: string, init?: RequestInit) => {
      const response = await ask(path, init);
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as T };
    },
    close: () => server.close(),
  };
}

/** A server over a fresh database of its own. */
export async function startServerWithDatabase(options: {
  demo: boolean;
  env?: Record<string, string>;
}): Promise<TestServer & { database: TestDatabase }> {
  const database = await openTestDatabase(options);
  const server = await startTestServer(database.db, options.env);
  const close = async (): Promise<void> => {
    await server.close();
    await database.close();
  };
  return { ...server, database, close };
}
