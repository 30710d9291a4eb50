// A program of the installer's own as a source.
import { expect, test } from 'vitest';
import { commandSource } from '../../src/capture/command.ts';
import { installedOn } from '../../src/capture/installed.ts';
import { fakeCamera } from '../support/fake-programs.ts';
import { OPTIONS } from './options.ts';
import { readFrames } from './read-frames.ts';

test('size and rate take the places of their names, and only they', () => {
  const command = ['/opt/camera', '--size={width}x{height}', '--rate', '{framesPerSecond}', '{width', '{other}', '{}'];
  const source = commandSource(command, { ...OPTIONS, fps: 12.5, rowBytes: 704 }, () => true);
  expect(source).toMatchObject({
    kind: 'command',
    label: 'command camera',
    program: '/opt/camera',
    args: ['--size=640x480', '--rate', '12.5', '{width', '{other}', '{}'],
    frame: { width: 640, height: 480, strideBytes: 704 },
    ...{ periodMs: 80, live: true, stopSignal: 'SIGTERM', endsByItself: false },
  });
});

test('its arguments are no part of what is said about it', () => {
  const { label } = commandSource(['cam', '--password=hunter2'], OPTIONS, () => true);
  expect(label).toBe('command cam');
});

test('a program that is not there', () => {
  expect(() => commandSource(['own-camera'], OPTIONS, () => false)).toThrow(
    'source.command begins with own-camera, which is no program on the PATH. Install it or write its whole path.',
  );
});

test('its frames come with their padding', async () => {
  const fake = fakeCamera('own-camera');
  const command = ['own-camera', '--size', '{width}x{height}', '--rate', '{framesPerSecond}', '--row-bytes', '384'];
  const options = { ...OPTIONS, width: 352, height: 288, fps: 20, rowBytes: 384 };
  const source = commandSource(command, options, installedOn(fake.path));
  const { frames, stderr, tookMs } = await readFrames(source, 11, { PATH: fake.path });
  expect({ stderr, bytes: frames.map(({ length }) => length) }).toEqual({
    stderr: '',
    bytes: Array.from({ length: 11 }, () => (384 * 288 * 3) / 2),
  });
  expect(tookMs).toBeGreaterThan(350);
  expect(fake.runs().map(({ signals }) => signals)).toEqual([['SIGTERM']]);
});
