// A checkout that has been set up: setting it up again does nothing, and its commands are at hand.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

it('is left alone by a second set-up, which says nothing, and shows git nothing new', () => {
  const before = run('git', 'status', '--porcelain');
  const again = run(process.execPath, 'deploy/bootstrap.mjs', '--for', 'test');
  expect(again).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(run('git', 'status', '--porcelain')).toEqual(before);
});

it('has the program for npx', () => {
  const { status, stdout } = run('npx', '--no-install', 'onlooker', 'models', 'list');
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('full-range') });
});

function run(command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: CHECKOUT, encoding: 'utf8' });
  return { status, stdout, stderr };
}
