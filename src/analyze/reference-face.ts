// The arithmetic of the classic program: which boxes it takes, which crop it cuts, what it reads from the answers.
import type { Rectangle } from '../sensor/crop-plan.ts';
import { VALUES_PER_FACE } from '../sensor/detect/decode-ssd.ts';
import type { FrameSize } from '../sensor/detect/detector.ts';

type Choice = Readonly<{
  class: string;
  /** In the order of the classes. */
  probabilities: readonly number[];
}>;

export type ReferenceFace = Readonly<{
  /** Whole pixels, not cut off at the edges of the picture. */
  box: Rectangle;
  confidence: number;
  /** Null where nothing of the crop lies in the picture. */
  age: Choice | null;
  gender: Choice | null;
}>;

export const AGE_CLASSES = ['(0-2)', '(4-6)', '(8-12)', '(15-20)', '(25-32)', '(38-43)', '(48-53)', '(60-100)'];
export const GENDER_CLASSES = ['Male', 'Female'];

const PADDING = 20;

/** `list` as the detector gives it: picture, class, confidence, left, top, right, bottom, the places as shares of the picture. */
export function referenceBoxes(
  list: Float32Array,
  { width, height }: FrameSize,
  aboveConfidence: number,
): readonly Pick<ReferenceFace, 'box' | 'confidence'>[] {
  const found: Pick<ReferenceFace, 'box' | 'confidence'>[] = [];
  for (let row = 0; row < list.length; row += VALUES_PER_FACE) {
    const [, , confidence = 0, left = 0, top = 0, right = 0, bottom = 0] = list.subarray(row, row + VALUES_PER_FACE);
    if (confidence <= aboveConfidence) continue;
    const x = Math.trunc(left * width);
    const y = Math.trunc(top * height);
    const box = { x, y, width: Math.trunc(right * width) - x, height: Math.trunc(bottom * height) - y };
    found.push({ box, confidence });
  }
  return found;
}

/** The box with its padding, as far as it lies in the picture; the last column and row are never taken. Null for none. */
export function referenceCrop({ x, y, width, height }: Rectangle, picture: FrameSize): Rectangle | null {
  const left = Math.max(0, x - PADDING);
  const top = Math.max(0, y - PADDING);
  const right = Math.min(x + width + PADDING, picture.width - 1);
  const bottom = Math.min(y + height + PADDING, picture.height - 1);
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

export function chosen(probabilities: readonly number[], classes: readonly string[]): Choice {
  const best = probabilities.indexOf(Math.max(...probabilities));
  return { class: classes[best] ?? '', probabilities };
}
