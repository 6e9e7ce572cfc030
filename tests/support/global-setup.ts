import type { TestProject } from 'vitest/node';
import { dropTestDatabases, prepareEmbeddedTemplates, preparePostgresTemplates, type Templates } from './templates.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What test databases are copied from: database names, or paths of images. */
    templates: Templates;
    /** Begins the name of every database that this run makes on the server. */
    databasePrefix: string;
  }
}

/** Prepares the templates of one engine. A missing database fails the run: it never skips tests. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const databasePrefix = `phusong_test_${process.pid}_`;
  project.provide('databasePrefix', databasePrefix);
  if (project.name === 'embedded') {
    project.provide('templates', await prepareEmbeddedTemplates());
    return undefined;
  }
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) {
    throw new Error(
      'The tests on PostgreSQL need TEST_DATABASE_URL (a superuser on a server with PostGIS); `npm test` starts one by itself.',
    );
  }
  project.provide('templates', await preparePostgresTemplates(serverUrl));
  return () => dropTestDatabases(serverUrl, databasePrefix);
}
