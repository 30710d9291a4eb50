// onlooker config check: ok, or every problem.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('says ok, or every problem with exit code 78', async () => {
  const path = join(tempFolder(), 'onlooker.yaml');
  writeFileSync(path, 'site: mall\n');
  expect(await runInProcess('config', 'check', path)).toEqual({ code: 0, stdout: 'ok\n', stderr: '' });
  writeFileSync(path, 'cite: mall\nmqtt: {ttlMs: 1}\n');
  const { code, stdout, stderr } = await runInProcess('config', 'check', path);
  expect([code, stdout]).toEqual([78, '']);
  expect(stderr).toMatch(/ {2}mqtt\.ttlMs: must be .*\n {2}cite: unknown key, did you mean site\?/);
  expect(await runInProcess('config', 'check', `${path}.none`)).toMatchObject({ code: 78, stdout: '' });
});

it.each([
  ['models: {pack: fnord}', 78, /models\.pack: must be one of default, /],
  ['models: {packFile: /nowhere/pack.yaml}', 66, /pack\.yaml/],
  ['source: {scenario: fnord}', 66, /no scenario and no file "fnord"/],
  ['source: {command: [cat, "a\\0b"]}', 78, /source\.command\[1\]: must not hold the character NUL/],
  [`source: {command: [echo, ${'x'.repeat(40_000)}]}`, 78, /source\.command\[1\]: must be /],
])('knows what run would refuse: %s', async (text, code, words) => {
  const path = join(tempFolder(), 'onlooker.yaml');
  writeFileSync(path, text);
  const outcome = await runInProcess('config', 'check', path);
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).toMatch(words);
});
