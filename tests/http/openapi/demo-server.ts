import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

export interface DemoServer extends TestServer {
  /** GET with optional headers. */
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

/** The whole server over the demo province, on a free port. */
export async function startDemoServer(): Promise<DemoServer> {
  const server = await startServerWithDatabase({ demo: true });
  return { ...server, get: (url, headers = {}) => server.fetch(url, { headers }), stop: () => server.close() };
}
