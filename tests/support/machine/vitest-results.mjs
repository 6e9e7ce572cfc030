// What a vitest run found: this file is the reporter that writes it down, and reads it again for `npm test`.
import { readFileSync, writeFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Results failures: what failed, a line each */

/** Environment variable of the file that the reporter writes. */
const REPORT = 'PHUSONG_TEST_RESULTS';

const firstLine = ({ message }) => String(message).split('\n', 1)[0];

/** Where an error that belongs to no test came from, as far as its stack tells. */
const placeOf = ({ stacks }) => (stacks?.[0] ? ` (${stacks[0].file}:${stacks[0].line})` : '');

/** What failed of a file: its tests, hooks around them, and the file itself when it did not load. */
function failuresOf(file) {
  const { relativeModuleId: name, children } = file;
  const around = [file, ...children.allSuites()].flatMap((place) =>
    place.errors().map((error) => `${[name, place.fullName].filter(Boolean).join(' > ')}: ${firstLine(error)}`),
  );
  const tests = [...children.allTests('failed')].map(
    (test) => `${name} > ${test.fullName}: ${test.result().errors.map(firstLine).join('; ')}`,
  );
  return [...around, ...tests];
}

/**
 * Writes down what a run found, in the file that the environment names.
 * @public vitest loads it by the path of this file
 */
export default class ResultsReporter {
  onTestRunEnd(files, unhandledErrors) {
    const tests = files.flatMap((file) => [...file.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failures = [
      ...files.flatMap(failuresOf),
      ...unhandledErrors.map((error) => `in no test: ${firstLine(error)}${placeOf(error)}`),
    ];
    const skipped = tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).length;
    writeFileSync(process.env[REPORT], JSON.stringify({ passed, failed: failures.length, skipped, failures }));
  }
}

/**
 * Arguments and environment that make vitest write its results into a file.
 * @param {string} path of a file that is not there yet
 */
export const writingResultsTo = (path) => ({
  args: ['--reporter=default', `--reporter=${import.meta.filename}`],
  env: { [REPORT]: path },
});

/**
 * The results of one run. One that ended badly without saying why counts as a failure.
 * @param {string} path that was given to `writingResultsTo`; missing when vitest itself failed
 * @param {number} exitCode of vitest
 * @returns {Results}
 */
export function readResults(path, exitCode) {
  let results;
  try {
    results = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: ['vitest ended without a report'] };
  }
  if (results.failed > 0 || exitCode === 0) return results;
  return { ...results, failed: 1, failures: [`vitest ended with code ${exitCode}, though no test failed`] };
}

/** @param {Results[]} all @returns {Results} */
export function addUp(all) {
  const sum = (name) => all.reduce((total, results) => total + results[name], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: all.flatMap(({ failures }) => failures),
  };
}
