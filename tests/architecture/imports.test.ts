import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../server/platform/paths.ts';
import { IMPORT_RULES, violations } from './import-rules.ts';
import { readImports } from './read-imports.ts';

async function sourceFiles(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ['server', 'client/src']) {
    const entries = await readdir(projectPath(folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name)) found.push(join(entry.parentPath, entry.name));
    }
  }
  return found.map((path) => relative(projectPath(), path).split(sep).join('/')).sort();
}

describe('import rules of the house', () => {
  it('are kept by every file of server and client', async () => {
    const files = await sourceFiles();
    expect(files.length).toBeGreaterThan(100);
    const imports = await Promise.all(
      files.map(async (file) => readImports(file, await readFile(projectPath(file), 'utf8'))),
    );
    expect(violations(imports.flat())).toEqual([]);
  });

  /** One snippet per rule that breaks it, and it alone. */
  const breaking: [rule: string, file: string, text: string][] = [
    ['contract-alone', 'server/contract/wire.ts', "import { sql } from '../platform/text/index.ts';"],
    ['contract-only-zod', 'server/contract/wire.ts', "import pino from 'pino';"],
    ['platform-no-domains', 'server/platform/log.ts', "export { checkFilter } from '../domains/sites/index.ts';"],
    ['domain-own-room', 'server/domains/fibre/queries.ts', "import { x } from '../sites/index.ts';"],
    ['domain-own-room', 'server/domains/fibre/routes.ts', "import type { LayerId } from '../../tiles/index.ts';"],
    ['domain-by-index', 'server/domains/exports/routes.ts', "import { selectCounts } from '../sites/queries.ts';"],
    ['domain-by-index', 'server/app.ts', "const { x } = await import('./domains/sites/routes.ts');"],
    ['tiles-room', 'server/tiles/registry.ts', "import { app } from '../app.ts';"],
    ['server-not-client', 'server/app.ts', "import '../client/src/main.ts';"],
    ['server-not-client', 'server/app.ts', "import data from '../fixtures/text/keys.json';"],
    [
      'client-only-contract',
      'client/src/api/client.ts',
      "import { HttpError } from '../../../server/platform/http-error.ts';",
    ],
    ['client-domains-apart', 'client/src/domains/sites/panel.tsx', "import { legend } from '../coverage/legend.tsx';"],
    ['client-base-no-domains', 'client/src/ui/tabs.tsx', "export * from '../domains/sites/panel.tsx';"],
    ['database-drivers', 'server/domains/sites/queries.ts', "import type { Pool } from 'pg';"],
    [
      'database-drivers',
      'server/start-server.ts',
      "const { PGlite } = await import('@electric-sql/pglite/contrib/x');",
    ],
    ['express-at-the-edge', 'server/domains/sites/queries.ts', "import { Router } from 'express';"],
    ['maplibre-in-map', 'client/src/domains/sites/layers.ts', "import { Map, type Popup } from 'maplibre-gl';"],
  ];

  it.each(breaking)('%s catches what breaks it in %s', (rule, file, text) => {
    expect(violations(readImports(file, text))).toEqual([expect.stringContaining(`[${rule}]`)]);
  });

  it('has a breaking snippet for every rule', () => {
    expect([...new Set(breaking.map(([rule]) => rule))].sort()).toEqual(IMPORT_RULES.map((rule) => rule.id).sort());
  });

  const allowed: [file: string, text: string][] = [
    [
      'server/domains/exports/routes.ts',
      "import { siteCondition } from '../sites/index.ts'; import { Router } from 'express';",
    ],
    ['server/domains/sites/rules.test.ts', "import keys from '../../../fixtures/text/keys.json';"],
    [
      'client/src/domains/sites/layers.ts',
      "import type { LayerSpecification } from 'maplibre-gl'; import { type Map } from 'maplibre-gl';",
    ],
    ['client/src/api/client.ts', "import type { SiteList } from '../../../server/contract/index.ts';"],
    ['server/platform/db/postgres.ts', "import pg from 'pg';"],
  ];
  it.each(allowed)('lets %s do what it may', (file, text) => {
    expect(violations(readImports(file, text))).toEqual([]);
  });
});
