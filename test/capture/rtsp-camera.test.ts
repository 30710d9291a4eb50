// A real RTSP camera: its frames come, each of its failures has its word, and its password is seen by nobody.
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { complaintIn } from '../../src/capture/complaint.ts';
import { probe } from '../../src/capture/probe.ts';
import { resolveSource } from '../../src/capture/resolve-source.ts';
import { sourceFrom } from '../../src/capture/source-from.ts';
import { streamInput } from '../../src/capture/stream.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { listening } from '../support/listening.ts';
import { descendantsOf, readableOf } from '../support/processes.ts';
import { noRtspServer, startRtspServer } from '../support/rtsp-server.ts';
import { OPTIONS } from './options.ts';
import { lumaAt, readFrames } from './read-frames.ts';

const LIVE = { ...OPTIONS, pace: 'realtime' as const };
const USER = { username: "d'oor", password: 'it costs 100% #1:@/' };

test.skipIf(noRtspServer)('its frames come in their own shape and time, for who knows the password', async () => {
  const { port } = await startRtspServer({ user: USER });
  const source = await resolveSource({ ...LIVE, input: `rtsp://127.0.0.1:${port}/cam`, credentials: USER });
  expect(source).toMatchObject({ label: `stream rtsp://127.0.0.1:${port}/cam`, frame: { width: 320, height: 240 } });
  const { frames, tookMs } = await readFrames(source, 15);
  expect(tookMs).toBeLessThan(4000);
  // A white ball before black.
  expect(lumaAt(source, frames[0], 1, 1)).toBeLessThan(30);
  expect(Math.max(...(frames[0]?.subarray(0, 320 * 240) ?? []))).toBeGreaterThan(200);
  expect(new Set(frames.map((frame) => frame.toString('base64'))).size).toBe(15);
});

test.skipIf(noRtspServer)('who does not is refused, and a source is made that can be tried again', async () => {
  const { port } = await startRtspServer({ user: USER });
  const input = `rtsp://d%27oor:s3cret@127.0.0.1:${port}/cam`;
  const source = await resolveSource({ ...LIVE, input });
  expect(source).toMatchObject({ kind: 'stream', frame: { width: 640, height: 480 } });
  const { frames, stderr } = await readFrames(source);
  expect(frames).toEqual([]);
  expect(complaintIn(stderr)).toEqual({
    fault: 'refused',
    words: `rtsp://127.0.0.1:${port}/cam: Server returned 401 Unauthorized (authorization failed)`,
    remedy: 'check source.username and source.passwordFile',
  });
});

test.skipIf(noRtspServer)('a path that it does not have', async () => {
  const { port } = await startRtspServer();
  const { stderr } = await readFrames(sourceFrom({ ...LIVE, input: `rtsp://127.0.0.1:${port}/other` }));
  expect(complaintIn(stderr)).toMatchObject({ fault: 'absent', remedy: 'check the path in source.input' });
});

test('a port that is closed and a name that nobody knows', async () => {
  const port = await freePort();
  const closed = await readFrames(sourceFrom({ ...LIVE, input: `rtsp://127.0.0.1:${port}/cam` }));
  expect(complaintIn(closed.stderr)).toMatchObject({
    fault: 'unreachable',
    words: `Connection to tcp://127.0.0.1:${port} failed: Connection refused`,
  });
  const unknown = await readFrames(sourceFrom({ ...LIVE, input: 'rtsp://me:s3cret@camera.invalid/cam' }));
  expect(complaintIn(unknown.stderr).fault).toBe('unresolved');
});

test('one that accepts and says nothing is given up after five seconds, while nobody sees what it is asked with', async () => {
  const input = `rtsp://me:s3cret@127.0.0.1:${await listening(createServer())}/cam?token=t0ken`;
  const startedAt = performance.now();
  const probed = probe(streamInput(input, null));
  const taken = readFrames(sourceFrom({ ...LIVE, input }));
  const seen = await eventually(
    () => descendantsOf(process.pid).map(readableOf),
    (texts) => ['ffmpeg', 'ffprobe'].every((name) => texts.some((text) => text.startsWith(`${name}\0`))),
  );
  expect(seen.join()).toContain('-f\0concat');
  expect(seen.join()).not.toMatch(/s3cret|t0ken/);
  expect(await probed).toEqual({ kind: 'unreadable', reason: 'Invalid data found when processing input' });
  expect(complaintIn((await taken).stderr).fault).toBe('silent');
  expect(performance.now() - startedAt).toBeGreaterThan(4900);
  expect(performance.now() - startedAt).toBeLessThan(12_000);
});

test.skipIf(noRtspServer)('one that dies in the middle ends the program at once', async () => {
  const server = await startRtspServer();
  let diedAt = 0;
  const source = sourceFrom({ ...LIVE, input: `rtsp://127.0.0.1:${server.port}/cam` });
  const { stderr } = await readFrames(source, undefined, {}, ({ length }) => {
    if (length !== 5) return;
    diedAt = performance.now();
    void server.kill();
  });
  expect(performance.now() - diedAt).toBeLessThan(3000);
  expect(complaintIn(stderr).fault).toBe('broken');
});

// ffmpeg 5 waits for five seconds five times, for frames and to say goodbye; the daemon has given it up by then.
test.skipIf(noRtspServer)('one that stops sending is given up, and not taken for one that ended', async () => {
  const server = await startRtspServer();
  const source = sourceFrom({ ...LIVE, input: `rtsp://127.0.0.1:${server.port}/cam` });
  let frozenAt = 0;
  const { frames, stderr } = await readFrames(source, undefined, {}, ({ length }) => {
    if (length !== 5) return;
    frozenAt = performance.now();
    server.freeze();
  });
  expect(frames.length).toBeLessThan(15);
  expect(performance.now() - frozenAt).toBeLessThan(35_000);
  expect(complaintIn(stderr)).toMatchObject({ fault: 'hung', words: 'Connection timed out' });
});
