// Leaves one box of those that mean the same face.
import { iou } from '../../audience/geometry.ts';
import type { Box } from '../../observation/observation.ts';

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
