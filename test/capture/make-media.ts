// Makes small films and pictures with ffmpeg's own generators, in a folder that goes away with the test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-capture-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function makeFilm(path: string, size: string, seconds: number, filters = 'null'): string {
  const source = `testsrc=size=${size}:rate=25:duration=${seconds}`;
  generate(source, filters, ['-c:v', 'mpeg4', path]);
  return path;
}

export function makePicture(path: string, size: string, color: string): string {
  generate(`color=${color}:size=${size}`, 'null', ['-frames:v', '1', path]);
  return path;
}

/** Marks a JPEG as taken with the camera turned by a quarter: EXIF orientation 6, CIPA DC-008 section 4.6.5. */
export function turnJpeg(path: string): void {
  const jpeg = readFileSync(path);
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(tiff)]);
  const marker = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  writeFileSync(path, Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)]));
}

/** Marks an MP4 as taken with the camera held upright: the matrix of its track header, ISO/IEC 14496-12 section 8.3.2. */
export function turnFilm(path: string): string {
  const film = readFileSync(path);
  const matrix = [0, 0x0001_0000, 0, 0xffff_0000, 0, 0, 0, 0, 0x4000_0000];
  const place = film.indexOf('tkhd') + 4 + 40;
  matrix.forEach((value, index) => void film.writeUInt32BE(value, place + 4 * index));
  writeFileSync(path, film);
  return path;
}

function generate(source: string, filters: string, output: readonly string[]): void {
  execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', source, '-vf', filters, ...output]);
}
