import { describe, expect, test } from 'vitest';
import { siteFilterNames } from '../contract/index.ts';
import { tileLayers } from '../tiles/registry.ts';
import { describeApi, operations } from './describe-api.ts';
import { renderPage } from './page.ts';

const document = describeApi('https://phusong.example');

/** Every value under a key anywhere in the document. */
function valuesOf(wanted: string, node: unknown): unknown[] {
  if (Array.isArray(node)) return node.flatMap((item) => valuesOf(wanted, item));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (key === wanted ? [value] : valuesOf(wanted, value)));
}

function resolve(reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document);
}

interface Described {
  operationId: string;
  parameters?: { $ref?: string; name: string; in: string; required?: boolean }[];
  responses: Record<string, { $ref?: string; description?: string }>;
}
const described = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.values(methods as Record<string, Described>).map((operation) => ({ path, operation })),
);

describe('the OpenAPI document', () => {
  test('every reference resolves, and every component is used', () => {
    const references = valuesOf('$ref', document) as string[];
    expect(references.filter((reference) => resolve(reference) === undefined)).toEqual([]);
    const named = Object.entries(document.components ?? {})
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, things]) => Object.keys(things as object).map((name) => `#/components/${kind}/${name}`));
    expect(named.filter((name) => !references.includes(name))).toEqual([]);
  });

  test('operation ids are unique', () => {
    const ids = described.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(operations.length);
  });

  test('path parameters are those between the braces, all required', () => {
    for (const { path, operation } of described) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name).sort()).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort(),
      );
      expect(inPath.every(({ required }) => required)).toBe(true);
    }
  });

  test('every answer says what it is; a good one comes first', () => {
    for (const { operation } of described) {
      const [first] = Object.keys(operation.responses);
      expect(first).toMatch(/^20[0124]$/);
      for (const response of Object.values(operation.responses))
        expect(response.$ref ?? response.description).toBeTruthy();
    }
  });

  test('a named thing that may be missing is that thing or null, not both at once', () => {
    const { properties } = resolve('#/components/schemas/GapList') as { properties: Record<string, unknown> };
    expect(properties['run']).toEqual({ anyOf: [{ $ref: '#/components/schemas/CoverageRun' }, { type: 'null' }] });
  });

  test('the shared filter is one set of parameters, each with its schema inside', () => {
    for (const name of siteFilterNames) {
      const parameter = resolve(`#/components/parameters/${name}`) as { schema: Record<string, unknown> };
      expect(parameter.schema).not.toHaveProperty('$ref');
      expect(parameter.schema).toHaveProperty('type');
    }
    const wanted = siteFilterNames.map((name) => `#/components/parameters/${name}`);
    for (const id of ['listSites', 'exportSites', 'getTile', 'getTileJson']) {
      const found = described.find(({ operation }) => operation.operationId === id)?.operation.parameters ?? [];
      expect(found.map(({ $ref }) => $ref)).toEqual(expect.arrayContaining(wanted));
    }
  });

  test('the tile layers are those of the registry', () => {
    const tile = described.find(({ operation }) => operation.operationId === 'getTile')?.operation;
    const layer = tile?.parameters?.find(({ name }) => name === 'layer') as unknown as { schema: { enum: string[] } };
    expect(layer.schema.enum).toEqual(tileLayers.map(({ id }) => id));
  });

  test('the public address is the server', () => {
    expect(document.servers).toEqual([{ url: 'https://phusong.example' }]);
  });
});

describe('the page', () => {
  const page = renderPage(document);

  test('shows every operation and every schema, in both languages', () => {
    for (const { id, title, path } of operations) {
      expect(page).toContain(`<section id="${id}"`);
      expect(page).toContain(path);
      for (const text of [title.vi, title.en]) expect(page).toContain(text.replaceAll("'", '&#39;'));
    }
    for (const name of Object.keys(document.components?.schemas ?? {})) expect(page).toContain(`id="schema-${name}"`);
  });

  test('every link inside it has a target, and ids are unique', () => {
    const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test('headings never skip a level', () => {
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.entries()) if (i > 0) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test('has no inline script or style, which the policy would refuse', () => {
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
  });
});
