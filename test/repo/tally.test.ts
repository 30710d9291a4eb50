// Tests how the continuous check counts the tests.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const tally = fileURLToPath(new URL('../../.ci/tally.mjs', import.meta.url));

it.each([
  ['tests', { numPassedTests: 7, numFailedTests: 2, numPendingTests: 3, numTodoTests: 1, testResults: [] }, '7 2 4\n'],
  [
    'a file that cannot be loaded as failed',
    {
      numPassedTests: 7,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [{ status: 'failed', assertionResults: [] }],
    },
    '7 1 0\n',
  ],
  ['a crash as failed', null, '0 1 0\n'],
])('counts %s', (_, report, counted) => {
  const folder = tempFolder();
  const path = join(folder, 'report.json');
  writeFileSync(path, report === null ? '' : JSON.stringify(report));
  expect(spawnSync(process.execPath, [tally, path], { encoding: 'utf8' }).stdout).toBe(counted);
});

it('adds the stages up, one that left no report as failed', () => {
  const path = join(tempFolder(), 'report.json');
  const report = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2, numTodoTests: 0, testResults: [] };
  writeFileSync(path, JSON.stringify(report));
  expect(spawnSync(process.execPath, [tally, path, `${path}.absent`, path], { encoding: 'utf8' }).stdout).toBe(
    '14 1 4\n',
  );
});
