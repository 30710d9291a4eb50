// The eye comes back by itself whatever happens to its two programs, and the daemon goes on as the same session.
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Family, familyOf, isAlive } from '../support/processes.ts';
import { startProgram } from '../support/program.ts';
import { newHome } from './home.ts';
import { subscribeTo } from './messages.ts';

type Fault = Readonly<{ part: keyof Family; signal: 'SIGKILL' | 'SIGSTOP'; detail: RegExp }>;

const KILLED_SENSOR: Fault = { part: 'sensor', signal: 'SIGKILL', detail: /^sensor was ended by SIGKILL/ };
const KILLED_CAPTURE: Fault = { part: 'capture', signal: 'SIGKILL', detail: /^capture was ended by SIGKILL/ };
const STOPPED_SENSOR: Fault = { part: 'sensor', signal: 'SIGSTOP', detail: /^no frame for \d+ s/ };
const STOPPED_CAPTURE: Fault = { part: 'capture', signal: 'SIGSTOP', detail: /^no frame for \d+ s/ };

it.each([
  ['the sensor is killed, then the capture program hangs', [KILLED_SENSOR, STOPPED_CAPTURE]],
  ['the capture program is killed, then the sensor hangs', [KILLED_CAPTURE, STOPPED_SENSOR]],
])('%s: both are started anew, health says so, the session stays', { timeout: 150_000 }, async (_words, faults) => {
  const home = await newHome({ source: { framesPerSecond: 5 } });
  const run = startProgram(['run', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  const { session } = await run.logged('started');
  let restarts = 0;
  for (const { part, signal, detail } of faults) {
    await messages.see('health', ({ health }) => health === 'ok');
    await messages.see('now', ({ present }) => (present ?? 0) > 0);
    const family = await eventually(
      () => familyOf(run.pid),
      (found) => found !== null,
    );
    if (family === null) throw new Error('the pair is gone');
    process.kill(family[part], signal);
    restarts += 1;

    const away = await messages.see('health', ({ health }) => health === 'reconnecting');
    expect(away).toMatchObject({ restarts, framesPerSecond: null, detail: expect.stringMatching(detail) });
    await messages.see('now', ({ health, present }) => health === 'reconnecting' && present === null);
    await messages.see('now', ({ health }) => health === 'ok');
    const { sensor, capture } = family;
    await eventually(
      () => [sensor, capture].filter(isAlive),
      (alive) => alive.length === 0,
    );
  }
  await messages.see('health', ({ health }) => health === 'ok');
  const sessions = [...messages.all('now'), ...messages.all('health')].map((payload) => payload.session);
  expect(new Set(sessions)).toEqual(new Set([session]));
  expect(messages.all('availability').map(({ state }) => state)).toEqual(['online']);
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0 });
  expect(home.stored().rollups.at(-1)?.uptimeMs).toBeGreaterThan(0);
});
