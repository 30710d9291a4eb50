// SIGTERM ends a run in good order: everybody leaves, the open minute is written, nothing stays behind.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { descendantsOf, isAlive } from '../support/processes.ts';
import { startProgram } from '../support/program.ts';
import { entered, newHome, personSeconds } from './home.ts';
import { EVERY_TOPIC, subscribeTo } from './messages.ts';

const STOP_WITHIN_MS = 5000;

it('SIGTERM closes viewers, flushes the open minute as partial, says stopped and exits 0', {
  timeout: 120_000,
}, async () => {
  const home = await newHome();
  const run = startProgram(['run', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  const { session } = await run.logged('started');
  await messages.see('now', ({ attending }) => (attending ?? 0) > 0);
  const family = descendantsOf(run.pid);

  const askedAt = performance.now();
  run.kill('SIGTERM');
  const ended = await run.ended;
  expect(performance.now() - askedAt).toBeLessThan(STOP_WITHIN_MS);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(family.filter(isAlive)).toEqual([]);

  await messages.see('availability', ({ state }) => state === 'stopped');
  expect(messages.topics()).toEqual(EVERY_TOPIC);
  expect(new Set(messages.all('availability').map((payload) => payload.session))).toEqual(new Set([session]));
  expect(messages.all('now').at(-1)).toMatchObject({ health: 'ended', present: null });

  const told = messages.all('viewer');
  const left = told.filter(({ type }) => type === 'onlooker.viewer.left.v1');
  const came = told.filter(({ type }) => type === 'onlooker.viewer.entered.v1');
  expect(left.map(({ data }) => data.viewer).sort()).toEqual(came.map(({ data }) => data.viewer).sort());
  expect(left.at(-1)?.data.reason).toBe('ended');

  const { rollups, open } = home.stored();
  expect(open).toEqual([]);
  expect(rollups.at(-1)?.partial).toBe(true);
  expect(entered(rollups)).toBe(left.length);
  const dwellMs = left.reduce((sum, { data }) => sum + data.dwellMs, 0);
  expect(personSeconds(rollups)).toBeCloseTo(dwellMs / 1000, 1);
  expect(messages.all('rollup').at(-1)?.data).toMatchObject({ partial: true, revision: 0 });
});

it('SIGTERM while the nets are being loaded ends it at once', { timeout: 60_000 }, async () => {
  const home = await newHome();
  const run = startProgram(['run', '--config', home.config], home.env);
  await run.logged('started');
  const family = descendantsOf(run.pid);
  const askedAt = performance.now();
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
  expect(performance.now() - askedAt).toBeLessThan(STOP_WITHIN_MS);
  expect(family.filter(isAlive)).toEqual([]);
});

it('SIGTERM while a silent stream is being asked for its size ends it, too', { timeout: 60_000 }, async () => {
  const home = await newHome();
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    silent.close();
  });
  await once(silent, 'listening');
  const asked = once(silent, 'connection');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : null;
  const run = startProgram(['run', '--input', `rtsp://127.0.0.1:${port}/live`, '--config', home.config], home.env);
  await asked;
  const family = descendantsOf(run.pid);
  const askedAt = performance.now();
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
  expect(performance.now() - askedAt).toBeLessThan(STOP_WITHIN_MS);
  // The program that asks gives up by itself, a little later.
  await eventually(
    () => family.filter(isAlive),
    (alive) => alive.length === 0,
  );
});
