// A film is watched once: it ends, or it fails, and is never begun again, which would count its people twice.
import { expect, it } from 'vitest';
import { SourceError } from '../../../src/daemon/eye/source-error.ts';
import { CAMERA, eyeRig, FILM, type Rig } from './fake-pair.ts';

it('ends when the sensor has seen the last frame, whatever its processes do then', async () => {
  const rig = eyeRig({ source: FILM });
  rig.newest().ready();
  rig.watch(200);
  rig.newest().say({ kind: 'ended', frames: 2 });
  rig.newest().lose('sensor', 'ended with code 0');
  await rig.pass(600_000);
  expect(rig.told.map(({ kind }) => kind)).toEqual(['opened', 'observed', 'observed', 'ended']);
  expect(rig.pairs).toHaveLength(1);
  await rig.eye.stop();
});

it('begins its media time at the moment of its first frame', async () => {
  const rig = eyeRig({ source: FILM });
  rig.clock.advance(4000);
  rig.newest().ready();
  rig.newest().observe(0);
  expect(rig.told[0]).toEqual({ kind: 'opened', at: 4000, wallAtZero: rig.clock.wallNow(), periodMs: 100 });
  await rig.eye.stop();
});

it.each([
  [
    'has no frame',
    'film a.mp4 has no frame that could be read',
    (rig: Rig) => rig.newest().say({ kind: 'ended', frames: 0 }),
  ],
  [
    'breaks off',
    'film a.mp4 broke off: capture ended with code 1: moov',
    (rig: Rig) => rig.newest().lose('capture', 'ended with code 1: moov'),
  ],
  ['hangs', 'film a.mp4 broke off: no frame for 15 s', (rig: Rig) => rig.clock.advance(16_000)],
  [
    'crashes the sensor',
    'film a.mp4 broke off: sensor was ended by SIGSEGV',
    (rig: Rig) => rig.newest().lose('sensor'),
  ],
  [
    'meets a damaged net',
    'film a.mp4 broke off: sensor failed: full-range.onnx: is missing',
    (rig: Rig) => rig.newest().say({ kind: 'failed', code: 'model', message: 'full-range.onnx: is missing' }),
  ],
])('that %s fails, once', async (_, message, happens) => {
  const rig = eyeRig({ source: FILM });
  rig.newest().ready();
  happens(rig);
  await rig.pass(600_000);
  expect(rig.told).toEqual([{ kind: 'failed', error: new SourceError(message) }]);
  expect(rig.pairs).toHaveLength(1);
  await rig.eye.stop();
  expect(rig.newest().isStopped).toBe(true);
});

it('is not what a camera does, which is tried again when its frames end', async () => {
  const rig = eyeRig({ source: CAMERA });
  rig.newest().ready();
  rig.watch(300);
  rig.newest().say({ kind: 'ended', frames: 3 });
  expect(rig.aways()).toMatchObject([{ detail: 'capture ended', retryInMs: 1000 }]);
  await rig.eye.stop();
});

it('is not what a camera does either when nets that have worked fail: the sensor is started anew', async () => {
  const rig = eyeRig({ source: CAMERA });
  rig.newest().ready();
  rig.watch(300);
  rig.newest().say({ kind: 'failed', code: 'model', message: 'faceres.caffemodel: cannot be read: EIO' });
  await rig.pass(0);
  expect(rig.pairs).toHaveLength(2);
  rig.newest().say({ kind: 'failed', code: 'model', message: 'faceres.caffemodel: cannot be read: EIO' });
  expect(rig.aways()).toMatchObject([{ retryInMs: 0 }, { retryInMs: 1000 }]);
  expect(rig.told.map(({ kind }) => kind)).not.toContain('failed');
  await rig.eye.stop();
});

it('fails like a camera whose nets are damaged, which no restart cures', async () => {
  const rig = eyeRig({ source: CAMERA });
  rig.newest().say({ kind: 'failed', code: 'model', message: 'faceres.caffemodel: has 1 byte too few' });
  await rig.pass(600_000);
  expect(rig.told).toMatchObject([{ kind: 'failed', error: { exitCode: 66 } }]);
  await rig.eye.stop();
});
