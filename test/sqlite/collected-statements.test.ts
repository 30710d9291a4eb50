// Statements that are garbage abort nothing; an addon built with the headers of Node 24.19 as they are does (nodejs/node#65446).
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Garbage until V8 collects while a timer is due and no JavaScript runs. */
const SCRIPT = `
  const db = new (require('better-sqlite3'))(':memory:');
  for (let count = 0; count < 40_000; count += 1) db.prepare('select 1').get();
  let rounds = 0;
  const timer = setInterval(() => {
    for (let count = 0; count < 200; count += 1) db.prepare('select 1').get();
    Array.from({ length: 100_000 }, () => ({}));
    rounds += 1;
    if (rounds < 50) return;
    clearInterval(timer);
    console.log('alive');
  }, 5);`;

it('a process outlives the collection of its statements', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT]);
  expect(stdout).toBe('alive\n');
});
