// Tests that the sensor keeps every pixel to itself: it opens no file for writing, connects nowhere, starts nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { framesOf, runSensor } from '../../support/sensor-child.ts';
import { sensorOptions } from '../../support/sensor-options.ts';

const PHOTOGRAPH = fileURLToPath(
  new URL('../../../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url),
);
const FORBIDDEN = fileURLToPath(new URL('../../support/try-forbidden.mjs', import.meta.url));
const hasStrace = spawnSync('strace', ['-V']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'onlooker-privacy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CAPTURE = framesOf(PHOTOGRAPH, 640, 426, ['-loop', '1', '-t', '0.6']);

it('cannot write a file, start a program or a thread of its own', async () => {
  const options = sensorOptions(640, 426);
  const { stderr, exitCode } = await runSensor({ options, capture: CAPTURE, flags: ['--import', FORBIDDEN] });
  expect(stderr.trim().split('\n')).toEqual(['write', 'spawn', 'worker'].map((name) => `${name}: ERR_ACCESS_DENIED`));
  expect(exitCode).toBe(0);
});

it.skipIf(!hasStrace)('opens nothing for writing and connects nowhere, natively either (needs strace)', async () => {
  const log = join(folder, 'strace.log');
  const calls = 'trace=open,openat,openat2,creat,connect,bind,listen,sendto,write,writev,pwrite64,rename,unlink,mkdir';
  const { observations, exitCode } = await runSensor({
    options: sensorOptions(640, 426),
    capture: CAPTURE,
    before: ['strace', '-f', '-y', '-s', '16', '-o', log, '-e', calls],
  });
  expect(exitCode).toBe(0);
  expect(observations.flatMap(({ looks }) => looks).length).toBeGreaterThan(0);
  const lines = readFileSync(log, 'utf8').split('\n');
  const opened = lines.filter((line) => /\b(open|openat|openat2|creat)\(/.test(line) && !line.includes('ENOENT'));
  expect(opened.length).toBeGreaterThan(20);
  expect(opened.filter((line) => /O_WRONLY|O_RDWR|O_CREAT|creat\(/.test(line))).toEqual([]);
  expect(lines.filter((line) => /\b(connect|bind|listen|sendto|rename|unlink|mkdir)\(/.test(line))).toEqual([]);
  // What is written goes to the channel to the daemon and to the wake-up descriptors of the event loop.
  const written = lines.filter((line) => /\b(write|writev|pwrite64)\(/.test(line));
  expect(written.filter((line) => /\((0|1|2|3)</.test(line))).toEqual([]);
  const targets = new Set(written.map((line) => /\(\d+<([^>[]*)/.exec(line)?.[1]?.replace(/:$/, '')));
  expect([...targets].filter((target) => !/^(UNIX|socket|anon_inode|pipe)/.test(target ?? ''))).toEqual([]);
});
