// What a vitest run found, from its JSON report.
import { readFile } from 'node:fs/promises';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Results failures: what failed, a line each */

/** The failed tests of a file with the first line of why, or the file itself when it failed without one. */
function failuresOf({ name, status, message, assertionResults }) {
  const lines = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages.join(' '))}`);
  return lines.length > 0 || status !== 'failed' ? lines : [`${name}: ${firstLine(message)}`];
}

const firstLine = (text) => String(text).split('\n', 1)[0];

/**
 * Sums one report up. A file that did not load, and a run that failed without a failing test, count as failures.
 * @param {string} path JSON report; may be missing when vitest itself failed
 * @param {number} exitCode of vitest
 * @returns {Promise<Results>}
 */
export async function readResults(path, exitCode) {
  let report;
  try {
    report = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: ['vitest ended without a report'] };
  }
  const failures = report.testResults.flatMap(failuresOf);
  if (failures.length === 0 && exitCode !== 0)
    failures.push(`vitest ended with code ${exitCode}, though no test failed`);
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
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
