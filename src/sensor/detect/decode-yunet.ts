// Reads faces from the outputs of YuNet: offsets from priors, in four levels of size.
import type { Detection } from '../../audience/follow.ts';
import type { FrameSize } from './detector.ts';

/** Of each level the distance of its priors and their sizes, in pixels of the net; its numbers are those of the training. */
const LEVELS = [
  { step: 8, sizes: [10, 16, 24] },
  { step: 16, sizes: [32, 48] },
  { step: 32, sizes: [64, 96] },
  { step: 64, sizes: [128, 192, 256] },
] as const;
/** Each level needs at least one prior. */
export const LEAST_SIDE = 64;
/** Offsets of places are in tenths of a prior's size; sizes are powers. OpenCV's own decoder takes 0.1 for sizes, too: boxes 15 % too wide. */
const CENTER_VARIANCE = 0.1;
const SIZE_VARIANCE = 0.2;
/** A box and five points. */
const VALUES_PER_PRIOR = 14;
const CLASSES = 2;

/** Of each prior, level by level, row by row: box and points, probabilities of nothing and face, and how well the box fits. */
type YunetOutputs = Readonly<{ loc: Float32Array; conf: Float32Array; iou: Float32Array }>;

type Prior = Readonly<{ x: number; y: number; size: number }>;

/** How long the outputs are for that input. */
export function yunetLengths(input: FrameSize): Readonly<{ loc: number; conf: number; iou: number }> {
  const priors = LEVELS.reduce((sum, { step, sizes }) => sum + cells(input, step) * sizes.length, 0);
  return { loc: priors * VALUES_PER_PRIOR, conf: priors * CLASSES, iou: priors };
}

/** Faces in pixels of the net. */
export function decodeYunet(
  { loc, conf, iou }: YunetOutputs,
  input: FrameSize,
  minConfidence: number,
): readonly Detection[] {
  const found: Detection[] = [];
  let first = 0;
  for (const level of LEVELS) {
    const count = cells(input, level.step) * level.sizes.length;
    for (let index = 0; index < count; index += 1) {
      const at = first + index;
      const confidence = Math.sqrt(probability(conf[at * CLASSES + 1]) * probability(iou[at]));
      // What is no number is no face, either.
      if (!(confidence >= minConfidence)) continue;
      const values = loc.subarray(at * VALUES_PER_PRIOR, (at + 1) * VALUES_PER_PRIOR);
      found.push(candidate(values, priorOf(level, index, input), confidence));
    }
    first += count;
  }
  return found;
}

function cells({ width, height }: FrameSize, step: number): number {
  return Math.floor(width / step) * Math.floor(height / step);
}

function probability(value: number | undefined): number {
  return Math.min(1, Math.max(0, value ?? 0));
}

function priorOf({ step, sizes }: (typeof LEVELS)[number], index: number, { width }: FrameSize): Prior {
  const columns = Math.floor(width / step);
  const cell = Math.floor(index / sizes.length);
  return {
    x: ((cell % columns) + 0.5) * step,
    y: (Math.floor(cell / columns) + 0.5) * step,
    size: sizes[index % sizes.length] ?? 0,
  };
}

function candidate(values: Float32Array, prior: Prior, confidence: number): Detection {
  const value = (index: number) => values[index] ?? 0;
  const place = (index: number) => ({
    x: prior.x + value(index) * CENTER_VARIANCE * prior.size,
    y: prior.y + value(index + 1) * CENTER_VARIANCE * prior.size,
  });
  const center = place(0);
  const width = prior.size * Math.exp(value(2) * SIZE_VARIANCE);
  const height = prior.size * Math.exp(value(3) * SIZE_VARIANCE);
  const [rightCorner, leftCorner] = [place(10), place(12)];
  return {
    box: { x: center.x - width / 2, y: center.y - height / 2, width, height },
    confidence,
    keypoints: {
      rightEye: place(4),
      leftEye: place(6),
      nose: place(8),
      mouth: { x: (rightCorner.x + leftCorner.x) / 2, y: (rightCorner.y + leftCorner.y) / 2 },
    },
  };
}
