import { existsSync, readFileSync } from 'node:fs';
import { projectPath } from '../platform/paths.ts';

/** Where the answer of an operation's example request is kept. */
export function examplePath(operationId: string): string {
  return projectPath('server', 'openapi', 'examples', `${operationId}.json`);
}

/** The answer of the demo province to an example request, long lists shortened; undefined where none is kept. */
export function selectOptionalExample(operationId: string): unknown {
  const path = examplePath(operationId);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
}

const MAX_THINGS = 2;
const MAX_VALUES = 8;

/** An answer short enough to be read: lists of things keep their first two, lists of plain values their first eight. */
export function abridge(value: unknown): unknown {
  if (Array.isArray(value)) {
    const things = value.some((item) => typeof item === 'object' && item !== null);
    return value.slice(0, things ? MAX_THINGS : MAX_VALUES).map(abridge);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, abridge(part)]));
}

/** An example request as a person writes it. */
export function requestLine(method: string, url: string): string {
  return `${method.toUpperCase()} ${url}`;
}

/** A request that is refused, for the error component. */
export const PROBLEM_EXAMPLE = { id: 'problem', url: '/api/v1/sites?at=2008-13-31&colour=red' } as const;
