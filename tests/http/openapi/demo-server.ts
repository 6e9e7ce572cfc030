import { readConfig } from '../../../server/platform/config.ts';
import { startServer, type RunningServer } from '../../../server/start-server.ts';
import { openTestDatabase } from '../../support/database.ts';
import { testLog } from '../../support/templates.ts';

export interface DemoServer extends RunningServer {
  /** GET with optional headers. */
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

/** The whole server over the demo province, on a free port. */
export async function startDemoServer(): Promise<DemoServer> {
  const database = await openTestDatabase({ demo: true });
  const config = { ...readConfig({ PORT: '0', RATE_LIMIT: '1000000' }), logLevel: 'silent' as const };
  const server = await startServer({ config, db: database.db, log: testLog });
  return {
    ...server,
    get: (url, headers = {}) => fetch(`${server.url}${url}`, { headers }),
    stop: async () => {
      await server.close();
      await database.close();
    },
  };
}
