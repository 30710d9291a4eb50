// The camera of a Raspberry Pi: which program, its arguments, and frames with padded rows of a program that behaves like it.
import { expect, test } from 'vitest';
import { CaptureError } from '../../src/capture/capture-error.ts';
import { installedOn } from '../../src/capture/installed.ts';
import { rpicamSource } from '../../src/capture/rpicam.ts';
import type { CaptureOptions } from '../../src/capture/source.ts';
import { type CameraProgram, fakeCamera } from '../support/fake-programs.ts';
import { OPTIONS } from './options.ts';
import { lumaAt, readFrames } from './read-frames.ts';

const SECOND = { kind: 'rpicam', camera: 'rpicam:1', index: 1 } as const;
const WISHES = { flickerHz: 50, backlight: true } as const;

test('rpicam-vid is asked for what is wanted, whatever else is there', () => {
  const source = sourceWith(['raspivid', 'libcamera-vid', 'rpicam-vid'], { width: 672, exposure: WISHES });
  expect([source.program, ...source.args].join(' ')).toBe(
    'rpicam-vid -t 0 -n -v 0 --camera 1 --width 672 --height 480 --framerate 10 ' +
      '--flicker-period 10000us --ev 1 --codec yuv420 --flush -o -',
  );
  expect(source).toMatchObject({
    kind: 'rpicam',
    label: 'camera rpicam:1',
    frame: { width: 672, height: 480, strideBytes: 704 },
    ...{ periodMs: 100, clock: 'monotonic', live: true, healthRules: true, endsByItself: false },
    ...{ stopSignal: 'SIGINT', deathSignal: 'KILL', device: null },
  });
});

test('its older name, and lamps of 60 Hz', () => {
  const source = sourceWith(['raspivid', 'libcamera-vid'], { exposure: { flickerHz: 60, backlight: false } });
  expect(source.program).toBe('libcamera-vid');
  expect(source.args.join(' ')).toContain('--framerate 10 --flicker-period 8333us --codec yuv420');
});

test('raspivid has other words, other padding and whole frames per second', () => {
  const source = sourceWith(['raspivid'], { width: 672, fps: 7.5, exposure: WISHES });
  expect([source.program, ...source.args].join(' ')).toBe(
    'raspivid -t 0 -n -cs 1 -w 672 -h 480 -fps 8 -fli 50hz -ex backlight -r - -rf yuv -o /dev/null',
  );
  expect(source).toMatchObject({ frame: { width: 672, height: 480, strideBytes: 672 }, periodMs: 125 });
  expect(sourceWith(['raspivid'], { fps: 0.2 }).periodMs).toBe(1000);
});

test('raspivid cannot give every height', () => {
  expect(() => sourceWith(['raspivid'], { height: 360 })).toThrow(
    'raspivid gives frames whose height is a multiple of 16, and 360 is none: set source.height to 368, or install rpicam-apps.',
  );
  expect(sourceWith(['rpicam-vid'], { height: 360 }).frame.height).toBe(360);
});

test('without any of them it says what to install', () => {
  expect(() => sourceWith([], {})).toThrow(CaptureError);
  expect(() => sourceWith([], {})).toThrow(/rpicam-vid, libcamera-vid, raspivid.*apt-get install rpicam-apps/);
});

test.each<[CameraProgram, number]>([
  ['rpicam-vid', 32],
  ['libcamera-vid', 32],
  ['raspivid', 32],
])('frames of %s come whole, at the rate, without their padding', async (program) => {
  const fake = fakeCamera(program, { picture: 'black' });
  const options = { ...OPTIONS, width: 352, height: 288, exposure: WISHES };
  const onlyThis = (name: string) => name === program && installedOn(fake.folder)(name);
  const source = rpicamSource(SECOND, options, onlyThis);
  const { frames, exitCode, tookMs, stderr } = await readFrames(source, 11, { PATH: fake.path });
  expect(stderr).toBe('');
  expect(frames).toHaveLength(11);
  expect(tookMs).toBeGreaterThan(700);
  expect(exitCode).toBe(program === 'raspivid' ? 130 : 0);
  // Black up to the last pixel of a row; what the program left in the padding is white.
  for (const y of [0, 1, 287]) {
    expect([0, 175, 351].map((x) => lumaAt(source, frames[5], x, y))).toEqual([16, 16, 16]);
  }
  expect(fake.runs().map(({ signals }) => signals)).toEqual([['SIGINT']]);
});

test.each<[CameraProgram, string]>([
  ['rpicam-vid', 'ERROR: *** no cameras available ***'],
  ['raspivid', 'Camera is not detected. Please check carefully the camera module is installed correctly'],
])('%s without a camera says so and ends', async (program, words) => {
  const fake = fakeCamera(program, { failure: 'absent' });
  const source = rpicamSource(SECOND, OPTIONS, (name) => name === program);
  const { frames, exitCode, stderr } = await readFrames(source, 1, { PATH: fake.path });
  expect(frames).toEqual([]);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain(words);
});

function sourceWith(programs: readonly CameraProgram[], options: Partial<CaptureOptions>) {
  return rpicamSource(SECOND, { ...OPTIONS, ...options }, (name) => programs.some((program) => program === name));
}
