// Reads faces from the outputs of the full-range detector: per cell a score, a box and six points.
import type { Detection } from '../../audience/follow.ts';
import type { FullRangeSpec } from '../../models/net-schema.ts';

type Grid = Readonly<{ columns: number; rows: number; cellPixels: number }>;

/**
 * Faces in pixels of the net. `scores` holds a logit per cell, row by row; `valuesOf` gives the 16 numbers of one cell, which
 * few are asked for.
 */
export function decodeFullRange(
  scores: Float32Array,
  valuesOf: (cell: number) => readonly number[],
  grid: Grid,
  minConfidence: number,
): readonly Detection[] {
  const leastLogit = Math.log(minConfidence / (1 - minConfidence));
  const found: Detection[] = [];
  for (let cell = 0; cell < scores.length; cell += 1) {
    const logit = scores[cell] ?? Number.NEGATIVE_INFINITY;
    if (logit >= leastLogit) found.push(candidate(valuesOf(cell), cell, grid, logit));
  }
  return found;
}

/** The confidence of the best face that has the expected size and place in a crop around it; 0 without one. */
export function bestInMiddle(candidates: readonly Detection[], zoom: FullRangeSpec['geometry']['zoom']): number {
  const { size, maxOffCenterPixels, minFacePixels, maxFacePixels } = zoom;
  const fitting = candidates.filter(({ box }) => {
    const off = Math.hypot(box.x + box.width / 2 - size / 2, box.y + box.height / 2 - size / 2);
    return off <= maxOffCenterPixels && box.width >= minFacePixels && box.width <= maxFacePixels;
  });
  return fitting.reduce((best, { confidence }) => Math.max(best, confidence), 0);
}

/** Offsets are from the middle of the cell. The last two points are the ears. */
function candidate(values: readonly number[], cell: number, grid: Grid, logit: number): Detection {
  const middleX = ((cell % grid.columns) + 0.5) * grid.cellPixels;
  const middleY = (Math.floor(cell / grid.columns) + 0.5) * grid.cellPixels;
  const value = (index: number) => values[index] ?? 0;
  const point = (index: number) => ({ x: middleX + value(4 + 2 * index), y: middleY + value(5 + 2 * index) });
  const width = Math.max(1, value(2));
  const height = Math.max(1, value(3));
  return {
    box: { x: middleX + value(0) - width / 2, y: middleY + value(1) - height / 2, width, height },
    confidence: 1 / (1 + Math.exp(-logit)),
    keypoints: { rightEye: point(0), leftEye: point(1), nose: point(2), mouth: point(3) },
  };
}
