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
