// The log as it comes out: JSON lines, and in the journal of systemd each with its priority.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../src/daemon/logger.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';

const HOOKS = new URL('../support/typescript-hooks.mjs', import.meta.url).href;
const LOGGER = new URL('../../src/daemon/logger.ts', import.meta.url).href;

const EVERY_LEVEL = `
  const { createLogger } = await import('${LOGGER}');
  const logger = createLogger('debug', 1);
  for (const level of ['debug', 'info', 'warn', 'error', 'fatal']) logger[level]({ about: 'a\\nb' }, level);`;

test.each([
  ['that the journal reads', true, ['<7>', '<6>', '<4>', '<3>', '<2>']],
  ['that only its parent gives to the journal', false, ['', '', '', '', '']],
])('to an output %s', (_, isJournal, prefixes) => {
  const path = join(tempFolder(), 'log');
  const file = openSync(path, 'w');
  const { dev, ino } = fstatSync(file, { bigint: true });
  const { stderr } = spawnSync(process.execPath, ['--import', HOOKS, '--input-type=module', '-e', EVERY_LEVEL], {
    stdio: ['ignore', file, 'pipe'],
    env: { ...process.env, JOURNAL_STREAM: `${dev}:${isJournal ? ino : ino + 1n}` },
    encoding: 'utf8',
  });
  closeSync(file);
  expect(stderr).toBe('');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => line.slice(0, line.indexOf('{')))).toEqual(prefixes);
  const logged = lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))));
  expect(logged.map(({ msg }) => msg)).toEqual(['debug', 'info', 'warn', 'error', 'fatal']);
  expect(logged[0]).toMatchObject({ level: 20, about: 'a\nb', time: expect.stringMatching(/^\d{4}-.+Z$/) });
});

test.skipIf(!canMount)(
  'a full disk stops nobody, and its last lines come when there is room (needs root, to mount one)',
  () => {
    const { folder } = tmpfs('64k');
    const path = join(folder, 'log');
    const logger = createLogger('info', path);
    const other = join(folder, 'other');
    expect(() => writeFileSync(other, Buffer.alloc(200_000))).toThrow('ENOSPC');
    for (let line = 0; line < 20_000; line += 1) logger.info({ line }, 'while there is no room');
    expect(readFileSync(path, 'utf8')).toBe('');
    rmSync(other);
    logger.info({}, 'there is room again');
    expect(JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '')).toMatchObject({ line: 0 });
  },
);

test('whoever reads a pipe and hangs stops nobody, and is told the rest when he goes on', {
  timeout: 30_000,
}, async () => {
  // The first use of stdout makes writing to the pipe fail, rather than wait, while it is full.
  const script = `
    process.stdout.fd;
    const { createLogger } = await import('${LOGGER}');
    const logger = createLogger('info', 1);
    for (let line = 0; line < 4000; line += 1) logger.info({ line }, 'while nobody reads');
    process.stderr.write('on');
    process.stdin.once('data', () => { logger.info({}, 'last'); process.exit(); });`;
  const child = spawn(process.execPath, ['--import', HOOKS, '--input-type=module', '-e', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stderr, 'data');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  // There is room as soon as some of it has been read.
  await eventually(() => said, Boolean);
  child.stdin.write('go on');
  await once(child, 'close');
  const lines = said.trimEnd().split('\n');
  expect(lines).toHaveLength(4001);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'last' });
});
