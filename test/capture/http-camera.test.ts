// Real video over HTTP: its frames come as the camera sends them, and each of its failures has its word.
import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complaintIn } from '../../src/capture/complaint.ts';
import { resolveSource } from '../../src/capture/resolve-source.ts';
import type { CaptureSource } from '../../src/capture/source.ts';
import { sourceFrom } from '../../src/capture/source-from.ts';
import { freePort } from '../support/free-port.ts';
import { answering, cameraOf, MJPEG, MPEG_TS } from '../support/http-camera.ts';
import { listening } from '../support/listening.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { OPTIONS } from './options.ts';
import { lumaAt, readFrames } from './read-frames.ts';

const LIVE = { ...OPTIONS, pace: 'realtime' as const };
const VIDEO = { size: '320x240', framesPerSecond: 10 };

test('MJPEG comes at the rate of the camera, with the credentials that are given apart', async () => {
  const camera = await cameraOf(MJPEG, [VIDEO]);
  const source = await resolveSource({
    ...{ ...LIVE, input: `http://127.0.0.1:${camera.port}/video?token=7` },
    credentials: { username: 'door', password: "p'ss w%rd" },
  });
  expect(source).toMatchObject({ label: `stream http://127.0.0.1:${camera.port}/video`, frame: { width: 320 } });
  const { tookMs } = await readFrames(source, 21);
  // At the 25 a second that ffmpeg takes it for, it would be 800 ms, or 5 s for what is left of it.
  expect(tookMs).toBeGreaterThan(1600);
  expect(tookMs).toBeLessThan(3500);
  expect(new Set(camera.asked.map(({ path }) => path))).toEqual(new Set(['/video?token=7']));
  // ffmpeg waits to be asked for them, as most programs do.
  expect(camera.asked.map(({ user }) => user)).toContain(null);
});

test('a camera that asks for user and password gets them', async () => {
  const camera = await answering(401);
  const credentials = { username: 'door', password: "p'ss w%rd:@/" };
  await readFrames(sourceFrom({ ...LIVE, input: `http://127.0.0.1:${camera.port}/video`, credentials }));
  expect(camera.asked.map(({ user }) => user)).toEqual([null, "door:p'ss w%rd:@/"]);
});

test.each([
  ['faster', 30, 5, 4000],
  ['slower', 2, 10, 10_000],
])('of a camera that is %s than asked for no more and no copies come', async (_words, theirs, ours, within) => {
  const camera = await cameraOf(MJPEG, [{ ...VIDEO, framesPerSecond: theirs }]);
  const source = sourceFrom({ ...LIVE, fps: ours, input: `http://127.0.0.1:${camera.port}/video` });
  const { frames, tookMs } = await readFrames(source, 9);
  expect(new Set(frames.map((frame) => frame.toString('base64'))).size).toBe(9);
  expect(tookMs).toBeGreaterThan((8 * 1000 * 0.8) / Math.min(theirs, ours));
  expect(tookMs).toBeLessThan(within);
});

test('a stream whose size changes goes on, in frames of the size that was asked for', async () => {
  const camera = await cameraOf(MPEG_TS, [
    { size: '320x240', framesPerSecond: 25, seconds: 3, color: 'white' },
    { size: '640x320', framesPerSecond: 25, seconds: 3, color: 'white' },
  ]);
  const source = sourceFrom({ ...LIVE, input: `http://127.0.0.1:${camera.port}/video` });
  const { frames, stderr } = await readFrames(source);
  const shapes = frames.map((frame) => [10, 240, 470].map((y) => (lumaAt(source, frame, 320, y) ?? 0) > 200));
  const wide = shapes.findIndex(([top]) => top === false);
  expect(shapes.slice(0, wide).every((shape) => shape.every(Boolean))).toBe(true);
  expect(shapes.slice(wide).every(([top, middle, bottom]) => !top && middle && !bottom)).toBe(true);
  console.log(wide, frames.length, frames.length - wide);
  expect(stderr).toBe('');
});

