// Counts the tests in a report of vitest (JSON): prints "passed failed skipped".
import { readFileSync } from 'node:fs';

process.stdout.write(`${tally(readFileSync(process.argv[2] ?? '', 'utf8')).join(' ')}\n`);

/**
 * @param {string} report empty when vitest crashed
 * @returns {[number, number, number]}
 */
function tally(report) {
  if (report === '') return [0, 1, 0];
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(report);
  // A file that cannot be loaded holds no tests that could fail.
  const unloadable = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  return [numPassedTests, numFailedTests + unloadable.length, numPendingTests + numTodoTests];
}
