// Plans the passes of the full-range detector over a frame and joins what they found, in pixels of the frame.
import type { Detection } from '../../audience/follow.ts';
import type { FullRangeSpec } from '../../models/net-schema.ts';
import type { FrameSize } from './detector.ts';
import { type InputPlan, inFrame, planInput } from './input-plan.ts';
import { suppress } from './suppress.ts';

/** Narrower faces than `minFacePixels`, in pixels of the net, are left to the other pass. */
export type Pass = InputPlan & Readonly<{ minFacePixels: number }>;

/** At this width and below, close faces do not become too large for the far pass. */
const NEAR_PASS_ABOVE_WIDTH = 320;

/** The larger `farWidth`, the smaller the faces that the first pass finds; a second, small one is for those too close for it. */
export function planPasses(
  frame: FrameSize,
  { multipleOf, near }: FullRangeSpec['geometry'],
  farWidth: number,
): readonly Pass[] {
  const far = { ...planInput(frame, farWidth, multipleOf), minFacePixels: 0 };
  if (farWidth <= NEAR_PASS_ABOVE_WIDTH) return [far];
  const minFacePixels = (near.minFaceFarPixels * near.width) / farWidth;
  return [far, { ...planInput(frame, near.width, multipleOf), minFacePixels }];
}

export function joinPasses(
  found: readonly Readonly<{ pass: Pass; candidates: readonly Detection[] }>[],
  overlap: number,
): readonly Detection[] {
  const all = found.flatMap(({ pass, candidates }) =>
    candidates.filter(({ box }) => box.width >= pass.minFacePixels).map((candidate) => inFrame(candidate, pass)),
  );
  return suppress(all, overlap);
}
