// What is asked of an input before it is read: how large its pictures are as they are to be seen, how fast they follow, when they end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../src/capture/probe.ts';
import { streamInput } from '../../src/capture/stream.ts';
import { answering } from '../support/http-camera.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { makeFilm, turnFilm } from './make-media.ts';

test('a film that was taken with the camera held upright', async () => {
  const upright = turnFilm(makeFilm(join(tempFolder(), 'upright.mp4'), '320x180', 1));
  expect(await probe({ args: ['-i', upright], secret: null })).toEqual({
    ...{ kind: 'video', framesPerSecond: 25, durationMs: 1000 },
    size: { width: 180, height: 320 },
  });
});

test('a film at an address is asked for through the script, and says its length all the same', async () => {
  const film = makeFilm(join(tempFolder(), 'film.mkv'), '320x180', 2);
  const { port, asked } = await answering(200, readFileSync(film));
  expect(await probe(streamInput(`http://127.0.0.1:${port}/film.mkv?token=7`, null))).toEqual({
    ...{ kind: 'video', framesPerSecond: 25, durationMs: 2000 },
    size: { width: 320, height: 180 },
  });
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/film.mkv?token=7']));
});
