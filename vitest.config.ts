import { defineConfig } from 'vitest/config';

const database = (engine: 'postgres' | 'embedded') => ({
  test: {
    name: engine,
    include: ['tests/sql/**/*.test.ts', 'tests/http/**/*.test.ts', `tests/${engine}/**/*.test.ts`],
    env: { PHUSONG_TEST_ENGINE: engine },
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
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
          testTimeout: 30_000,
        },
      },
      database('postgres'),
      database('embedded'),
      {
        test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 },
      },
    ],
  },
});
