// The reference mode gives the boxes and probabilities of the classic Python program, with the same weights, picture by picture.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { ReferenceFace } from '../../src/analyze/reference-face.ts';
import { writeLeviHassnerTwin } from '../support/levi-hassner-twin.ts';
import { runProgram } from '../support/program.ts';
import { sharedPath } from '../support/shared.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Line = Readonly<{ file: string; faces: readonly ReferenceFace[] }>;

const PROGRAM = fileURLToPath(new URL('reference.py', import.meta.url));
const PHOTOGRAPHS = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo', import.meta.url));
const DETECTOR = ['opencv_face_detector_uint8.pb', 'opencv_face_detector.pbtxt'].map((name) =>
  sharedPath('models', name),
);
/** Debian's, beside which other Pythons may be installed. */
const PYTHON = ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', 'import cv2']).status === 0);
const FACES = sharedPath('faces', 'fairface');

const canCompare = PYTHON !== undefined && DETECTOR.every((path) => path !== null);

it.skipIf(!canCompare)(
  'same boxes (1 px) and probabilities (1e-4) as python3-opencv (needs python3-opencv and the shared detector)',
  async () => {
    const models = tempFolder();
    for (const path of DETECTOR) copyFileSync(path ?? '', join(models, (path ?? '').split('/').at(-1) ?? ''));
    writeLeviHassnerTwin(models, 'age');
    writeLeviHassnerTwin(models, 'gender');
    const pictures = [...picturesIn(PHOTOGRAPHS), ...(FACES === null ? [] : picturesIn(FACES))];
    const theirs = lines(
      execFileSync(PYTHON ?? '', [PROGRAM, '--models', models, ...pictures], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      }),
    );
    const run = await runProgram(['analyze', ...pictures, '--reference', '--json', '--models', models]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('age_net.caffemodel is not the published file');
    const ours = lines(run.stdout);
    expect(ours.map(({ file }) => file)).toEqual(pictures);
    expect(theirs.map(({ file }) => file)).toEqual(pictures);
    // With fewer faces it would show nothing.
    expect(theirs.flatMap(({ faces }) => faces).length).toBeGreaterThan(pictures.length * 0.9);
    expect(ours.map(({ faces }) => faces.length)).toEqual(theirs.map(({ faces }) => faces.length));
    expect(worst(ours, theirs)).toMatchObject({ classesDiffer: 0 });
    expect(worst(ours, theirs).pixels).toBeLessThanOrEqual(1);
    expect(worst(ours, theirs).probability).toBeLessThanOrEqual(1e-4);
  },
  300_000,
);

function picturesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .map((name) => join(folder, name));
}

function lines(text: string): readonly Line[] {
  return text
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
}

/** The largest differences over all faces. */
function worst(ours: readonly Line[], theirs: readonly Line[]) {
  const pairs = ours.flatMap(({ faces }, line) =>
    faces.map((face, index) => [face, theirs[line]?.faces[index]] as const),
  );
  let pixels = 0;
  let probability = 0;
  let classesDiffer = 0;
  for (const [a, b] of pairs) {
    const sides = ['x', 'y', 'width', 'height'] as const;
    pixels = Math.max(pixels, ...sides.map((side) => Math.abs(a.box[side] - (b?.box[side] ?? Number.NaN))));
    probability = Math.max(probability, ...distances(numbersOf(a), b === undefined ? [] : numbersOf(b)));
    if (a.age?.class !== b?.age?.class || a.gender?.class !== b?.gender?.class) classesDiffer += 1;
  }
  return { pixels, probability, classesDiffer };
}

function numbersOf({ confidence, age, gender }: ReferenceFace): readonly number[] {
  return [confidence, ...(age?.probabilities ?? []), ...(gender?.probabilities ?? [])];
}

function distances(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN)));
}
