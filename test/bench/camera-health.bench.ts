// Measures what the limits of the camera's health rest on: what blur, light, noise, people and other frames do to its signs.
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glimpse } from '../../src/sensor/glimpse.ts';
import { colorDisorder } from '../../src/sensor/health/color-disorder.ts';
import { correlation } from '../../src/sensor/health/correlation.ts';
import { agreement, type Cells } from '../../src/sensor/health/structure.ts';
import { blend, detailOf, type Texture, textureOf } from '../../src/sensor/health/texture.ts';
import type { Picture } from '../../src/sensor/luma.ts';
import { photographPath } from '../support/photograph.ts';
import { sharedPath } from '../support/shared.ts';
import { treatedFrames } from '../support/treated-frames.ts';

/** A film or photograph, and what is left of its signs after each treatment. */
type Row = Readonly<{
  name: string;
  detail: number | null;
  scene: Cells;
  /** By the detail and by the scene of the untreated frames. */
  treated: readonly Readonly<{ detailRatio: number | null; agreement: number | null }>[];
  /** Without treatment the least correlation of frames, ten and two a second, and the greatest disorder of colors. */
  least: readonly (number | null)[];
  disorder: number;
  /** Read at another size or format: the median correlation and disorder. */
  misread: readonly Readonly<{ correlation: number | null; disorder: number }>[];
}>;

const DIM = 'eq=brightness=-0.25:contrast=0.4';
const COLORS = ":cb='cb(X,Y)':cr='cr(X,Y)'";
/** Before seven tenths of the picture, enlarged so far that nothing of it is sharp. */
const FACE = sharedPath('faces', 'fairface', 'fairface_0001.jpg');
/** The filter of noise adds its strength by √3. */
const TREATMENTS: Readonly<Record<string, string>> = {
  'blur 4': 'gblur=4',
  'blur 6': 'gblur=6',
  'noise 8': 'noise=alls=14:allf=t',
  dim: DIM,
  'dim, noise 6': `${DIM},noise=alls=10:allf=t`,
  'blur 4, noise 8': 'gblur=4,noise=alls=14:allf=t',
  'lamp aside': `geq=lum='lum(X,Y)*(0.15+0.85*X/W)'${COLORS}`,
  spotlight: `geq=lum='lum(X,Y)*(0.2+0.8*exp(-(pow(X-450,2)+pow(Y-150,2))/40000))'${COLORS}`,
  'shift 24': 'crop=616:480:24:0,pad=640:480',
  'shift 80': 'crop=560:480:80:0,pad=640:480',
  'turn 6°': 'rotate=0.1',
  mirrored: 'hflip',
  ...(FACE === null ? {} : { 'close face': `null[all];movie=${FACE},scale=448:480[face];[all][face]overlay=96:0` }),
};
const MISREAD: Readonly<Record<string, Readonly<{ width: number; height: number; format?: string }>>> = {
  '640×360': { width: 640, height: 360 },
  '800×600': { width: 800, height: 600 },
  '1280×720': { width: 1280, height: 720 },
  '1920×1080': { width: 1920, height: 1080 },
  '320×240': { width: 320, height: 240 },
  NV12: { width: 640, height: 480, format: 'nv12' },
  YUYV: { width: 640, height: 480, format: 'yuyv422' },
  RGB: { width: 640, height: 480, format: 'rgb24' },
};
/** Two films of cuts begin in the dark. */
const FROM_SECOND = 2.5;
const SECONDS = 1;
/** Two of the films show the same one. */
const SAME_SCENE = 0.9;
const PHOTOGRAPHS = [1, 2, 3, 4, 5, 6].map((number) => photographPath(`sample${number}.jpg`));

export function measureHealth(): readonly Row[] {
  const folder = sharedPath('films');
  const names = folder === null ? [] : readdirSync(folder).filter((name) => name.endsWith('.mp4'));
  return [...names.map((name) => `${folder}/${name}`), ...PHOTOGRAPHS].map(measure);
}

