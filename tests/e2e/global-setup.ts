import type { TestProject } from 'vitest/node';
import { useServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the page, with a slash at the end. */
    pageUrl: string;
  }
}

/** One server for the specs of all files: starting it costs more than any of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await useServer();
  project.provide('pageUrl', server.url);
  return server.stop;
}
