import { projectPath } from '../../../server/platform/paths.ts';
import { type Child, startNode } from './child.ts';

/** Bearer token of the servers under test. */
export const EDIT_TOKEN = 'benchmark-edit-token-0000';

export interface Product {
  url: string;
  child: Child;
  stop(): Promise<void>;
}

/** Environment of a server under test: quiet, no rate limit, no demo unless asked for. */
export function productEnv(env: Record<string, string>): Record<string, string> {
  return {
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    RATE_LIMIT: '10000000',
    PORT: '0',
    HOST: '127.0.0.1',
    EDIT_TOKEN,
    DATABASE_URL: '',
    DEMO: 'false',
    ...env,
  };
}

/** Starts the built product, as `npm start` does once it is installed and built. */
export async function startProduct(env: Record<string, string>, core?: number): Promise<Product> {
  const child = startNode([projectPath('dist', 'server', 'cli.js'), 'serve'], {
    env: productEnv(env),
    readyWhen: /ready at (http:\S+)/,
    ...(core === undefined ? {} : { core }),
  });
  return { url: await child.ready, child, stop: () => child.stop() };
}
