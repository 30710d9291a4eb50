// What the doctor says of a camera, from what came of it in a few seconds.
import { expect, it } from 'vitest';
import { judgeCamera } from '../../src/doctor/camera.ts';
import type { CameraTrial } from '../../src/doctor/camera-trial.ts';
import type { CameraReading, Observation } from '../../src/observation/observation.ts';

const WELL: CameraReading = {
  state: 'ok',
  notices: [],
  luma: 110,
  lumaDeviation: 40,
  sharpness: 6.5,
  framesDropped: 0,
};

type Shot = Readonly<{
  frames?: number;
  everyMs?: number;
  droppedEach?: number;
  drifts?: boolean;
  camera?: Partial<CameraReading>;
}>;

/** Frames as they arrive, asked for ten in a second. */
function shot({ frames = 31, everyMs = 100, droppedEach = 0, drifts = false, camera = {} }: Shot): CameraTrial {
  const observations = Array.from(
    { length: frames },
    (_, seq): Observation => ({
      at: 5000 + seq * everyMs,
      seq,
      detected: true,
      faces: [],
      looks: [],
      camera: { ...WELL, luma: WELL.luma + (drifts ? seq : 0), framesDropped: seq * droppedEach, ...camera },
    }),
  );
  return { kind: 'watched', label: 'camera /dev/video0', isDemo: false, periodMs: 100, observations };
}

function judged(trial: CameraTrial, daemonRuns = false) {
  return judgeCamera({ trial, daemonRuns });
}

it('tells rate, luma, sharpness and faces of one that is well', () => {
  expect(judged(shot({}))).toEqual({
    check: 'camera',
    state: 'ok',
    detail:
      'camera /dev/video0: 10.0 frames per second (asked for 10.0, looked at 10.0), luma 110, sharpness 6.5, no face',
    remedy: null,
  });
});

it.each<[string, Shot, string]>([
  ['half frames', { camera: { state: 'garbled' } }, '`garbled`'],
  ['a backlog', { camera: { state: 'too-fast' } }, '`too-fast`'],
  ['a black picture, though it has not lasted', { camera: { state: 'suspect', luma: 16, lumaDeviation: 1 } }, '`dark`'],
  ['a plain one', { camera: { state: 'suspect', luma: 120, lumaDeviation: 1 } }, '`covered`'],
  ['one that stands still', { camera: { state: 'suspect' } }, '`frozen`'],
  ['a backlog, though it has not lasted', { camera: { state: 'suspect' }, everyMs: 50 }, '`too-fast`'],
  ['one that moves, and is in doubt', { camera: { state: 'suspect' }, drifts: true }, 'topic health'],
  ['a slow camera', { everyMs: 250 }, '`too-slow`'],
  ['a processor that is behind', { everyMs: 300, droppedEach: 2 }, 'speed'],
])('warns of %s', (_words, what, remedy) => {
  const finding = judged(shot(what));
  expect(finding.state).toBe('warn');
  expect(finding.remedy).toContain(remedy);
});

it('is content with one frame of a film that has no more, and fails without any', () => {
  expect(judged(shot({ frames: 1 })).detail).toContain('one frame, luma 110');
  // The first picture is always in doubt.
  expect(judged(shot({ frames: 1, camera: { state: 'suspect' } })).state).toBe('ok');
  expect(judged(shot({ frames: 0 }))).toMatchObject({ state: 'fail', remedy: 'check source.input' });
});

it('fails with the fault and the first line of its reason', () => {
  const lost: CameraTrial = {
    kind: 'lost',
    label: 'camera /dev/video0',
    fault: 'hung',
    detail: 'no frame came\n at x',
  };
  expect(judged(lost)).toMatchObject({ state: 'fail', detail: 'camera /dev/video0, hung: no frame came' });
  expect(judged({ kind: 'impossible', message: 'There is no camera' })).toMatchObject({ state: 'fail' });
});

it('warns only of a camera that the running daemon has', () => {
  const busy: CameraTrial = { kind: 'lost', label: 'camera /dev/video0', fault: 'busy', detail: 'capture ended' };
  expect(judged(busy, true)).toMatchObject({
    state: 'warn',
    detail: expect.stringContaining('running daemon uses it'),
  });
  expect(judged(busy, false)).toMatchObject({ state: 'fail', remedy: expect.stringContaining('`busy`') });
  expect(judged({ ...busy, fault: 'absent' }, true)).toMatchObject({ state: 'fail' });
});
