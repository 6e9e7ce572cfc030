import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findProjectRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'sql', 'migrations'))) return folder;
    if (folder === dirname(folder))
      throw new Error(`No project root (package.json beside sql/migrations) above ${from}.`);
  }
}

/** Absolute folder of the project: the same whether the server runs from source or from dist. */
export const projectRoot = findProjectRoot(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of something in the project, e.g. `projectPath('sql', 'migrations')`. */
export function projectPath(...parts: string[]): string {
  return join(projectRoot, ...parts);
}
