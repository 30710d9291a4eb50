// A V4L2 camera, usually USB: with and without JPEG, its controls, and how it is lost.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { v4l2Nodes } from '../../src/capture/attached/v4l2-nodes.ts';
import { v4l2Source } from '../../src/capture/v4l2.ts';
import { addProgram, fakeCamera } from '../support/fake-programs.ts';
import { OPTIONS } from './options.ts';
import { readFrames } from './read-frames.ts';

const DEVICE = '/dev/v4l/by-id/usb-046d_HD_Pro_Webcam_C920-video-index0';

test('becomes ffmpeg with the size and rate that are wanted', () => {
  const source = v4l2Source(DEVICE, OPTIONS);
  const [flag, script, name, device, ...args] = source.args;
  expect([source.program, flag, name, device]).toEqual(['sh', '-c', 'onlooker-v4l2', DEVICE]);
  expect(script?.split('\n').at(-1)).toBe('exec ffmpeg "$@"');
  expect(args.join(' ')).toMatch(
    `-nostdin -hide_banner -loglevel error -f v4l2 -video_size 640x480 -framerate 10 -i ${DEVICE} -vf select=`,
  );
  expect(source).toMatchObject({
    ...{ kind: 'v4l2', label: `camera ${DEVICE}`, device: DEVICE, live: true, healthRules: true },
    ...{ frame: { width: 640, height: 480, strideBytes: 640 }, stopSignal: 'SIGINT', deathSignal: 'KILL' },
  });
});

test.each<['mjpeg' | 'raw', readonly string[]]>([
  ['mjpeg', ['-input_format', 'mjpeg']],
  ['raw', []],
])('of a camera that gives %s the frames come, and SIGINT ends it', async (formats, wish) => {
  const fake = fakeCamera('ffmpeg', { formats });
  const source = v4l2Source(DEVICE, { ...OPTIONS, width: 320, height: 240 });
  const { frames, stderr } = await readFrames(source, 5, { PATH: fake.path });
  expect({ frames: frames.map(({ length }) => length), stderr }).toEqual({
    frames: Array.from({ length: 5 }, () => (320 * 240 * 3) / 2),
    stderr: '',
  });
  const [look, run] = fake.runs();
  expect(look?.args.join(' ')).toBe(`-nostdin -hide_banner -f v4l2 -list_formats compressed -i ${DEVICE}`);
  expect(run?.args.slice(0, wish.length)).toEqual(wish);
  expect(run?.args.filter((word) => word === 'mjpeg')).toHaveLength(wish.length / 2);
  expect(run?.signals).toEqual(['SIGINT']);
});

test.each([
  ['absent', 'No such file or directory', 1],
  ['busy', 'Device or resource busy', 1],
  ['unplugged', 'No such device', 0],
] as const)('a camera that is %s is told in the words of ffmpeg', async (failure, words, code) => {
  const fake = fakeCamera('ffmpeg', { failure, after: failure === 'unplugged' ? 3 : 0 });
  const { frames, exitCode, stderr } = await readFrames(v4l2Source(DEVICE, OPTIONS), 9, { PATH: fake.path });
  expect({ frames: frames.length, exitCode }).toEqual({ frames: failure === 'unplugged' ? 3 : 0, exitCode: code });
  expect(stderr.trim().split('\n').at(-1)).toBe(`${DEVICE}: ${words}`);
});

test('a device that is none, asked by the real ffmpeg', async () => {
  const { frames, exitCode, stderr } = await readFrames(v4l2Source('/dev/null', OPTIONS), 1);
  expect(frames).toEqual([]);
  // 1 of ffmpeg 5; later ones end with the number of the error.
  expect(exitCode).toBeGreaterThan(0);
  expect(stderr.trim().split('\n').at(-1)).toMatch(/Inappropriate ioctl for device$/);
});

test('light is a matter of controls that a camera may have, and what is said about them is no frame', async () => {
  const fake = fakeCamera('ffmpeg');
  const log = join(fake.folder, 'controls');
  addProgram(fake.folder, 'v4l2-ctl', `echo "$*" >>'${log}'; echo "unknown control"; exit 255`);
  const source = v4l2Source(DEVICE, { ...OPTIONS, exposure: { flickerHz: 60, backlight: true } });
  const { frames, stderr } = await readFrames(source, 1, { PATH: fake.path });
  expect({ frames: frames.length, stderr }).toEqual({ frames: 1, stderr: '' });
  expect(readFileSync(log, 'utf8')).toBe(
    `-d ${DEVICE} -c power_line_frequency=2\n-d ${DEVICE} -c backlight_compensation=1\n`,
  );
});

/** The kernel's own virtual camera, where it has one and lets us load it. */
const VIRTUAL = virtualCamera();

test.skipIf(VIRTUAL === null)(
  'a virtual camera of the kernel gives frames (skipped: the kernel has none)',
  async () => {
    const { frames } = await readFrames(v4l2Source(VIRTUAL ?? '', { ...OPTIONS, width: 320, height: 240 }), 5);
    expect(frames).toHaveLength(5);
  },
);

function virtualCamera(): string | null {
  spawnSync('modprobe', ['vivid'], { stdio: 'ignore' });
  const nodes = v4l2Nodes({ sysFolder: '/sys', devFolder: '/dev' });
  return nodes.find(({ name }) => /^vivid-\d+-vid-cap/.test(name))?.device ?? null;
}
