import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { vi } from '../../client/src/i18n/vi.ts';
import { projectPath } from '../../server/platform/paths.ts';

/** Codes that the page has no words of its own for. */
const withoutText = new Set([
  // Of many reasons: the detail says which, and the page checks what it asks for first.
  'invalid-request',
  'bad-request',
  // Of addresses that the page does not make, and of what it does not print.
  'bad-host',
  'bad-url',
  'method-not-allowed',
  'tile-out-of-range',
  'unknown-format',
  'unknown-layer',
  'unknown-parameter',
  'version-required',
  'caller-left',
  'too-many-listeners',
  // Of a file, which is no answer to the page.
  'too-many-rows',
  // Said at the field of the name.
  'scenario-name-taken',
]);

it('the page has words for every other code of a problem that the server answers with', () => {
  const codes = readdirSync(projectPath('server'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(projectPath('server', name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/(?:HttpError|super)\(\s*(?:\d{3}|error\.status),\s*'([a-z-]+)'/g)])
    .map(([, code = '']) => code);
  expect([...withoutText].filter((code) => !codes.includes(code))).toEqual([]);
  const needed = new Set([...codes, 'unknown-district', 'unknown-commune', 'unknown-operator']);
  const missing = [...needed].filter((code) => !withoutText.has(code) && !(`problem.${code}` in vi));
  expect(missing).toEqual([]);
});
