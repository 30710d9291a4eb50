// Pairs tracks with detections: one to one, nearest first, the same for the same input.
import type { Box } from '../observation/observation.ts';
import { relativeDistance, scaleFactor } from './geometry.ts';

/** A face moves at most this many of its own sides between its prediction and its detection. */
const MAX_RELATIVE_DISTANCE = 1;
const MAX_SCALE_FACTOR = 1.8;

/**
 * For every box the index of its candidate, or null. `predicted` and `candidates` are boxes in pixels of the frame; ties are
 * broken by index, so the result is deterministic.
 */
export function assign(predicted: readonly Box[], candidates: readonly Box[]): readonly (number | null)[] {
  const pairs: { track: number; detection: number; cost: number }[] = [];
  predicted.forEach((box, track) => {
    candidates.forEach((candidate, detection) => {
      const price = cost(box, candidate);
      if (price !== null) pairs.push({ track, detection, cost: price });
    });
  });
  pairs.sort((a, b) => a.cost - b.cost || a.track - b.track || a.detection - b.detection);
  const result: (number | null)[] = predicted.map(() => null);
  const taken = new Set<number>();
  for (const { track, detection } of pairs) {
    if (result[track] !== null || taken.has(detection)) continue;
    result[track] = detection;
    taken.add(detection);
  }
  return result;
}

/** Null for two boxes that cannot be the same face. */
function cost(predicted: Box, candidate: Box): number | null {
  const distance = relativeDistance(predicted, candidate);
  if (distance > MAX_RELATIVE_DISTANCE) return null;
  const scale = scaleFactor(predicted, candidate);
  if (scale > MAX_SCALE_FACTOR) return null;
  return distance + Math.log(scale);
}
