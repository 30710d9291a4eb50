// What the user named becomes pictures, videos and problems.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { areMany, expandInputs } from '../../src/analyze/inputs.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('pictures by their name or their first bytes, the rest is video', () => {
  const folder = tempFolder();
  const named = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const jpeg = named('without-extension', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  expect(expandInputs([named('a.PNG', ''), jpeg, named('b.mp4', 'ftyp'), 'rtsp://camera/1'])).toMatchObject([
    { kind: 'picture', name: 'a' },
    { kind: 'picture', name: 'without-extension' },
    { kind: 'video' },
    { kind: 'video', path: 'rtsp://camera/1' },
  ]);
});

it('a folder is its pictures, but for those written by an analysis', () => {
  const folder = tempFolder();
  for (const name of ['b.jpg', 'a.png', 'a.analyzed.png', 'a.analyzed-2.jpg', 'notes.txt']) {
    writeFileSync(join(folder, name), '');
  }
  expect(expandInputs([folder])).toEqual([
    { kind: 'picture', path: join(folder, 'a.png'), name: 'a' },
    { kind: 'picture', path: join(folder, 'b.jpg'), name: 'b' },
  ]);
});

it('what is not there or empty is a problem, and the rest goes on', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'a.jpg'), '');
  expect(expandInputs([join(folder, 'gone.jpg'), join(folder, 'empty'), join(folder, 'a.jpg')])).toMatchObject([
    { kind: 'problem', error: { message: expect.stringMatching(/There is no file or folder .*gone\.jpg/) } },
    { kind: 'problem', error: { message: expect.stringMatching(/No picture is in .*empty/) } },
    { kind: 'picture', name: 'a' },
  ]);
});

it('what may not be looked at is a problem, too', () => {
  const endless = join(tempFolder(), 'endless');
  symlinkSync(endless, endless);
  expect(expandInputs([endless, 'rtsp://camera/1'])).toMatchObject([
    { kind: 'problem', error: { message: expect.stringContaining('ELOOP') } },
    { kind: 'video' },
  ]);
  expect(areMany([endless])).toBe(false);
});

it('several results need a folder', () => {
  const folder = tempFolder();
  expect(areMany(['a.jpg'])).toBe(false);
  expect(areMany(['a.jpg', 'b.jpg'])).toBe(true);
  expect(areMany([folder])).toBe(true);
});
