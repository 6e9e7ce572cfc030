import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, in that order; of others their size tells it well enough. */
const LONG = [
  'tests/postgres/coverage-over-terrain.real.test.ts',
  'tests/sql/imports/files.real.test.ts',
  'tests/http/coverage/planning.test.ts',
  'tests/sql/coverage/known-answers.test.ts',
  'tests/http/openapi/parameters.test.ts',
  'tests/http/openapi/answers.test.ts',
  'tests/sql/coverage/demo-run.test.ts',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONG.findIndex((name) => moduleId.endsWith(name));
  return rank < 0 ? LONG.length : rank;
};

/** Starts long files first, then larger ones: one that starts last is waited for by the other workers. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
