// The two real programs of the eye: a network camera is watched while nobody sees its secrets, and its last words are understood.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CaptureSource } from '../../../src/capture/source.ts';
import { sourceFrom } from '../../../src/capture/source-from.ts';
import { systemClock } from '../../../src/daemon/clock.ts';
import { Pair } from '../../../src/daemon/eye/pair.ts';
import type { AwayFault } from '../../../src/observation/fault.ts';
import type { FromSensor } from '../../../src/observation/sensor-message.ts';
import { OPTIONS } from '../../capture/options.ts';
import { eventually } from '../../support/eventually.ts';
import { answering, cameraOf, MJPEG } from '../../support/http-camera.ts';
import { descendantsOf, isAlive, readableOf } from '../../support/processes.ts';
import { noRtspServer, startRtspServer } from '../../support/rtsp-server.ts';
import { sensorOptions } from '../../support/sensor-options.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const USER = { username: "d'oor", password: 's3cret & more' };

it.skipIf(noRtspServer)('while it watches a camera nobody sees user or password', async () => {
  const { port } = await startRtspServer({ user: USER });
  const run = startPair({ input: `rtsp://127.0.0.1:${port}/cam`, credentials: USER });
  const seen = await run.watching();
  expect(seen).toMatch(/ffmpeg\0.*concat/);
  expect(seen).toContain('sensor/main.js');
  expect(seen).not.toMatch(/s3cret|d('|%27)oor/);
  expect(run.lost).toEqual([]);
});

it('nor the token in an address', async () => {
  const camera = await cameraOf(MJPEG, [{ size: '320x240', framesPerSecond: 10 }]);
  const run = startPair({ input: `http://127.0.0.1:${camera.port}/video?token=t0ken` });
  expect(await run.watching()).not.toContain('t0ken');
  expect(camera.asked).toEqual([{ path: '/video?token=t0ken', user: null }]);
});

it('a camera that refuses is told in one sentence, without what it was asked with', async () => {
  const { port } = await answering(401);
  const run = startPair({ input: `http://door:s3cret@127.0.0.1:${port}/video?token=t0ken` });
  const [lost] = await eventually(
    () => run.lost,
    (all) => all.length > 0,
    30_000,
  );
  expect(lost?.fault).toBe('refused');
  expect(lost?.detail.replace(/code \d+/, 'code N')).toBe(
    `capture ended with code N: http://127.0.0.1:${port}/video: Server returned 401 Unauthorized (authorization failed); check source.username and source.passwordFile`,
  );
});

it('what the program started ends with it', async () => {
  const pidFile = join(tempFolder(), 'pid');
  const run = startPair({ command: ['sh', '-c', `sleep 4321 & echo $! > ${pidFile}; exit 3`] });
  await eventually(
    () => run.lost,
    (all) => all.length > 0,
    30_000,
  );
  await eventually(
    () => isAlive(Number(readFileSync(pidFile, 'utf8'))),
    (lives) => !lives,
  );
});

it('has ended when nothing is left of its programs', async () => {
  const run = startPair({ command: ['sh', '-c', 'sleep 4321; exit 0'] });
  const { pair } = run;
  await eventually(
    () => pair.processes().flatMap(({ pid }) => [pid, ...descendantsOf(pid)]),
    (pids) => pids.length === 3,
    30_000,
  );
  expect(pair.hasEnded).toBe(false);
  await pair.stop();
  await eventually(
    () => pair.hasEnded,
    (hasEnded) => hasEnded,
  );
});

it.each([
  ['a program that says nothing', 'exit 3', 'broken', 'capture ended with code 3'],
  [
    'a program that ends well without its camera',
    'echo "Error generated. gstnvarguscamerasrc.cpp, execute:751 No cameras available" >&2',
    'absent',
    'capture ended with code 0: Error generated. gstnvarguscamerasrc.cpp, execute:751 No cameras available; check that the camera is plugged in',
  ],
  ['a program that is too long to be started', ' '.repeat(200_000), 'broken', 'capture spawn E2BIG'],
  ['a program that is killed', 'kill -SEGV $$', 'broken', 'capture was ended by SIGSEGV'],
])('%s', async (_words, script, fault, detail) => {
  const run = startPair({ command: ['sh', '-c', script] });
  expect(
    await eventually(
      () => run.lost,
      (all) => all.length > 0,
      30_000,
    ),
  ).toEqual([{ fault, detail }]);
});

type Run = Readonly<{
  pair: Pair;
  lost: readonly Readonly<{ fault: AwayFault; detail: string }>[];
  /** What others can read of its processes once frames are looked at. */
  watching(): Promise<string>;
}>;

function startPair(wishes: Partial<typeof OPTIONS>): Run {
  const source = sourceFrom({ ...OPTIONS, ...wishes });
  const messages: FromSensor[] = [];
  const lost: { fault: AwayFault; detail: string }[] = [];
  const pair = new Pair(source, sensorArgument(source), systemClock, {
    message: (message) => messages.push(message),
    lost: (fault, detail) => lost.push({ fault, detail }),
  });
  onTestFinished(() => pair.stop());
  return {
    pair,
    lost,
    watching: async () => {
      await eventually(
        () => ({ kinds: messages.map(({ kind }) => kind), lost }),
        ({ kinds }) => kinds.includes('observation') || lost.length > 0,
        30_000,
      );
      const pids = pair.processes().flatMap(({ pid }) => [pid, ...descendantsOf(pid)]);
      return pids.map(readableOf).join('\n');
    },
  };
}

function sensorArgument({ frame, periodMs, clock, live }: CaptureSource): string {
  return JSON.stringify(sensorOptions(frame.width, frame.height, { frame, periodMs, clock, live }));
}
