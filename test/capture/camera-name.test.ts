// Names of cameras.
import { expect, test } from 'vitest';
import { parseCameraName } from '../../src/capture/camera-name.ts';

test.each([
  ['rpicam', { kind: 'rpicam', camera: 'rpicam', index: 0 }],
  ['rpicam:1', { kind: 'rpicam', camera: 'rpicam:1', index: 1 }],
  ['raspistill:0', { kind: 'raspistill', camera: 'raspistill:0', index: 0 }],
  ['jetson:2', { kind: 'jetson', camera: 'jetson:2', index: 2 }],
  ['/dev/video0', { kind: 'v4l2', device: '/dev/video0' }],
  ['/dev/v4l/by-id/usb-046d_C920-video-index0', { kind: 'v4l2', device: '/dev/v4l/by-id/usb-046d_C920-video-index0' }],
  ['jetson:first', { kind: 'v4l2', device: 'jetson:first' }],
])('%s', (name, expected) => {
  expect(parseCameraName(name)).toEqual(expected);
});
