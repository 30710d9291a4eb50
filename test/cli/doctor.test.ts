// onlooker doctor: lines for people, JSON for programs, and a configuration that cannot be used.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

function brokenConfig(): string {
  const path = join(tempFolder(), 'onlooker.yaml');
  writeFileSync(path, 'detector: {farWidth: 100}\ntracer: {}\n');
  return path;
}

it('what is wrong with the configuration is a finding, with every problem; exit code 1', async () => {
  const { code, stdout, stderr } = await runInProcess('doctor', '--config', brokenConfig(), '--json');
  expect([code, stderr]).toEqual([1, '']);
  const findings: { check: string }[] = JSON.parse(stdout);
  expect(findings.map(({ check }) => check)).toEqual(['system', 'node', 'clock', 'temperature', 'configuration']);
  expect(findings.at(-1)).toEqual({
    check: 'configuration',
    state: 'fail',
    detail: expect.stringMatching(/detector\.farWidth: .+\n.+tracer: unknown key/),
    remedy: expect.stringContaining('run onlooker doctor again'),
  });
});

it('people get a line for each check, the remedy below it, and the sum', async () => {
  const { stdout } = await runInProcess('doctor', '--config', brokenConfig());
  expect(stdout).toMatch(/^ok {4}node {11}Node \d+/m);
  expect(stdout).toMatch(/^fail {2}configuration {2}\/.+ cannot be used:\n {21} {2}detector\.farWidth/m);
  expect(stdout).toMatch(/\n {21}→ correct it/);
  expect(stdout).toMatch(/\n\n\d ok, \d warn, 1 fail\n$/);
});

it('a time that is none is a usage error', async () => {
  expect(await runInProcess('doctor', '--for', 'ever')).toMatchObject({ code: 64, stdout: '' });
});
