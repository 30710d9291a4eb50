// The command lines do what they promise: real runs of ffmpeg, frame by frame.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveSource } from '../../src/capture/resolve-source.ts';
import { sourceFrom } from '../../src/capture/source-from.ts';
import { makeFilm, makePicture, tempFolder, turnJpeg } from './make-media.ts';
import { OPTIONS } from './options.ts';
import { lumaAt, readFrames } from './read-frames.ts';

const BLACK = 16;
const WHITE = 235;

test('a film gives its seconds times the rate in whole frames and ends well', async () => {
  const input = makeFilm(join(tempFolder(), 'odd - name: 100%.mp4'), '320x180', 2);
  const { frames, exitCode, stderr } = await readFrames(await resolveSource({ ...OPTIONS, input }));
  expect({ frames: frames.length, exitCode, stderr }).toEqual({ frames: 20, exitCode: 0, stderr: '' });
});

test('a film in real time takes its time', async () => {
  const input = makeFilm(join(tempFolder(), 'a.mp4'), '320x180', 2);
  const { frames, tookMs } = await readFrames(await resolveSource({ ...OPTIONS, input, pace: 'realtime' }));
  expect(frames).toHaveLength(20);
  expect(tookMs).toBeGreaterThan(1200);
});

test('a wide film in a frame of another shape is centered between black bars', async () => {
  const input = makeFilm(join(tempFolder(), 'white.mp4'), '320x160', 1, 'drawbox=color=white:t=fill');
  const source = sourceFrom({ ...OPTIONS, input, width: 640, height: 480 });
  const { frames } = await readFrames(source);
  const middle = [20, 79, 81, 240, 399, 401, 460].map((y) => lumaAt(source, frames[0], 320, y));
  expect(middle.map((luma) => luma !== null && luma > 200)).toEqual([false, false, true, true, true, false, false]);
});

test('pictures of any format, size and turn come by name, fitted and at full range', async () => {
  const folder = tempFolder();
  makePicture(join(folder, '1.jpg'), '320x240', 'white');
  makePicture(join(folder, '2 %d.png'), '50x100', 'white');
  turnJpeg(makePicture(join(folder, "3's.jpg"), '400x200', 'white'));
  makePicture(join(folder, '4.webp'), '641x321', 'black');
  const source = await resolveSource({ ...OPTIONS, input: folder, pictureMs: 500 });
  const { frames, exitCode, stderr } = await readFrames(source);
  expect({ frames: frames.length, exitCode, stderr }).toEqual({ frames: 20, exitCode: 0, stderr: '' });
  const { width, height } = source.frame;
  expect([width, height]).toEqual([320, 240]);
  const row = (frame: Buffer | undefined) => [10, 90, 160, 230, 310].map((x) => lumaAt(source, frame, x, height / 2));
  expect(row(frames[0])).toEqual([WHITE, WHITE, WHITE, WHITE, WHITE]);
  expect(row(frames[4])).toEqual(row(frames[0]));
  // 120 and 120 of 320 pixels: the second is tall, the third is wide but held upright.
  expect(row(frames[5])).toEqual([BLACK, BLACK, WHITE, BLACK, BLACK]);
  expect(row(frames[10])).toEqual([BLACK, BLACK, WHITE, BLACK, BLACK]);
  expect(row(frames[15])).toEqual([BLACK, BLACK, BLACK, BLACK, BLACK]);
});

test('a broken picture stops the show and is named', async () => {
  const folder = tempFolder();
  makePicture(join(folder, 'a.png'), '64x64', 'white');
  writeFileSync(join(folder, 'b.jpg'), 'no picture');
  makePicture(join(folder, 'c.png'), '64x64', 'white');
  const { frames, exitCode, stderr } = await readFrames(
    await resolveSource({ ...OPTIONS, input: folder, pictureMs: 200 }),
  );
  expect(frames).toHaveLength(2);
  expect(exitCode).toBe(1);
  expect(stderr.trim().split('\n').at(-1)).toBe(`cannot show ${folder}/b.jpg`);
});

test('pictures in real time are shown as long as asked for', async () => {
  const folder = tempFolder();
  makePicture(join(folder, 'a.png'), '64x64', 'white');
  const source = await resolveSource({ ...OPTIONS, input: folder, pictureMs: 1500, pace: 'realtime' });
  const { frames, tookMs } = await readFrames(source);
  expect(frames).toHaveLength(15);
  expect(tookMs).toBeGreaterThan(1000);
});

test('no ffmpeg outlives the shell that shows pictures', async () => {
  const folder = tempFolder();
  makePicture(join(folder, 'a.png'), '64x64', 'white');
  const source = sourceFrom({ ...OPTIONS, input: folder, pictureMs: 3_600_000 });
  const shell = spawn(source.program, source.args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(shell, 'close');
  await once(shell.stdout, 'readable');
  shell.kill('SIGKILL');
  // Ends only when nobody holds the other end any more.
  shell.stdout.resume();
  await closed;
  expect(shell.signalCode).toBe('SIGKILL');
});

test('the demo keeps real time, begins with an empty scene, and is the same each time', async () => {
  const source = sourceFrom(OPTIONS);
  const [one, two] = await Promise.all([readFrames(source, 30), readFrames(source, 30)]);
  for (const { frames, tookMs, stderr } of [one, two]) {
    expect(stderr).toBe('');
    expect(frames.map((frame) => frame.length)).toEqual(Array.from({ length: 30 }, () => 460_800));
    expect(tookMs).toBeGreaterThan(2000);
    expect(tookMs).toBeLessThan(8000);
  }
  expect(one.frames.map(hash)).toEqual(two.frames.map(hash));
  expect(detail(one.frames[0])).toBeLessThan(1);
  expect(detail(one.frames[29])).toBeGreaterThan(2);
});

function hash(frame: Buffer): string {
  return createHash('sha256').update(frame).digest('hex');
}

/** Mean difference of neighboring pixels of one row: a blurred picture has hardly any. */
function detail(frame: Buffer | undefined): number {
  const row = frame?.subarray(640 * 160, 640 * 161) ?? Buffer.alloc(0);
  const steps = row.subarray(1).map((value, index) => Math.abs(value - (row[index] ?? value)));
  return steps.reduce((sum, step) => sum + step, 0) / steps.length;
}
