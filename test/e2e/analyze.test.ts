// onlooker analyze as its users run it: pictures, folders and films become marked copies, JSON, CSV and a summary.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inPrintColors, withOrientation } from '../analyze/odd-pictures.ts';
import { runProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { FACES, film, filmFacts, grayPicture, picture } from './analyze-media.ts';

// Each run loads its nets anew.
vi.setConfig({ testTimeout: 180_000 });

type Face = Readonly<{
  viewer?: number;
  box: Readonly<{ x: number; y: number; width: number; height: number }>;
  confidence: number;
  age: Readonly<{ years: number }> | null;
  gender: Readonly<{ answer: string | null }> | null;
}>;
type Line = Readonly<{ file: string; atMs?: number; faces?: readonly Face[]; viewer?: number; dwellMs?: number }> &
  Partial<Pick<Face, 'age' | 'gender'>>;

describe('pictures', () => {
  it('a picture: a marked copy of its size, who is in it, a summary', async () => {
    const folder = tempFolder();
    const path = picture(folder, 'party.jpg');
    const out = join(folder, 'marked.png');
    const { code, stdout, stderr } = await runProgram(['analyze', path, '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`party.jpg: ${FACES} faces → ${out}`);
    expect(stdout.match(/^ +\d\. female \d+%, \d+ y, \w+ ?\w* \d*%?/gm)).toHaveLength(FACES);
    expect(stdout).toMatch(/^1 picture, 4 faces in .* s$/m);
    const { width, height } = filmFacts(out);
    expect({ width, height }).toEqual({ width: 600, height: filmFacts(path).height });
    expect(readdirSync(folder).sort()).toEqual(['marked.png', 'party.jpg']);
  });

  it('a folder: every picture of it, an age for every face, nothing written with --json', async () => {
    const folder = tempFolder();
    picture(folder, 'a.jpg');
    picture(folder, 'b.png', 'hflip');
    writeFileSync(join(folder, 'notes.txt'), 'no picture');
    const { code, stdout, stderr } = await runProgram(['analyze', folder, '--json']);
    expect(code).toBe(0);
    expect(lines(stdout).map(({ file, faces }) => [file, faces?.length])).toEqual([
      [join(folder, 'a.jpg'), FACES],
      [join(folder, 'b.png'), FACES],
    ]);
    for (const { age, gender } of lines(stdout).flatMap(({ faces = [] }) => faces)) {
      expect(age?.years).toBeGreaterThan(12);
      expect(gender?.answer).toBe('female');
    }
    expect(stderr).toMatch(/^2 pictures, 8 faces/m);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('CSV, a pack without classifiers, and a higher confidence', async () => {
    const folder = tempFolder();
    const path = picture(folder, 'a.jpg');
    const { stdout } = await runProgram(['analyze', path, '--csv', '--pack', 'count-only', '--confidence', '0.75']);
    const [header, ...rows] = stdout.trim().split('\n');
    expect(header).toBe(
      'file,atMs,viewer,x,y,width,height,confidence,years,ageGroup,ageGroupProbability,minorProbability,gender,female,male',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(FACES);
    for (const row of rows) expect(row).toMatch(/^.*a\.jpg,,(,[\d.]+){4},0\.\d+,,,,,,,$/);
  });

  it('all eight orientations are honored', async () => {
    const folder = tempFolder();
    // What undoes each orientation, applied to the upright picture, gives what a camera stores.
    const stored = [
      'null',
      'hflip',
      'hflip,vflip',
      'vflip',
      'transpose=0',
      'transpose=2',
      'transpose=3',
      'transpose=1',
    ];
    const paths = stored.map((filter, index) => {
      const path = picture(folder, `${index + 1}.jpg`, filter, ['-q:v', '2']);
      writeFileSync(path, withOrientation(readFileSync(path), index + 1));
      return path;
    });
    const { stdout } = await runProgram(['analyze', ...paths, '--json', '--pack', 'count-only']);
    const [upright, ...others] = lines(stdout).map(({ faces = [] }) => centers(faces));
    expect(upright).toHaveLength(FACES);
    expect(others).toHaveLength(7);
    for (const turned of others) {
      turned.forEach((center, index) => {
        expect(Math.abs(center.x - (upright?.[index]?.x ?? Number.NaN))).toBeLessThan(8);
        expect(Math.abs(center.y - (upright?.[index]?.y ?? Number.NaN))).toBeLessThan(8);
      });
    }
  });

  it('gray, sixteen bits, transparent, in the colors of print, a single pixel', async () => {
    const folder = tempFolder();
    const gray = grayPicture(folder, 'gray.jpg');
    const print = join(folder, 'print.jpg');
    writeFileSync(print, inPrintColors(readFileSync(gray)));
    const paths = [
      gray,
      print,
      picture(folder, 'sixteen.png', 'format=rgb48be'),
      picture(folder, 'transparent.png', 'format=rgba,colorchannelmixer=aa=0.5'),
      picture(folder, 'pixel.png', 'crop=1:1'),
    ];
    const out = join(folder, 'marked');
    const { code, stdout, stderr } = await runProgram(['analyze', ...paths, '--json', '--out', out]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('onlooker:');
    const [inGray, inPrint = 0, ...others] = lines(stdout).map(({ faces }) => faces?.length);
    expect([inGray, ...others]).toEqual([FACES, FACES, FACES, 0]);
    // Black ink under all the others makes it darker than it was.
    expect(inPrint).toBeGreaterThanOrEqual(FACES - 1);
    expect(readdirSync(out)).toHaveLength(5);
  });

  it('a hundred megapixels', async () => {
    const folder = tempFolder();
    const path = picture(folder, 'huge.jpg', 'scale=11600:-2:flags=neighbor');
    const { height } = filmFacts(path);
    expect(11600 * height).toBeGreaterThan(100e6);
    const { code, stdout } = await runProgram(['analyze', path, '--json', '--pack', 'count-only']);
    expect(code).toBe(0);
    expect(lines(stdout)[0]?.faces).toHaveLength(FACES);
  });
});

describe('films', () => {
  it('a film: a marked copy with all its frames, its viewers, each with a number that stays', async () => {
    const folder = tempFolder();
    const path = film(folder, 'party.mp4');
    mkdirSync(join(folder, 'marked'));
    const { code, stdout, stderr } = await runProgram(['analyze', path, '--json', '--out', join(folder, 'marked')]);
    expect({ code, said: stderr.split('\n')[0] }).toEqual({
      code: 0,
      said: `${path} → ${join(folder, 'marked', 'party.analyzed.mp4')}`,
    });
    expect(filmFacts(join(folder, 'marked', 'party.analyzed.mp4'))).toEqual(filmFacts(path));
    const frames = lines(stdout).filter(({ faces }) => faces !== undefined);
    expect(frames.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 20 }, (_, index) => index * 100));
    expect(new Set(frames.flatMap(({ faces = [] }) => faces.map(({ viewer }) => viewer)))).toEqual(
      new Set([1, 2, 3, 4]),
    );
    const viewers = lines(stdout).filter(({ viewer }) => viewer !== undefined);
    expect(viewers.map(({ viewer }) => viewer)).toEqual([1, 2, 3, 4]);
    for (const { dwellMs, age, gender } of viewers) {
      expect(dwellMs).toBe(2000);
      expect(age?.years).toBeGreaterThan(12);
      expect(gender?.answer).toBe('female');
    }
    // What is said last of a viewer is said in the same words as of its last face.
    const last = frames.at(-1)?.faces ?? [];
    expect(viewers.map(({ viewer, age, gender }) => ({ viewer, age, gender }))).toEqual(
      last
        .map(({ viewer, age, gender }) => ({ viewer, age, gender }))
        .sort((a, b) => (a.viewer ?? 0) - (b.viewer ?? 0)),
    );
  });

  it('a film that changes its size on the way', async () => {
    const folder = tempFolder();
    const parts = [film(folder, 'wide.ts'), film(folder, 'small.ts', 'scale=300:-2')];
    const path = join(folder, 'both.ts');
    writeFileSync(path, Buffer.concat(parts.map((part) => readFileSync(part))));
    const out = join(folder, 'marked.mp4');
    const { code, stdout } = await runProgram(['analyze', path, '--out', out]);
    expect(code).toBe(0);
    expect(stdout).toContain(`both.ts: ${FACES} viewers → ${out}`);
    expect(filmFacts(out)).toMatchObject({ width: 600, frames: expect.toSatisfy((frames: number) => frames >= 38) });
  });

  it('--reference is for pictures', async () => {
    const folder = tempFolder();
    const { code } = await runProgram([
      'analyze',
      film(folder, 'a.mp4'),
      '--reference',
      '--out',
      join(folder, 'b.mp4'),
    ]);
    // Without the nets of the reference that is the first thing it says.
    expect([64, 66]).toContain(code);
    expect(existsSync(join(folder, 'b.mp4'))).toBe(false);
  });
});

function lines(stdout: string): readonly Line[] {
  return stdout
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
}

function centers(faces: readonly Face[]): readonly { x: number; y: number }[] {
  return faces.map(({ box }) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })).sort((a, b) => a.x - b.x);
}
