// Sources are looked at before they start: their shape is kept, and what cannot work says so with its remedy.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaptureError } from '../../src/capture/capture-error.ts';
import { resolveSource } from '../../src/capture/resolve-source.ts';
import { makeFilm, makePicture, tempFolder, turnJpeg } from './make-media.ts';
import { OPTIONS } from './options.ts';

test('a film keeps its shape', async () => {
  const input = makeFilm(join(tempFolder(), 'wide.mp4'), '768x432', 1);
  expect((await resolveSource({ ...OPTIONS, input })).frame).toEqual({ width: 768, height: 432, strideBytes: 768 });
});

test('a film whose pixels are not square gets the shape in which it is seen', async () => {
  const input = makeFilm(join(tempFolder(), 'anamorphic.mp4'), '320x288', 1, 'setsar=2');
  expect((await resolveSource({ ...OPTIONS, input })).frame).toMatchObject({ width: 640, height: 288 });
});

test('pictures take the shape of the first one, as it is to be held', async () => {
  const folder = tempFolder();
  turnJpeg(makePicture(join(folder, 'a.jpg'), '640x320', 'white'));
  makePicture(join(folder, 'b.png'), '64x64', 'white');
  expect((await resolveSource({ ...OPTIONS, input: folder })).frame).toMatchObject({ width: 320, height: 640 });
});

test('a stream that does not answer keeps the size of the options', async () => {
  // Port 9 (discard) of this host answers nobody.
  const source = await resolveSource({ ...OPTIONS, input: 'rtsp://me:secret@127.0.0.1:9/live' });
  expect(source).toMatchObject({ kind: 'stream', frame: { width: 640, height: 480 } });
});

test('text that is called a film', async () => {
  const input = join(tempFolder(), 'not-a-film.mp4');
  writeFileSync(input, 'once upon a time\n'.repeat(500));
  const message = await refusal({ ...OPTIONS, input });
  expect(message).toBe(
    `${input} cannot be read as a video: Invalid data found when processing input. ` +
      'Name a video file, a folder of pictures, or an rtsp or http address.',
  );
});

test('an empty file and a text that is called a picture', async () => {
  const folder = tempFolder();
  const empty = join(folder, 'empty.mp4');
  writeFileSync(empty, '');
  expect(await refusal({ ...OPTIONS, input: empty })).toContain('cannot be read as a video: ');
  writeFileSync(join(folder, 'a.jpg'), 'no picture');
  expect(await refusal({ ...OPTIONS, input: folder })).toContain(`${folder}/a.jpg cannot be read as a picture: `);
});

test('a file that is not there', async () => {
  expect(await refusal({ ...OPTIONS, input: '/nowhere/film.mp4' })).toBe(
    'There is no file or folder /nowhere/film.mp4. Check the path.',
  );
});

test('a folder without pictures', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'inner.jpg'));
  writeFileSync(join(folder, 'readme.txt'), '');
  expect(await refusal({ ...OPTIONS, input: folder })).toMatch(/^No picture is in .+ Put pictures there/);
});

test.skipIf(existsSync('/dev/video99'))('a camera that is not there (skipped where /dev/video99 is)', async () => {
  expect(await refusal({ ...OPTIONS, camera: '/dev/video99' })).toMatch(
    /^There is no camera \/dev\/video99: (no \/dev\/video\* exists\. Plug|\/dev\/video\d+.* exist\. Name one)/,
  );
});

test('a camera that is a file', async () => {
  const camera = join(tempFolder(), 'video0');
  writeFileSync(camera, '');
  expect(await refusal({ ...OPTIONS, camera })).toContain(`${camera} is not a camera: `);
});

async function refusal(options: typeof OPTIONS): Promise<string> {
  const error = await resolveSource(options).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CaptureError)) throw new Error(`expected a CaptureError, got ${String(error)}`);
  expect(error.exitCode).toBe(66);
  return error.message;
}
