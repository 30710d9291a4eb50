// Reads faces from the outputs of the full-range detector: per cell a score, a box and six points.
import { iou } from '../../audience/geometry.ts';
import type { DetectorSpec } from '../../models/manifest.ts';
import type { Box, Keypoints } from '../../observation/observation.ts';

/** A face in pixels of the net's input. */
export type Candidate = Readonly<{ box: Box; confidence: number; keypoints: Keypoints }>;

type Grid = Readonly<{ columns: number; rows: number; cellPixels: number }>;

/** `scores` holds a logit per cell, row by row; `valuesOf` gives the 16 numbers of one cell, which few are asked for. */
export function decode(
  scores: Float32Array,
  valuesOf: (cell: number) => readonly number[],
  grid: Grid,
  minConfidence: number,
): readonly Candidate[] {
  const leastLogit = Math.log(minConfidence / (1 - minConfidence));
  const found: Candidate[] = [];
  for (let cell = 0; cell < scores.length; cell += 1) {
    const logit = scores[cell] ?? Number.NEGATIVE_INFINITY;
    if (logit >= leastLogit) found.push(candidate(valuesOf(cell), cell, grid, logit));
  }
  return found;
}

/** Of boxes that overlap by at least `overlap` (IoU) only the most confident stays; strongest first. */
export function suppress<T extends Readonly<{ box: Box; confidence: number }>>(
  candidates: readonly T[],
  overlap: number,
): readonly T[] {
  const kept: T[] = [];
  for (const next of candidates.toSorted((a, b) => b.confidence - a.confidence)) {
    if (kept.every((stronger) => iou(stronger.box, next.box) < overlap)) kept.push(next);
  }
  return kept;
}

/** The confidence of the best face that has the expected size and place in a crop around it; 0 without one. */
export function bestInMiddle(candidates: readonly Candidate[], zoom: DetectorSpec['geometry']['zoom']): number {
  const { size, maxOffCenterPixels, minFacePixels, maxFacePixels } = zoom;
  const fitting = candidates.filter(({ box }) => {
    const off = Math.hypot(box.x + box.width / 2 - size / 2, box.y + box.height / 2 - size / 2);
    return off <= maxOffCenterPixels && box.width >= minFacePixels && box.width <= maxFacePixels;
  });
  return fitting.reduce((best, { confidence }) => Math.max(best, confidence), 0);
}

/** Offsets are from the middle of the cell. */
function candidate(values: readonly number[], cell: number, grid: Grid, logit: number): Candidate {
  const middleX = ((cell % grid.columns) + 0.5) * grid.cellPixels;
  const middleY = (Math.floor(cell / grid.columns) + 0.5) * grid.cellPixels;
  const value = (index: number) => values[index] ?? 0;
  const point = (index: number) => ({ x: middleX + value(4 + 2 * index), y: middleY + value(5 + 2 * index) });
  const width = Math.max(1, value(2));
  const height = Math.max(1, value(3));
  return {
    box: { x: middleX + value(0) - width / 2, y: middleY + value(1) - height / 2, width, height },
    confidence: 1 / (1 + Math.exp(-logit)),
    keypoints: {
      rightEye: point(0),
      leftEye: point(1),
      nose: point(2),
      mouth: point(3),
      rightEar: point(4),
      leftEar: point(5),
    },
  };
}
