// Adds up the tests in reports of vitest (JSON): prints "passed failed skipped".
import { existsSync, readFileSync } from 'node:fs';

const sums = [0, 0, 0];
for (const path of process.argv.slice(2)) {
  for (const [index, count] of tally(existsSync(path) ? readFileSync(path, 'utf8') : '').entries()) {
    sums[index] = (sums[index] ?? 0) + count;
  }
}
process.stdout.write(`${sums.join(' ')}\n`);

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
