// Films are read at their own size and rate.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { evenWithin, filmOf } from '../../src/analyze/film-source.ts';
import { makeFilm } from '../capture/make-media.ts';
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
