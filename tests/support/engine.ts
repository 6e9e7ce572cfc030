import type { Engine } from '../../server/platform/db/db.ts';

/** The engine this run of the suites is about: set by the vitest project. */
export function testEngine(): Engine {
  const engine = process.env['PHUSONG_TEST_ENGINE'];
  if (engine !== 'postgres' && engine !== 'embedded') {
    throw new Error('PHUSONG_TEST_ENGINE must be "postgres" or "embedded": run the tests by vitest project.');
  }
  return engine;
}
