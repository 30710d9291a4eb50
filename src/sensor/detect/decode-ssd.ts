// Reads faces from the list that a single-shot detector ends in.
import type { Detection } from '../../audience/follow.ts';
import type { FrameSize } from './detector.ts';

/** Picture, class, confidence, left, top, right, bottom; the places as shares of the picture, which they may leave. */
export const VALUES_PER_FACE = 7;

/** Faces in pixels of the frame. */
export function decodeSsd(list: Float32Array, frame: FrameSize, minConfidence: number): readonly Detection[] {
  const found: Detection[] = [];
  for (let row = 0; row < list.length; row += VALUES_PER_FACE) {
    const value = (index: number) => list[row + index] ?? 0;
    const confidence = Math.min(1, value(2));
    const box = {
      x: value(3) * frame.width,
      y: value(4) * frame.height,
      width: (value(5) - value(3)) * frame.width,
      height: (value(6) - value(4)) * frame.height,
    };
    if (confidence >= minConfidence && box.width > 0 && box.height > 0)
      found.push({ box, confidence, keypoints: null });
  }
  return found;
}
