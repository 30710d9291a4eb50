// Plans the passes of the detector over a frame and joins what they found, in pixels of the frame.
import type { Detection } from '../../audience/follow.ts';
import type { DetectorSpec } from '../../models/manifest.ts';
import type { Keypoints } from '../../observation/observation.ts';
import { type Candidate, suppress } from './decode.ts';

type PassOptions = Readonly<{
  /** Width of the net's input for the far pass, a multiple of 32: the larger, the smaller the faces it finds. */
  farWidth: number;
  /** A second, small pass for faces too close for the first. */
  nearPass: boolean;
}>;

export type Pass = Readonly<{
  /** Size of the scaled frame, at the top left of the input. */
  width: number;
  height: number;
  inputWidth: number;
  inputHeight: number;
  /** Pixels of the net per pixel of the frame. */
  scale: number;
  /** Narrower faces, in pixels of the net, are left to the other pass. */
  minFacePixels: number;
}>;

/** At this width and below, close faces do not become too large for the far pass. */
const NEAR_PASS_ABOVE_WIDTH = 320;

export function planPasses(
  frame: Readonly<{ width: number; height: number }>,
  geometry: DetectorSpec['geometry'],
  { farWidth, nearPass }: PassOptions,
): readonly Pass[] {
  const pass = (inputWidth: number, minFaceFarPixels: number): Pass => {
    const scale = inputWidth / frame.width;
    const height = Math.max(1, Math.round(frame.height * scale));
    const inputHeight = Math.ceil(height / geometry.multipleOf) * geometry.multipleOf;
    const minFacePixels = (minFaceFarPixels * inputWidth) / farWidth;
    return { width: inputWidth, height, inputWidth, inputHeight, scale, minFacePixels };
  };
  const far = pass(farWidth, 0);
  if (!nearPass || farWidth <= NEAR_PASS_ABOVE_WIDTH) return [far];
  return [far, pass(geometry.near.width, geometry.near.minFaceFarPixels)];
}

export function joinPasses(
  found: readonly Readonly<{ pass: Pass; candidates: readonly Candidate[] }>[],
  overlap: number,
): readonly Detection[] {
  const all = found.flatMap(({ pass, candidates }) =>
    candidates
      .filter(({ box }) => box.width >= pass.minFacePixels)
      .map((candidate) => inFramePixels(candidate, 1 / pass.scale)),
  );
  return suppress(all, overlap);
}

function inFramePixels({ box, confidence, keypoints }: Candidate, factor: number): Detection {
  const point = ({ x, y }: Keypoints['nose']) => ({ x: x * factor, y: y * factor });
  return {
    box: { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor },
    confidence,
    keypoints: {
      rightEye: point(keypoints.rightEye),
      leftEye: point(keypoints.leftEye),
      nose: point(keypoints.nose),
      mouth: point(keypoints.mouth),
      rightEar: point(keypoints.rightEar),
      leftEar: point(keypoints.leftEar),
    },
  };
}
