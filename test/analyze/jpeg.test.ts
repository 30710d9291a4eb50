// A JPEG whose end is missing is told from a whole one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isCutShort } from '../../src/analyze/jpeg.ts';
import { withOrientation } from './odd-pictures.ts';

const PHOTOGRAPH = readFileSync(
  fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url)),
);

it('a whole one, also with something behind it', () => {
  expect(isCutShort(PHOTOGRAPH)).toBe(false);
  expect(isCutShort(withOrientation(PHOTOGRAPH, 6))).toBe(false);
  expect(isCutShort(Buffer.concat([PHOTOGRAPH, Buffer.from('trailer of a phone')]))).toBe(false);
});

it.each([2, 3, 10, 200, 5000, 100_000, PHOTOGRAPH.length - 2])('one of which only %i bytes are left', (bytes) => {
  expect(isCutShort(PHOTOGRAPH.subarray(0, bytes))).toBe(true);
});

it('the end of a thumbnail is not the end', () => {
  const thumbnail = Buffer.from([0xff, 0xe1, 0, 6, 0xff, 0xd9, 1, 2]);
  const cut = Buffer.concat([PHOTOGRAPH.subarray(0, 2), thumbnail, PHOTOGRAPH.subarray(2, 9000)]);
  expect(isCutShort(cut)).toBe(true);
});

it('fill bytes before a marker are no part of it', () => {
  const filled = (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xff]), jpeg.subarray(2)]);
  expect(isCutShort(filled(PHOTOGRAPH))).toBe(false);
  expect(isCutShort(filled(PHOTOGRAPH.subarray(0, 9000)))).toBe(true);
});

it('other formats are none of its business', () => {
  expect(isCutShort(Buffer.from('\x89PNG'))).toBe(false);
  expect(isCutShort(Buffer.alloc(0))).toBe(false);
});
