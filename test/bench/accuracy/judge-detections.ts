// Judges boxes against faces whose places are known, and the times that finding them took.
import type { Box } from '../../../src/observation/observation.ts';
import type { PlacedFace } from './face-scenes.ts';

/** The detectors' boxes are between 0.9 and 1.3 times as wide as YuNet's; others mean something else. */
const WIDTH_WITHIN = 2;
/** So few frames may pass while the rest of the machine is quiet. */
const RUN_LENGTH = 15;

/** How many of the faces have a box of about their width over their middle. */
export function facesFound(faces: readonly PlacedFace[], boxes: readonly Box[]): number {
  return faces.filter((face) => boxes.some((box) => isOf(face, box))).length;
}

/** The least of the medians of short runs: what it takes when nothing else runs. */
export function bestMedian(times: readonly number[], runLength = RUN_LENGTH): number {
  // A run cut short at the end would be a single lucky time.
  const runs = Math.max(1, Math.floor(times.length / runLength));
  const medians = Array.from({ length: runs }, (_, run) => median(times.slice(run * runLength, (run + 1) * runLength)));
  return Math.min(...medians);
}

function isOf({ middle, widthPx }: PlacedFace, { x, y, width, height }: Box): boolean {
  const holdsMiddle = middle.x >= x && middle.x <= x + width && middle.y >= y && middle.y <= y + height;
  return holdsMiddle && Math.max(width / widthPx, widthPx / width) <= WIDTH_WITHIN;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
