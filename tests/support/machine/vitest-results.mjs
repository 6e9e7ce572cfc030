// What a vitest run found, from its JSON report.
import { readFile } from 'node:fs/promises';

/** @typedef {{ passed: number, failed: number, skipped: number }} Results */

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
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {Results[]} all @returns {Results} */
export function addUp(all) {
  const sum = (name) => all.reduce((total, results) => total + results[name], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
