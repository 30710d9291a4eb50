// Measures how well the turn of a head is read from keypoints, against a net made for head poses, per detector.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NOSE_REACH, yawDegrees } from '../../src/audience/attention.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { type DetectorSpec, traitsOf } from '../../src/models/net-schema.ts';
import { type VerifiedNet, verifiedNet } from '../../src/models/verify.ts';
import type { Box, Keypoints } from '../../src/observation/observation.ts';
import { openDetector } from '../../src/sensor/detect/open-detector.ts';
import { cv } from '../../src/sensor/load-opencv.ts';
import { bgrFromI420, forward, type Keep, type Mat, type Net, readNet, scope } from '../../src/sensor/opencv.ts';
import { sharedPath } from '../support/shared.ts';
import { filmFrames } from './film-frames.ts';

export type AttentionFigures = Readonly<{
  /** NOSE_REACH that fits the first set best: for all detectors together, and for each. */
  fittedReach: number;
  detectors: readonly Readonly<{ name: string; fittedReach: number; sets: readonly SetFigures[] }>[];
  /** Keypoint detectors of the manifest whose files are not here. */
  absent: readonly string[];
}>;

type SetFigures = Readonly<{
  set: string;
  faces: number;
  turned: number;
  medianErrorDegrees: number;
  meanErrorDegrees: number;
  /** Share of faces attending or not as the reference says, at each of LIMITS. */
  agreement: readonly number[];
}>;

/** Turns in degrees. */
type Reading = Readonly<{ own: number; reference: number }>;

type Pictures = Readonly<{
  name: string;
  path: readonly string[];
  size: Readonly<{ width: number; height: number }>;
  more?: readonly string[];
}>;

const LIMITS = [15, 20, 25, 30];
const FILM = { width: 480, height: 270 };
const [FITTED, ...REPORTED]: readonly Pictures[] = [
  { name: 'film, woman turning (fitted)', path: ['films', 'head-pose-face-detection-female.preview.mp4'], size: FILM },
  { name: 'film, man', path: ['films', 'head-pose-face-detection-male.preview.mp4'], size: FILM },
  { name: 'film, both', path: ['films', 'head-pose-face-detection-female-and-male.preview.mp4'], size: FILM },
  {
    ...{ name: '270 photographs', path: ['faces', 'fairface', '*.jpg'], size: { width: 448, height: 448 } },
    more: ['-framerate', '10', '-pattern_type', 'glob'],
  },
];
/** Of the reference: trained on tight boxes; with a tenth more on either side a man looking straight ahead is read as 0 ± 1. */
const CROP_FACTOR = 1.2;
const CROP_PIXELS = 60;
const REFERENCE_INPUT = { scale: 1, mean: [0, 0, 0], channelOrder: 'bgr' } as const;
const MODELS = fileURLToPath(new URL('../../models/prepared', import.meta.url));
const MANIFEST = fileURLToPath(new URL('../../models/manifest.json', import.meta.url));

/** Null without the shared data. */
export async function measureAttention(
  detectors: Detectors = detectorsWithKeypoints(),
): Promise<AttentionFigures | null> {
  const referencePath = sharedPath('models', 'head-pose-estimation-adas-0001.onnx');
  if (referencePath === null || FITTED === undefined) return null;
  const reference = readNet('onnx', referencePath, null);
  const measured: { name: string; fitted: readonly Reading[]; sets: readonly SetFigures[] }[] = [];
  for (const net of detectors.present) {
    const fitted = await readings(FITTED, net, reference);
    const sets = [figuresOf(FITTED.name, fitted)];
    for (const pictures of REPORTED) sets.push(figuresOf(pictures.name, await readings(pictures, net, reference)));
    measured.push({ name: net.spec.name, fitted, sets });
  }
  return {
    fittedReach: bestReach(measured.map(({ fitted }) => fitted)),
    detectors: measured.map(({ name, fitted, sets }) => ({ name, fittedReach: bestReach([fitted]), sets })),
    absent: detectors.absent,
  };
}

export function describeAttention(figures: AttentionFigures | null): string {
  if (figures === null) return 'attention: the shared films and the reference net are not here';
  const { fittedReach, detectors, absent } = figures;
  return [
    `attention: turn of the head from keypoints (nose reach ${NOSE_REACH}; best on the first film ${fittedReach.toFixed(2)})`,
    '  against head-pose-estimation-adas-0001 on the same faces turned upright; degrees, then same answer at a limit of',
    `${' '.repeat(42)}faces  >25°  median  mean  ${LIMITS.map((limit) => `${limit}°`.padStart(6)).join('')}`,
    ...detectors.flatMap(({ name, fittedReach: own, sets }) => [
      `  ${name} (best alone ${own.toFixed(2)})`,
      ...sets.map(rowOf),
    ]),
    ...absent.map((name) => `  ${name}: its file is not here`),
  ].join('\n');
}

