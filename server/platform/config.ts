import { resolve } from 'node:path';
import { z } from 'zod';
import { projectPath } from './paths.ts';

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(8),
  DATA_DIR: z.string().min(1).default(projectPath('data')),
  CACHE_DIR: z
    .string()
    .min(1)
    .default(projectPath('node_modules', '.cache', 'phusong')),
  PUBLIC_BASE_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TILE_CACHE_MB: z.coerce.number().int().min(1).max(16_384).default(256),
  DEMO: flag.default(true),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  RATE_LIMIT: z.coerce.number().int().min(1).max(10_000_000).default(1_200),
  EDIT_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
});

/** Settings of one process, parsed once at the edge. */
export interface Config {
  port: number;
  /** Address to listen on; loopback unless the operator opens it. */
  host: string;
  /** PostgreSQL/PostGIS server; without it the embedded engine is used. */
  databaseUrl: string | undefined;
  databasePool: number;
  /** Folder of the embedded engine's data. */
  dataDir: string;
  /** Folder of re-creatable files (data-directory images). */
  cacheDir: string;
  /** Base of absolute links, without a trailing slash; otherwise taken from the request. */
  publicBaseUrl: string | undefined;
  logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  tileCacheBytes: number;
  /** Fill an empty embedded database with the demo province. */
  demo: boolean;
  /** How many reverse proxies stand in front: from how far back X-Forwarded-For is believed. */
  trustedProxies: number;
  /** API requests a minute from one address; exports a tenth of it. Tiles are not counted. */
  rateLimit: number;
  /** Bearer token that allows edits over HTTP; without it edits over HTTP are off. */
  editToken: string | undefined;
}

/**
 * Reads the configuration from environment variables.
 * @throws Error with one sentence that names each bad variable and why.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new Error(`The configuration is not usable: ${reasons}.`);
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    databasePool: values.DATABASE_POOL,
    dataDir: resolve(values.DATA_DIR),
    cacheDir: resolve(values.CACHE_DIR),
    publicBaseUrl: values.PUBLIC_BASE_URL?.replace(/\/+$/, ''),
    logLevel: values.LOG_LEVEL,
    tileCacheBytes: values.TILE_CACHE_MB * 1024 * 1024,
    demo: values.DEMO,
    trustedProxies: values.TRUSTED_PROXIES,
    rateLimit: values.RATE_LIMIT,
    editToken: values.EDIT_TOKEN,
  };
}
