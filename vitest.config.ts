import { existsSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import LongestFirst from './tests/support/longest-first.ts';

/** Tests of real files that are no part of the project; where those are not, `npm test` says loudly that these did not run. */
const hasRealFiles = existsSync('../shared/data/admin');
const exclude = [...configDefaults.exclude, ...(hasRealFiles ? [] : ['**/*.real.test.ts'])];

// Files of a part share what they load (`isolate: false`): each opens a database of its own, and nothing of the server or
// of a page lives outside the context it is given.
const database = (engine: 'postgres' | 'embedded') => ({
  test: {
    name: engine,
    include: ['tests/sql/**/*.test.ts', 'tests/http/**/*.test.ts', `tests/${engine}/**/*.test.ts`],
    exclude,
    env: { PHUSONG_TEST_ENGINE: engine },
    globalSetup: ['tests/support/global-setup.ts'],
    isolate: false,
    // Not a figure: a test that hangs ends, one on a busy machine does not fail.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'server/**/*.test.ts',
            'client/src/**/*.test.ts',
            'fixtures/**/*.test.ts',
            'tests/{architecture,style,support}/**/*.test.ts',
          ],
          exclude,
          isolate: false,
          testTimeout: 120_000,
        },
      },
      database('postgres'),
      database('embedded'),
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          // Pictures are no tests: they are only made when asked for.
          exclude: process.env['PHUSONG_SCREENSHOTS'] === '1' ? exclude : [...exclude, 'tests/e2e/screenshots.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // What a page shows may need an answer of the server first: vitest's one second is short on a busy machine.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