type Detectors = Readonly<{ present: readonly VerifiedNet<DetectorSpec>[]; absent: readonly string[] }>;

function detectorsWithKeypoints(): Detectors {
  const present: VerifiedNet<DetectorSpec>[] = [];
  const absent: string[] = [];
  for (const spec of readManifest(MANIFEST).nets) {
    if (spec.role !== 'detector' || !traitsOf(spec).keypoints) continue;
    const shared = sharedPath('models', spec.files.weights.name) === null ? null : sharedPath('models');
    const folder = spec.source.format === 'download' ? shared : MODELS;
    if (folder === null) absent.push(spec.name);
    else present.push(verifiedNet(spec, folder));
  }
  return { present, absent };
}

async function readings(
  { path, size, more }: Pictures,
  net: VerifiedNet<DetectorSpec>,
  reference: Net,
): Promise<readonly Reading[]> {
  const file = sharedPath(...path.slice(0, -1));
  if (file === null) throw new Error(`the shared data has no ${path.join('/')}`);
  const detector = openDetector(net, size, { farWidth: null, minConfidence: net.spec.thresholds.start });
  const found: Reading[] = [];
  for await (const { bytes } of filmFrames(`${file}/${path.at(-1)}`, size, more)) {
    await scope(async (keep) => {
      const frame = bgrFromI420(keep, bytes, { ...size, strideBytes: size.width });
      for (const { box, keypoints } of await detector.detect(keep, frame)) {
        if (keypoints === null) continue;
        const upright = uprightCrop(keep, frame, box, keypoints);
        const degrees = await forward(reference, upright, REFERENCE_INPUT, ['yaw'], ([yaw]) => yaw?.all()[0]);
        found.push({ own: yawDegrees(keypoints), reference: degrees ?? Number.NaN });
      }
    });
  }
  return found;
}

/** The face with its eyes level: the reference misreads heads that are tilted much. */
function uprightCrop(keep: Keep, frame: Mat, box: Box, { rightEye, leftEye }: Keypoints): Mat {
  const roll = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
  const scale = CROP_PIXELS / (Math.sqrt(box.width * box.height) * CROP_FACTOR);
  const [cos, sin] = [Math.cos(roll) * scale, Math.sin(roll) * scale];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const middle = CROP_PIXELS / 2;
  const turn = [
    [cos, sin, middle - cos * x - sin * y],
    [-sin, cos, middle + sin * x - cos * y],
  ];
  const matrix = keep(new cv.Mat(turn, cv.CV_64F));
  const side = new cv.Size(CROP_PIXELS, CROP_PIXELS);
  return keep(frame.warpAffine(matrix, side, cv.INTER_LINEAR, cv.BORDER_REPLICATE));
}

/** Of hundredths from 0.3 to 2 the one with the least error, every detector weighing the same. */
function bestReach(sets: readonly (readonly Reading[])[]): number {
  const candidates = Array.from({ length: 171 }, (_, index) => 0.3 + index / 100);
  const errorOf = (reach: number) => mean(sets.map((readings) => mean(errorsOf(readings, reach))));
  return candidates.reduce((best, reach) => (errorOf(reach) < errorOf(best) ? reach : best));
}

function figuresOf(set: string, readings: readonly Reading[]): SetFigures {
  const errors = errorsOf(readings, NOSE_REACH).toSorted((a, b) => a - b);
  const agrees = (limit: number) =>
    readings.map(({ own, reference }) => isWithin(own, limit) === isWithin(reference, limit));
  return {
    set,
    faces: readings.length,
    turned: readings.filter(({ reference }) => !isWithin(reference, 25)).length,
    medianErrorDegrees: errors[Math.floor(errors.length / 2)] ?? Number.NaN,
    meanErrorDegrees: mean(errors),
    agreement: LIMITS.map((limit) => mean(agrees(limit).map(Number))),
  };
}

/** As if the nose reached so far. */
function errorsOf(readings: readonly Reading[], reach: number): readonly number[] {
  const rescaled = (own: number) => (Math.atan(Math.tan((own * Math.PI) / 180) * (NOSE_REACH / reach)) * 180) / Math.PI;
  return readings.map(({ own, reference }) => Math.abs(rescaled(own) - reference));
}

function isWithin(degrees: number, limit: number): boolean {
  return Math.abs(degrees) <= limit;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rowOf({ set, faces, turned, medianErrorDegrees, meanErrorDegrees, agreement }: SetFigures): string {
  const shares = agreement.map((share) => `${(share * 100).toFixed(0)} %`.padStart(6)).join('');
  const errors = `${medianErrorDegrees.toFixed(1).padStart(7)} ${meanErrorDegrees.toFixed(1).padStart(6)}  `;
  return `    ${set.padEnd(38)}${String(faces).padStart(5)}${String(turned).padStart(6)}${errors}${shares}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(describeAttention(await measureAttention()));
  process.exit();
}
