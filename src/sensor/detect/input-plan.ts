// Plans how a frame becomes the input of a net: scaled with its aspect kept, then filled up with black.
import type { Detection } from '../../audience/follow.ts';
import type { Borders } from '../crop-plan.ts';
import type { FrameSize } from './detector.ts';

export type InputPlan = Readonly<{
  /** Size of the scaled frame, at the top left of the input. */
  width: number;
  height: number;
  inputWidth: number;
  inputHeight: number;
  /** Pixels of the net per pixel of the frame. */
  scale: number;
}>;

/** For a frame shown `width` pixels wide to a net whose input has sides that are multiples, and at least `least`. */
export function planInput(frame: FrameSize, width: number, multipleOf: number, least = multipleOf): InputPlan {
  const scale = width / frame.width;
  const height = Math.max(1, Math.round(frame.height * scale));
  const filledUp = (side: number) => Math.max(least, Math.ceil(side / multipleOf) * multipleOf);
  return { width, height, inputWidth: filledUp(width), inputHeight: filledUp(height), scale };
}

export function fillBorders({ width, height, inputWidth, inputHeight }: InputPlan): Borders {
  return { top: 0, left: 0, right: inputWidth - width, bottom: inputHeight - height };
}

/** From pixels of the net to pixels of the frame. */
export function inFrame({ box, confidence, keypoints }: Detection, { scale }: Pick<InputPlan, 'scale'>): Detection {
  const factor = 1 / scale;
  const point = ({ x, y }: Readonly<{ x: number; y: number }>) => ({ x: x * factor, y: y * factor });
  return {
    box: { ...point(box), width: box.width * factor, height: box.height * factor },
    confidence,
    keypoints: keypoints && {
      rightEye: point(keypoints.rightEye),
      leftEye: point(keypoints.leftEye),
      nose: point(keypoints.nose),
      mouth: point(keypoints.mouth),
    },
  };
}
