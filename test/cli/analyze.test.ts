// What the command refuses before anything is started.
import { expect, it } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';

it('nothing to analyze', async () => {
  const { code, stderr } = await runInProcess('analyze');
  expect(code).toBe(64);
  expect(stderr).toContain('name a picture, a folder, a film, an address, or a --camera');
});

it.each([
  [['a.jpg', '--json', '--csv'], /--json.* cannot be used with .*--csv/],
  [['a.jpg', '--reference', '--csv'], /--csv.* cannot be used with .*--reference/],
  [['a.jpg', '--confidence', '70'], /It is a number from 0 to 1, such as 0\.5/],
  [['a.jpg', '--for', 'ever'], /It is a number with a unit/],
])('%j', async (args, message) => {
  const { code, stderr } = await runInProcess('analyze', ...args);
  expect(code).toBe(64);
  expect(stderr).toMatch(message);
});
