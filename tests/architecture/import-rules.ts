import type { Import } from './read-imports.ts';

/** The import rules of the house: each has a sentence for people and tells whether an import breaks it. */
export interface ImportRule {
  id: string;
  sentence: string;
  isBrokenBy: (imported: Import) => boolean;
}

/** Rooms that may look into other domains, through their index.ts. */
const COMPOSING_DOMAINS = new Set(['exports', 'imports', 'reports', 'search']);

const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\/|\/test-support\.ts$/.test(path);
const below = (path: string, ...folders: string[]): boolean => folders.some((folder) => path.startsWith(`${folder}/`));
const serverDomain = (path: string): string | undefined => /^server\/domains\/([^/]+)\//.exec(path)?.[1];
const clientDomain = (path: string): string | undefined => /^client\/src\/domains\/([^/]+)\//.exec(path)?.[1];
const isIndex = (path: string): boolean => /\/index\.tsx?$/.test(path);

/** A rule about files of our own. */
function room(id: string, sentence: string, isBrokenBy: (file: string, target: string) => boolean): ImportRule {
  return { id, sentence, isBrokenBy: ({ file, target, isPackage }) => !isPackage && isBrokenBy(file, target) };
}

/** A rule about who may use a package. */
function packages(
  id: string,
  sentence: string,
  names: (name: string) => boolean,
  mayUse: (file: string) => boolean,
  { types = false } = {},
): ImportRule {
  return {
    id,
    sentence,
    isBrokenBy: ({ file, target, isPackage, isType }) =>
      isPackage && below(file, 'server', 'client') && !(types && isType) && names(target) && !mayUse(file),
  };
}

export const IMPORT_RULES: readonly ImportRule[] = [
  room(
    'contract-alone',
    'server/contract imports nothing of ours',
    (file, target) => below(file, 'server/contract') && !below(target, 'server/contract'),
  ),
  room(
    'platform-no-domains',
    'server/platform imports only itself and server/contract',
    (file, target) =>
      below(file, 'server/platform') &&
      !below(target, 'server/platform', 'server/contract') &&
      !(isTest(file) && below(target, 'fixtures')),
  ),
  room(
    'domain-own-room',
    'a domain imports only platform, contract and itself (exports, imports, reports, search: other domains too)',
    (file, target) => {
      const own = serverDomain(file);
      if (own === undefined || below(target, 'server/platform', 'server/contract', `server/domains/${own}`))
        return false;
      if (isTest(file) && below(target, 'fixtures')) return false;
      return !(COMPOSING_DOMAINS.has(own) && serverDomain(target) !== undefined);
    },
  ),
  room(
    'domain-by-index',
    'a domain is used from outside only through its index.ts',
    (file, target) =>
      below(file, 'server') &&
      serverDomain(target) !== undefined &&
      serverDomain(target) !== serverDomain(file) &&
      !isIndex(target),
  ),
  room(
    'tiles-room',
    'server/tiles imports only itself, platform, contract and domains',
    (file, target) =>
      below(file, 'server/tiles') &&
      !below(target, 'server/tiles', 'server/platform', 'server/contract', 'server/domains') &&
      !(isTest(file) && below(target, 'fixtures')),
  ),
  room(
    'server-not-client',
    'the server imports neither the client nor tests nor fixtures (its unit tests may use fixtures)',
    (file, target) =>
      below(file, 'server') && (below(target, 'client', 'tests') || (below(target, 'fixtures') && !isTest(file))),
  ),
  room(
    'client-only-contract',
    'of the server, the client imports only server/contract',
    (file, target) =>
      below(file, 'client') &&
      !below(target, 'client', 'server/contract') &&
      !(isTest(file) && below(target, 'fixtures')),
  ),
  room('client-domains-apart', 'domains of the client never import each other', (file, target) => {
    const [own, other] = [clientDomain(file), clientDomain(target)];
    return own !== undefined && other !== undefined && own !== other;
  }),
  room(
    'client-base-no-domains',
    'ui, map, api, i18n and state of the client know no domain',
    (file, target) =>
      below(file, 'client/src/ui', 'client/src/map', 'client/src/api', 'client/src/i18n', 'client/src/state') &&
      clientDomain(target) !== undefined,
  ),
  packages(
    'contract-only-zod',
    'server/contract uses no package but zod',
    (name) => name !== 'zod',
    (file) => !below(file, 'server/contract') || isTest(file),
  ),
  packages(
    'database-drivers',
    'pg and the embedded engine are used only in server/platform/db',
    (name) => name === 'pg' || name === 'pg-postgis-types' || name.startsWith('@electric-sql/'),
    (file) => below(file, 'server/platform/db'),
  ),
  packages(
    'express-at-the-edge',
    'express is used only in app.ts, routes.ts and server/platform',
    (name) => name === 'express',
    (file) => file === 'server/app.ts' || file.endsWith('/routes.ts') || below(file, 'server/platform'),
  ),
  packages(
    'maplibre-in-map',
    'maplibre-gl runs only in client/src/map (its types may be used anywhere in the client)',
    (name) => name === 'maplibre-gl',
    (file) => below(file, 'client/src/map'),
    { types: true },
  ),
];

/** Every rule an import breaks, as `file → target: sentence`. */
export function violations(imports: readonly Import[]): string[] {
  return imports.flatMap((imported) =>
    IMPORT_RULES.filter((rule) => rule.isBrokenBy(imported)).map(
      (rule) => `${imported.file} → ${imported.target}: ${rule.sentence} [${rule.id}]`,
    ),
  );
}
