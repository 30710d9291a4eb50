// Cameras are found by what the kernel and their programs say, in the words that these use.
import { expect, test } from 'vitest';
import type { Machine } from '../../../src/capture/attached/attached-camera.ts';
import { findAttached } from '../../../src/capture/attached/find-attached.ts';
import { machineOf, saying } from './machine.ts';

const WEBCAM = `[video4linux2,v4l2 @ 0x55] Compressed:       mjpeg :          Motion-JPEG : 640x480 1920x1080
[video4linux2,v4l2 @ 0x55] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 160x120
/dev/video0: Immediate exit requested`;
const NO_PICTURES = '[video4linux2,v4l2 @ 0x55] Not a video capture device.\n/dev/video1: No such device';
const FFMPEG = `for device do :; done
case $device in */video0) ${saying(WEBCAM, 'exit 1')};; *) ${saying(NO_PICTURES, 'exit 1')};; esac >&2`;
const V4L2_CTL = `ioctl: VIDIOC_ENUM_FMT
	Type: Video Capture

	[0]: 'MJPG' (Motion-JPEG, compressed)
		Size: Discrete 1920x1080
			Interval: Discrete 0.033s (30.000 fps)
			Interval: Discrete 0.067s (15.000 fps)
		Size: Discrete 640x480
			Interval: Discrete 0.033s (30.000 fps)
	[1]: 'YUYV' (YUYV 4:2:2)
		Size: Discrete 640x480
			Interval: Discrete 0.133s (7.500 fps)
		Size: Stepwise 32x32 - 2592x1944 with step 2/2
			Interval: Stepwise 0.011s - 1.000s with step 0.011s (1.000-90.000 fps)`;
const HELLO = `Available cameras
-----------------
0 : imx708_wide [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)
    Modes: 'SRGGB10_CSI2P' : 1536x864 [120.13 fps - (768, 432)/3072x1728 crop]
                             4608x2592 [14.35 fps - (0, 0)/4608x2592 crop]

1 : imx219 [3280x2464] (/base/soc/i2c0mux/i2c@1/imx219@10)
    Modes: 'SRGGB10_CSI2P' : 640x480 [103.33 fps - (1000, 752)/1280x960 crop]
           'SRGGB8' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]
`;

test('a webcam: its link, its sizes by ffmpeg, and not its second device', async () => {
  const machine = machineOf({
    nodes: { video0: 'HD Pro Webcam C920', video1: 'HD Pro Webcam C920' },
    links: { 'usb-046d_C920-video-index0': 'video0', 'usb-046d_C920-video-index1': 'video1' },
    programs: { ffmpeg: FFMPEG },
  });
  expect(await findAttached(machine)).toEqual([
    {
      ...{ kind: 'v4l2', name: 'HD Pro Webcam C920', problem: null },
      camera: `${machine.devFolder}/v4l/by-id/usb-046d_C920-video-index0`,
      device: `${machine.devFolder}/video0`,
      sizes: [
        { width: 1920, height: 1080, orSmaller: false, framesPerSecond: null },
        { width: 640, height: 480, orSmaller: false, framesPerSecond: null },
        { width: 160, height: 120, orSmaller: false, framesPerSecond: null },
      ],
    },
  ]);
});

test('with v4l2-ctl the rates of each size, highest first', async () => {
  const machine = machineOf({
    nodes: { video0: 'C920' },
    programs: { ffmpeg: FFMPEG, 'v4l2-ctl': saying(V4L2_CTL) },
  });
  const [camera] = await findAttached(machine);
  expect(camera?.camera).toBe(`${machine.devFolder}/video0`);
  expect(camera?.sizes.map(({ width, framesPerSecond }) => [width, framesPerSecond])).toEqual([
    [1920, [30, 15]],
    [640, [30, 7.5]],
    [160, null],
  ]);
});

test('the cameras of a Pi, as its program lists them, and none of the parts behind them', async () => {
  const nodes = { video0: 'unicam-image', video10: 'bcm2835-codec-decode', video4: 'rp1-cfe-csi2_ch0' };
  const cameras = await findAttached(
    machineOf({
      nodes,
      programs: { ffmpeg: FFMPEG, 'rpicam-hello': `[ "$*" = --list-cameras ] || exit 255\n${saying(HELLO)}` },
    }),
  );
  expect(cameras).toEqual([
    {
      ...{ kind: 'rpicam', name: 'imx708_wide', camera: 'rpicam', device: null, problem: null },
      sizes: [
        { width: 4608, height: 2592, orSmaller: true, framesPerSecond: [14.35] },
        { width: 1536, height: 864, orSmaller: true, framesPerSecond: [120.13] },
      ],
    },
    {
      ...{ kind: 'rpicam', name: 'imx219', camera: 'rpicam:1', device: null, problem: null },
      sizes: [{ width: 640, height: 480, orSmaller: true, framesPerSecond: [206.65, 103.33] }],
    },
  ]);
});

test('a Pi without a camera, or with the older program', async () => {
  expect(await camerasOf({ 'rpicam-hello': saying('No cameras available!') })).toEqual([]);
  expect(await camerasOf({ 'libcamera-hello': saying(HELLO) })).toHaveLength(2);
});

test('the sensors of a Jetson are numbered in the order of their devices, whatever is between them', async () => {
  const cameras = await findAttached(
    machineOf({
      nodes: { video0: 'C920', video2: 'vi-output, imx219 10-0010', video10: 'vi-output, imx477 9-001a' },
      programs: { ffmpeg: FFMPEG, 'v4l2-ctl': saying(V4L2_CTL) },
    }),
  );
  expect(
    cameras.map(({ kind, name, camera, sizes }) => [kind, name, camera.replace(/.*\//, ''), sizes.length]),
  ).toEqual([
    ['jetson', 'imx219', 'jetson', 3],
    ['jetson', 'imx477', 'jetson:1', 3],
    ['v4l2', 'C920', 'video0', 3],
  ]);
  expect(cameras[0]?.sizes[0]).toEqual({ width: 2592, height: 1944, orSmaller: true, framesPerSecond: [90] });
});

test('what keeps a camera from being used is said', async () => {
  const closed = machineOf({ nodes: { video0: 'C920' }, closed: ['video0'], programs: { ffmpeg: FFMPEG } });
  expect(await findAttached(closed)).toMatchObject([{ sizes: [], problem: expect.stringContaining('group video') }]);
  const without = machineOf({ nodes: { video0: 'C920' } });
  expect(await findAttached(without)).toMatchObject([
    { sizes: [], problem: expect.stringContaining('install ffmpeg') },
  ]);
});

test('a machine without any of it', async () => {
  expect(await findAttached({ ...machineOf({}), sysFolder: '/nowhere' })).toEqual([]);
});

function camerasOf(programs: Readonly<Record<string, string>>): ReturnType<typeof findAttached> {
  const machine: Machine = machineOf({ programs });
  return findAttached(machine);
}
