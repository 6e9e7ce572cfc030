import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { siteColumns } from '../../server/domains/exports/columns.ts';
import { projectPath } from '../../server/platform/paths.ts';

const read = (...parts: string[]): string => readFileSync(projectPath(...parts), 'utf8');

function documents(): string[] {
  const below = readdirSync(projectPath('docs'), { recursive: true, encoding: 'utf8' }).map((name) =>
    join('docs', name),
  );
  const top = readdirSync(projectPath());
  return [...top, ...below].filter((name) => name.endsWith('.md'));
}

/** Anchors as forges make them from headings: lower case, without punctuation, spaces as dashes. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Levels of the headings of a document, in order. */
function levels(name: string): number[] {
  return [...read('docs', name).matchAll(/^(#+) /gm)].map(([, signs = '']) => signs.length);
}

describe('documents', () => {
  test('operations.md names every configuration variable, and no other', () => {
    const known = [...read('server', 'platform', 'config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
      (match) => match[1],
    );
    const chapter = /## Configuration\n([\s\S]*?)\n## /.exec(read('docs', 'operations.md'))?.[1] ?? '';
    const described = [...chapter.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
    expect(known.length).toBeGreaterThan(5);
    expect(described.sort()).toEqual(known.sort());
  });

  test.each(documents())('%s links only to what exists', (name) => {
    const text = read(name).replace(/```[\s\S]*?```/g, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? projectPath(name) : join(dirname(projectPath(name)), file);
      // The picture of the map is made by the browser tests.
      if (path.endsWith('.png')) continue;
      expect(existsSync(path), `${name} → ${target}`).toBe(true);
      if (anchor) expect(anchorsOf(readFileSync(path, 'utf8')), `${name} → ${target}`).toContain(anchor);
    }
  });

  test('decisions are numbered without gaps, each with context, decision and consequence', () => {
    const names = readdirSync(projectPath('docs', 'decisions')).sort();
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, i) => i + 1));
    for (const name of names) {
      const text = read('docs', 'decisions', name);
      expect(text, name).toMatch(new RegExp(`^# ${name.slice(0, 4)}:? `));
      for (const part of ['Context', 'Decision', 'Consequence']) expect(text, name).toContain(`**${part}.**`);
    }
  });

  test('the user guide has the same chapters in both languages', () => {
    expect(levels('user-guide.vi.md')).toEqual(levels('user-guide.en.md'));
    expect(levels('user-guide.en.md').length).toBeGreaterThan(8);
  });

  test.each(['vi', 'en'] as const)('the user guide explains every column of an export, in %s', (language) => {
    const guide = read('docs', `user-guide.${language}.md`);
    const cells = [...guide.matchAll(/^\| (.+?) \|/gm)].map(([, cell = '']) => `, ${cell}, `).join('');
    expect(
      siteColumns.map(({ header }) => header[language]).filter((header) => !cells.includes(`, ${header}, `)),
    ).toEqual([]);
  });

  test('no document speaks of a folder outside the project', () => {
    for (const name of documents())
      expect(read(name), relative(projectPath(), name)).not.toMatch(/\/(?:work|home|root)\//);
  });
});