export function describeHealth(rows: readonly Row[]): string {
  const head = (words: readonly string[]) => `${' '.repeat(36)}${words.map((word) => word.padStart(15)).join('')}`;
  const line = (name: string, words: readonly string[]) =>
    `  ${name.slice(0, 33).padEnd(34)}${words.map((word) => word.padStart(15)).join('')}`;
  return [
    'detail, and what is left of it after a treatment; agreement of the scene with that before it',
    head(['detail', ...Object.keys(TREATMENTS)]),
    ...rows.map(({ name, detail, treated }) =>
      line(name, [
        number(detail, 3),
        ...treated.map(({ detailRatio, agreement: same }) => `${number(detailRatio)} ${number(same)}`),
      ]),
    ),
    `  scenes of different films and photographs agree by ${number(Math.max(...others(rows)))} at most`,
    '',
    'least correlation of consecutive frames and greatest disorder of colors; median of both for frames misread as 640×480',
    head(['10 a second', '2 a second', 'disorder', ...Object.keys(MISREAD)]),
    ...rows.map(({ name, least, disorder, misread }) =>
      line(name, [
        ...least.map((value) => number(value)),
        number(disorder),
        ...misread.map((found) => `${number(found.correlation)} ${number(found.disorder, 1)}`),
      ]),
    ),
    ...(rows.length === PHOTOGRAPHS.length ? ['', '  left out: the films, which are not part of the project'] : []),
  ].join('\n');
}

function others(rows: readonly Row[]): readonly number[] {
  return rows
    .flatMap((row, index) => rows.slice(index + 1).map((other) => agreement(row.scene, other.scene) ?? -1))
    .filter((same) => same < SAME_SCENE);
}

function measure(path: string): Row {
  const taken = { path, seconds: SECONDS, fromSecond: path.includes('visits') ? FROM_SECOND : 0 };
  const plain = signsOf(treatedFrames(taken));
  const treated = Object.values(TREATMENTS).map((filters) => {
    const { detail, scene } = signsOf(treatedFrames({ ...taken, filters }));
    const detailRatio = detail === null || plain.detail === null ? null : detail / plain.detail;
    return { detailRatio, agreement: agreement(plain.scene, scene) };
  });
  const misread = Object.values(MISREAD).map(({ format = 'yuv420p', ...size }) => {
    const frames = treatedFrames({ ...taken, size, format });
    return { correlation: middle(correlations(frames)), disorder: middle(frames.map(colorDisorder)) ?? Number.NaN };
  });
  const least = [10, 2].map((framesPerSecond) => {
    const found = correlations(treatedFrames({ ...taken, framesPerSecond, seconds: 40 }));
    return found.length === 0 ? null : Math.min(...found);
  });
  const disorder = Math.max(...treatedFrames({ ...taken, filters: 'noise=alls=25:allf=t' }).map(colorDisorder));
  return { name: basename(path), ...plain, treated, least, disorder, misread };
}

/** As they are over the frames together. */
function signsOf(frames: readonly Picture[]): Readonly<{ detail: number | null; scene: Cells }> {
  let texture: Texture | null = null;
  const scene = new Float32Array(glimpseOf(frames[0]).length);
  frames.forEach((frame, index) => {
    const seen = textureOf(frame);
    if (seen !== null) texture = texture === null ? seen : blend(texture, seen, 1 / (index + 1));
    glimpseOf(frame).forEach((value, cell) => {
      scene[cell] = (scene[cell] ?? 0) + value / frames.length;
    });
  });
  return { detail: texture && detailOf(texture), scene };
}

function glimpseOf(frame: Picture | undefined): Uint8Array {
  if (frame === undefined) throw new Error('the film has no frame');
  return glimpse(frame).thumbnail;
}

function correlations(frames: readonly Picture[]): readonly number[] {
  const thumbnails = frames.map(glimpseOf);
  return thumbnails.flatMap((now, index) => {
    const before = thumbnails[index - 1];
    const found = before === undefined ? null : correlation(before, now);
    return found === null ? [] : [found];
  });
}

function middle(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

function number(value: number | null, digits = 2): string {
  return value === null ? '–' : value.toFixed(digits);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(describeHealth(measureHealth()));
}
