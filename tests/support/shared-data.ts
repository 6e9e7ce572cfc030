/**
 * Real files that are not part of the project (licences, size). Where they are not there, the tests of them are not
 * registered, and `npm test` says so loudly.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectPath } from '../../server/platform/paths.ts';

const folder = resolve(process.env['SHARED_DATA_DIR'] ?? projectPath('..', 'shared', 'data'));

export const hasSharedData = existsSync(join(folder, 'admin'));

/** Path of a real file, e.g. `sharedData('admin', 'phu-tho-communes-2009.geojson')`. */
export function sharedData(...parts: string[]): string {
  return join(folder, ...parts);
}
