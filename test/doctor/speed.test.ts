// Whether a machine is fast enough, and what is recommended to it, from the times of its nets.
import { expect, it } from 'vitest';
import { farWidthsFor, judgeOpenCv, judgeSpeed } from '../../src/doctor/speed.ts';

type Widths = readonly [at320: number, at416: number, at640: number];

/** As many milliseconds for the detector at each width, and for the look at a face. */
function judged(
  [at320, at416, at640]: Widths,
  lookMs: number,
  asked = {},
  broken: string | null = null,
  isLate = false,
) {
  const detector = [
    { net: 'finder', farWidth: 320, milliseconds: at320 },
    { net: 'finder', farWidth: 416, milliseconds: at416 },
    { net: 'finder', farWidth: 640, milliseconds: at640 },
  ];
  return judgeSpeed({
    pack: 'default',
    trial: {
      times: [...detector, { net: 'ages', farWidth: null, milliseconds: lookMs }],
      failure: broken === null ? null : { isLate, words: broken },
    },
    asked: { farWidth: 416, framesPerSecond: 10, classifies: true, ...asked },
    isBesideDaemon: false,
  });
}

it.each<[string, Widths, number, string]>([
  ['a fast PC', [5, 8, 16], 10, 'models.pack: default, detector.farWidth: 640, source.framesPerSecond: 10'],
  ['a small PC', [15, 25, 55], 30, 'models.pack: default, detector.farWidth: 416, source.framesPerSecond: 10'],
])('%s manages what is asked for: ok, and the best it could do', (_box, widths, lookMs, advice) => {
  const finding = judged(widths, lookMs);
  expect(finding).toMatchObject({ state: 'ok', remedy: null });
  expect(finding.detail).toContain(`it manages ${advice}`);
});

it.each<[string, Widths, number, string]>([
  ['a slower one', [30, 45, 100], 70, 'models.pack: default, detector.farWidth: 416, source.framesPerSecond: 5'],
  ['a still slower one', [40, 60, 140], 70, 'models.pack: default, detector.farWidth: 320, source.framesPerSecond: 5'],
  ['one that has no time for faces', [60, 90, 200], 200, 'models.pack: count-only, detector.farWidth: 416'],
  ['a very slow one', [250, 400, 900], 500, 'detector.farWidth: 320, source.framesPerSecond: 2'],
  ['a hopeless one', [900, 1400, 3000], 500, 'use a faster one'],
])('%s is warned, with what it can do', (_box, widths, lookMs, advice) => {
  const finding = judged(widths, lookMs);
  expect(finding.state).toBe('warn');
  expect(finding.remedy).toContain(advice);
});

it('does not tell one that only counts to only count', () => {
  const alone = { classifies: false };
  expect(judged([250, 400, 900], 0, alone).remedy).toContain('models.pack: default, detector.farWidth: 320');
  expect(judged([250, 400, 900], 0, alone, 'not done in time', true).remedy).not.toContain('count-only');
  expect(judged([250, 400, 900], 0, {}, 'not done in time', true).remedy).toContain('count-only');
});

it('states every time, and the sum of a frame beside its period', () => {
  const { detail } = judged([15.4, 25, 55], 30);
  expect(detail).toContain('finder at 320 15 ms, finder at 416 25 ms, finder at 640 55 ms, ages 30 ms');
  expect(detail).toContain('a frame takes 55 of its 100 ms');
});

it('counts no look for a pack that only counts', () => {
  expect(judged([15, 25, 55], 300, { classifies: false }).detail).toContain('a frame takes 25 of its 100 ms');
});

it('fails where a net cannot be run, or none was timed', () => {
  expect(judged([1, 1, 1], 1, {}, 'ages.onnx: cannot be read')).toMatchObject({
    state: 'fail',
    detail: 'the nets of default cannot be run: ages.onnx: cannot be read',
  });
  expect(judged([1, 1, 1], 1, { farWidth: 512 })).toMatchObject({ state: 'fail' });
});

it('times the width that is configured beside the usual ones, none wider than the frame', () => {
  expect(farWidthsFor(416, 640)).toEqual([416, 640, 320]);
  expect(farWidthsFor(512, 640)).toEqual([512, 640, 416, 320]);
  expect(farWidthsFor(416, 352)).toEqual([416, 320]);
});

it('names OpenCV, or why its addon cannot be loaded', () => {
  expect(judgeOpenCv({ opencv: { version: '4.6.0', threads: 1 }, times: [], failure: null })).toMatchObject({
    state: 'ok',
    detail: 'OpenCV 4.6.0 in a sensor process, 1 thread',
  });
  const words = 'libopencv_core.so.406: cannot open shared object file';
  expect(judgeOpenCv({ opencv: null, times: [], failure: { isLate: false, words } })).toMatchObject({
    state: 'fail',
    detail: expect.stringContaining(words),
  });
});

it('does not blame a machine that had no time', () => {
  const failure = { isLate: true, words: 'not done after 10 s' };
  const trial = { times: [{ net: 'finder', farWidth: 416, milliseconds: 900 }], failure };
  const asked = { farWidth: 416, framesPerSecond: 10, classifies: true };
  expect(judgeOpenCv({ opencv: null, ...trial })).toMatchObject({
    state: 'warn',
    detail: 'loading OpenCV is not done after 10 s',
  });
  expect(judgeSpeed({ pack: 'default', trial, asked, isBesideDaemon: false })).toMatchObject({
    state: 'warn',
    detail: 'timing the nets of default is not done after 10 s (finder at 416 900 ms)',
  });
});