test('a playlist is played in its own time', async () => {
  const folder = tempFolder();
  const film = ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25:duration=4', '-c:v', 'mpeg2video', '-g', '25'];
  const pieces = ['-f', 'hls', '-hls_time', '1', '-hls_list_size', '0', join(folder, 'live.m3u8')];
  execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', ...film, ...pieces]);
  const port = await listening(
    createServer(({ url = '' }, response) => void createReadStream(join(folder, url)).pipe(response)),
  );
  const { frames, tookMs } = await readFrames(sourceFrom({ ...LIVE, input: `http://127.0.0.1:${port}/live.m3u8` }));
  expect(frames.length).toBeGreaterThan(30);
  expect(tookMs).toBeGreaterThan(3000);
});

test.each([
  ['the wrong password', 401, '', 'refused', 'Server returned 401 Unauthorized (authorization failed)'],
  ['one who may not watch', 403, '', 'refused', 'Server returned 403 Forbidden (access denied)'],
  ['the wrong path', 404, '', 'absent', 'Server returned 404 Not Found'],
  ['a camera in trouble', 503, '', 'broken', 'Server returned 5XX Server Error reply'],
  ['what is no video', 200, 'no video '.repeat(1000), 'broken', 'Invalid data found when processing input'],
])('%s', async (_words, status, body, fault, reason) => {
  const { port } = await answering(status, body);
  const { frames, stderr } = await readFrames(camera(port));
  expect(frames).toEqual([]);
  expect(complaintIn(stderr)).toMatchObject({ fault, words: `http://127.0.0.1:${port}/video: ${reason}` });
});

test('a port that is closed and a name that nobody knows', async () => {
  const port = await freePort();
  expect(complaintIn((await readFrames(camera(port))).stderr)).toMatchObject({
    fault: 'unreachable',
    words: `Connection to tcp://127.0.0.1:${port} failed: Connection refused`,
  });
  const unknown = sourceFrom({ ...LIVE, input: 'http://me:s3cret@camera.invalid/video?token=s3cret' });
  const { fault, words } = complaintIn((await readFrames(unknown)).stderr);
  expect(fault).toBe('unresolved');
  expect(words).toMatch(/^Failed to resolve hostname camera\.invalid: /);
});

test('a server that accepts and says nothing is given up after five seconds', async () => {
  const startedAt = performance.now();
  const { stderr } = await readFrames(camera(await listening(createTcpServer())));
  expect(performance.now() - startedAt).toBeGreaterThan(4900);
  expect(performance.now() - startedAt).toBeLessThan(12_000);
  expect(complaintIn(stderr).fault).toBe('silent');
});

test('one that stops in the middle is given up after five seconds', async () => {
  const server = await cameraOf(MJPEG, [VIDEO]);
  let frozenAt = 0;
  const { frames, stderr } = await readFrames(camera(server.port), undefined, {}, ({ length }) => {
    if (length !== 5) return;
    frozenAt = performance.now();
    server.freeze();
  });
  expect(frames.length).toBeLessThan(15);
  expect(performance.now() - frozenAt).toBeLessThan(12_000);
  expect(complaintIn(stderr)).toMatchObject({ fault: 'hung', words: 'Connection timed out' });
});

test('one that breaks off in the middle ends the program at once', async () => {
  const server = await cameraOf(MJPEG, [VIDEO]);
  let brokenAt = 0;
  const { stderr } = await readFrames(camera(server.port), undefined, {}, ({ length }) => {
    if (length !== 5) return;
    brokenAt = performance.now();
    server.kill();
  });
  expect(performance.now() - brokenAt).toBeLessThan(3000);
  expect(complaintIn(stderr).fault).toBe('broken');
});

function camera(port: number): CaptureSource {
  return sourceFrom({ ...LIVE, input: `http://me:s3cret@127.0.0.1:${port}/video?token=s3cret` });
}
