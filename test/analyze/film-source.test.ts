// Films are read at their own size and rate.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { evenWithin, filmOf } from '../../src/analyze/film-source.ts';
import { makeFilm } from '../capture/make-media.ts';
import { readFrames } from '../capture/read-frames.ts';
import { answering, cameraOf, MJPEG } from '../support/http-camera.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('as large as the film, at most 1920 on the longer side', () => {
  expect(evenWithin({ width: 1280, height: 720 })).toEqual({ width: 1280, height: 720 });
  expect(evenWithin({ width: 3840, height: 2160 })).toEqual({ width: 1920, height: 1080 });
  expect(evenWithin({ width: 1080, height: 2400 })).toEqual({ width: 864, height: 1920 });
  expect(evenWithin({ width: 641, height: 1 })).toEqual({ width: 642, height: 2 });
});

it('at its own rate until its end', async () => {
  const film = await filmOf(makeFilm(join(tempFolder(), 'a film.mp4'), '320x240', 2, 'fps=12.5'));
  expect(film).toMatchObject({ name: 'a film', durationMs: 2000 });
  expect(film.capture).toMatchObject({ frame: { width: 320, height: 240 }, periodMs: 80, clock: 'media' });
});

it('no faster than thirty frames per second', async () => {
  const film = await filmOf(makeFilm(join(tempFolder(), 'fast.mp4'), '320x240', 1, 'fps=100'));
  expect(film.capture.periodMs).toBeCloseTo(1000 / 30);
});

it('a film that does not say how long it is', async () => {
  const folder = tempFolder();
  // Nothing but pictures, without a container around them.
  const bare = join(folder, 'bare.mjpeg');
  execFileSync('ffmpeg', ['-loglevel', 'error', '-i', makeFilm(join(folder, 'a.mp4'), '320x240', 1), bare]);
  const film = await filmOf(bare);
  expect(film).toMatchObject({ durationMs: null, capture: { periodMs: 40 } });
});

it('a film at an address loses no frame, and its secrets are in no name', async () => {
  const { port } = await answering(200, readFileSync(makeFilm(join(tempFolder(), 'a.mkv'), '320x240', 2)));
  const film = await filmOf(`http://me:it's@127.0.0.1:${port}/party.mkv?token=7`);
  expect(film).toMatchObject({ file: `http://127.0.0.1:${port}/party.mkv`, name: 'party', durationMs: 2000 });
  expect(film.capture).toMatchObject({ clock: 'media', live: false, endsByItself: true });
  expect((await readFrames(film.capture)).frames).toHaveLength(50);
});

it('a camera at an address is watched as it is', async () => {
  const { port } = await cameraOf(MJPEG, [{ size: '320x240', framesPerSecond: 10 }]);
  const film = await filmOf(`http://127.0.0.1:${port}/video`);
  expect(film).toMatchObject({ durationMs: null, capture: { clock: 'monotonic', live: true, endsByItself: false } });
  const { tookMs } = await readFrames(film.capture, 11);
  expect(tookMs).toBeGreaterThan(800);
  expect(tookMs).toBeLessThan(2500);
});
