import { join, resolve } from 'node:path';
import { projectPath } from '../../server/platform/paths.ts';

/**
 * Path of a real file that is no part of the project (licences, size), e.g. `sharedData('stations', 'x.csv')`. Tests that
 * need one are in files named `*.real.test.ts`: vitest.config.ts leaves them out where the real files are not, and
 * `npm test` says so loudly.
 */
export function sharedData(...parts: string[]): string {
  return join(resolve(projectPath('..', 'shared', 'data')), ...parts);
}
