// SIGHUP: a good configuration takes the place of the old one in the same process, a bad one is refused and changes nothing.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/program.ts';
import { openNotifySocket } from '../systemd/notify-socket.ts';
import { newHome } from './home.ts';
import { subscribeTo } from './messages.ts';

const FAMILY = { source: { scenario: 'family' } };
/** Longer than a reload takes. */
const QUIET_MS = 2000;
const REFUSED = 'reload refused: the old configuration stays';

it('a good one: the same process says stopped and goes on with it, and systemd hears RELOADING and READY', async () => {
  const socket = await openNotifySocket(30_000);
  const home = await newHome(FAMILY);
  const run = startProgram(['run', '--config', home.config], { ...socket.env, ...home.env });
  const messages = await subscribeTo(home.port);
  const { session } = await run.logged('started');
  await messages.see('now', ({ health }) => health === 'ok');

  const port = await freePort();
  home.configure({ ...FAMILY, mqtt: { port } });
  run.kill('SIGHUP');
  const after = await subscribeTo(port);
  const { session: next } = await after.see('now', ({ health }) => health === 'ok');
  expect(next).not.toBe(session);
  await messages.see('availability', (told) => told.state === 'stopped' && told.session === session);
  const life = (field: string) => !/^(STATUS|WATCHDOG)=/.test(field);
  await eventually(
    () => socket.received().filter(life),
    (fields) => fields.length >= 3,
  );
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
  expect(socket.received().filter(life)).toEqual(['READY=1', 'RELOADING=1', 'READY=1', 'STOPPING=1']);
  expect(home.stored().open).toEqual([]);
});

it('a bad one is refused with all its problems; the old one stays, and the next good one is taken', async () => {
  const home = await newHome(FAMILY);
  const run = startProgram(['run', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  const { session } = await run.logged('started');
  home.configure({ source: { width: 'wide' }, tracer: {} });
  run.kill('SIGHUP');
  const { problems } = await run.logged(REFUSED);
  expect(problems).toEqual([
    expect.stringMatching(/^source\.width: .+ \(got "wide"\)$/),
    expect.stringMatching(/^tracer: unknown key, did you mean tracker\?/),
  ]);
  const { at } = await messages.see('now', () => true);
  await messages.see('now', (now) => now.session === session && now.at > at);

  home.configure(FAMILY);
  run.kill('SIGHUP');
  await run.logged('stopped for a reload');
  const after = await subscribeTo(home.port);
  await after.see('now', (now) => now.session !== session);
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
});

it('many at once are one or two reloads; then it runs, and stops when it is told', async () => {
  const home = await newHome(FAMILY);
  const run = startProgram(['run', '--config', home.config], home.env);
  await run.logged('started');
  for (let signal = 0; signal < 5; signal += 1) run.kill('SIGHUP');
  await run.logged('stopped for a reload');
  run.kill('SIGHUP');
  // Whether the last signal is one more reload depends on when it comes; who connects in between is cut off.
  let [starts, since] = [0, 0];
  await eventually(
    () => {
      const now = lines(run.stdout(), 'started');
      if (now !== starts) [starts, since] = [now, performance.now()];
      return { starts, quietMs: performance.now() - since };
    },
    (found) => found.starts >= 3 && found.quietMs > QUIET_MS,
  );
  const messages = await subscribeTo(home.port);
  await messages.see('now', ({ health }) => health === 'ok');
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
  expect(lines(run.stdout(), 'started')).toBeLessThanOrEqual(4);
  expect(lines(run.stdout(), 'could not close')).toBe(0);
});

it('a part that does not start with the new one ends the program as at a start, with the exit code and the remedy', async () => {
  const home = await newHome(FAMILY);
  const run = startProgram(['run', '--config', home.config], home.env);
  await run.logged('started');
  const taken = createServer().listen(0, '127.0.0.1');
  await eventually(() => taken.listening, Boolean);
  const address = taken.address();
  const port = typeof address === 'object' ? address?.port : null;
  home.configure({ ...FAMILY, mqtt: { port } });
  run.kill('SIGHUP');
  const { code, stderr } = await run.ended;
  taken.close();
  expect(code).toBe(78);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
});

it('while a recording is written a reload is refused: a recording has one configuration', async () => {
  const home = await newHome(FAMILY);
  const recording = join(home.folder, 'visit.jsonl');
  const run = startProgram(['run', '--config', home.config, '--record', recording], home.env);
  await run.logged('started');
  writeFileSync(home.config, '');
  run.kill('SIGHUP');
  const { problems } = await run.logged(REFUSED);
  expect(problems).toEqual(['a recording has one configuration: stop it first']);
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
});

function lines(stdout: string, message: string): number {
  return stdout.split(`"msg":"${message}"`).length - 1;
}
