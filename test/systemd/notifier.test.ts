// What systemd is told, as it arrives at a real socket.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createNotifier } from '../../src/systemd/notifier.ts';
import { eventually } from '../support/eventually.ts';
import { manualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openNotifySocket } from './notify-socket.ts';

test('a life: ready, a status, progress, reloading, ready, stopping, in the order of the calls', async () => {
  const { env, received } = await openNotifySocket(30_000);
  const clock = manualClock();
  const logger = warnings();
  const notifier = createNotifier({ env, now: clock.monotonicNow, after: clock.after, logger });
  expect(notifier.watchdogMs).toBe(30_000);
  void notifier.ready();
  void notifier.status('12 fps, 3 present, broker connected, 0 queued');
  notifier.progressed();
  void notifier.reloading();
  void notifier.ready();
  await notifier.stopping();
  const status = 'STATUS=12 fps, 3 present, broker connected, 0 queued';
  const expected = ['READY=1', status, 'WATCHDOG=1', 'RELOADING=1', 'READY=1', 'STOPPING=1'];
  expect(await eventually(received, (fields) => fields.length >= 6)).toEqual(expected);
  expect(logger.told).toEqual([]);
});

test('the watchdog is fed by progress, at most four times per period, and by nothing else', async () => {
  const { env, received } = await openNotifySocket(2000);
  const clock = manualClock();
  const notifier = createNotifier({ env, now: clock.monotonicNow, after: clock.after, logger: warnings() });
  const feeds = () => received().filter((field) => field === 'WATCHDOG=1').length;

  notifier.progressed();
  await eventually(feeds, (count) => count === 1);
  await notifier.ready();
  clock.advance(499);
  notifier.progressed();
  clock.advance(1);
  notifier.progressed();
  await eventually(feeds, (count) => count === 2);

  // The sensor stalls: hours pass, and a status still comes through.
  clock.advance(3_600_000);
  await notifier.status('camera away');
  await eventually(received, (fields) => fields.includes('STATUS=camera away'));
  expect(feeds()).toBe(2);

  notifier.progressed();
  await eventually(feeds, (count) => count === 3);
});

test('progress while a message is under way does not pile up', async () => {
  const { env, received } = await openNotifySocket(2000);
  const clock = manualClock();
  const notifier = createNotifier({ env, now: clock.monotonicNow, after: clock.after, logger: warnings() });
  for (let unit = 0; unit < 50; unit += 1) {
    notifier.progressed();
    clock.advance(1000);
  }
  await notifier.stopping();
  expect(await eventually(received, (fields) => fields.length >= 2)).toEqual(['WATCHDOG=1', 'STOPPING=1']);
});

test('a status is told when it changes, once per second', async () => {
  const { env, received } = await openNotifySocket();
  const clock = manualClock();
  const notifier = createNotifier({ env, now: clock.monotonicNow, after: clock.after, logger: warnings() });
  await notifier.status('one');
  clock.advance(500);
  await notifier.status('two');
  clock.advance(500);
  await notifier.status('three');
  clock.advance(5000);
  await notifier.status('three');
  await notifier.stopping();
  const expected = ['STATUS=one', 'STATUS=three', 'STOPPING=1'];
  expect(await eventually(received, (fields) => fields.length >= 3)).toEqual(expected);
});

test.each([
  ['no watchdog is set', {}, null],
  ['it is meant for another process', { WATCHDOG_USEC: '30000000', WATCHDOG_PID: '1' }, null],
  ['it is meant for this process', { WATCHDOG_USEC: '30000000', WATCHDOG_PID: String(process.pid) }, 30_000],
  ['its time is no number', { WATCHDOG_USEC: 'soon' }, null],
])('the watchdog when %s', (_, env, expected) => {
  const notifier = createNotifier({
    env: { NOTIFY_SOCKET: '/nowhere', ...env },
    now: () => 0,
    after: manualClock().after,
    logger: warnings(),
  });
  expect(notifier.watchdogMs).toBe(expected);
});

test('without systemd nothing happens and no program is started', async () => {
  const env = { PATH: process.env['PATH'], WATCHDOG_USEC: '30000000' };
  const before = programs();
  const notifier = createNotifier({ env, now: () => 0, after: manualClock().after, logger: warnings() });
  const calls = [notifier.ready(), notifier.status('well'), notifier.reloading(), notifier.stopping()];
  notifier.progressed();
  expect(programs()).toBe(before);
  await Promise.all(calls);
  expect(programs()).toBe(before);
  expect(notifier.watchdogMs).toBeNull();
});

test('what cannot be sent is told once and stops nothing', async () => {
  const { env } = await openNotifySocket(2000);
  vi.stubEnv('NOTIFY_SOCKET', '/nowhere/socket');
  const logger = warnings();
  const clock = manualClock();
  const notifier = createNotifier({
    env: { ...env, NOTIFY_SOCKET: '/nowhere/socket' },
    now: clock.monotonicNow,
    after: clock.after,
    logger,
  });
  await notifier.ready();
  notifier.progressed();
  await notifier.stopping();
  expect(logger.told).toEqual(['cannot notify systemd']);
});

test('a missing program is told once and stops nothing', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const logger = warnings();
  const env = { PATH: '/nowhere', NOTIFY_SOCKET: '/nowhere/socket' };
  const notifier = createNotifier({ env, now: () => 0, after: manualClock().after, logger });
  await notifier.ready();
  await notifier.stopping();
  vi.unstubAllEnvs();
  expect(logger.told).toEqual(['cannot notify systemd']);
});

test('a program that hangs is told once, is the only one, and keeps nothing from being told', async () => {
  const { env, received } = await openNotifySocket(2000);
  const { path, runs } = hangingProgram();
  vi.stubEnv('PATH', path);
  const clock = manualClock();
  const logger = warnings();
  const notifier = createNotifier({ env, now: clock.monotonicNow, after: clock.after, logger });
  const told = notifier.ready();
  await eventually(runs, (count) => count === 1);
  void notifier.status('one');
  clock.advance(1000);
  void notifier.status('two');
  clock.advance(5000);
  await told;
  notifier.progressed();
  await notifier.stopping();
  const expected = ['STATUS=one', 'WATCHDOG=1', 'STOPPING=1'];
  expect(await eventually(received, (fields) => fields.length >= 3)).toEqual(expected);
  expect(runs()).toBe(1);
  expect(logger.told).toEqual(['cannot notify systemd']);
});

test('a program that hangs holds no stop up', async () => {
  const { env } = await openNotifySocket();
  const { path, runs } = hangingProgram();
  const clock = manualClock();
  const options = { env: { ...env, PATH: path }, now: clock.monotonicNow, after: clock.after, logger: warnings() };
  const stopped = createNotifier(options).stopping();
  await eventually(runs, (count) => count === 1);
  clock.advance(1000);
  await stopped;
});

/** In the place of systemd's, for whoever looks for it on this path. */
function hangingProgram(): Readonly<{ path: string; runs: () => number }> {
  const folder = tempFolder();
  const log = join(folder, 'log');
  writeFileSync(log, '');
  writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\necho run >> ${log}\nexec sleep 10\n`, { mode: 0o755 });
  return {
    path: `${folder}:${process.env['PATH']}`,
    runs: () => readFileSync(log, 'utf8').split('\n').length - 1,
  };
}

/** How many programs this process has running. */
function programs(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
}

function warnings(): { told: string[]; warn(fields: unknown, message: string): void } {
  const told: string[] = [];
  return { told, warn: (_fields, message) => told.push(message) };
}
