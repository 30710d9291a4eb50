// Defines what every detector offers: the faces in a frame, and from some a second look at one of them.
import type { Detection } from '../../audience/follow.ts';
import type { DetectorSpec } from '../../models/net-schema.ts';
import type { VerifiedNet } from '../../models/verify.ts';
import type { Box } from '../../observation/observation.ts';
import type { Keep, Mat } from '../opencv.ts';

/** For frames of one size, one call at a time. */
export type Detector = Readonly<{
  /** Strongest first, in pixels of the frame, not cut off at its edges. */
  detect(keep: Keep, frame: Mat): Promise<readonly Detection[]>;
  /** The confidence, 0..1, that a look from near confirms the face in the box; null where the detector cannot look so. */
  zoomCheck: ((keep: Keep, frame: Mat, box: Box) => Promise<number>) | null;
}>;

export type FrameSize = Readonly<{ width: number; height: number }>;

/** A recording holds weaker faces than the tracker of today starts with, so that another threshold can be tried on it. */
const RECORDED_FROM = 0.6;

export function leastConfidence({ thresholds }: DetectorSpec): number {
  return Math.min(RECORDED_FROM * thresholds.start, thresholds.continue);
}

/** The same net, told from which confidence on its faces are wanted. */
export function wantedFrom(
  net: VerifiedNet<DetectorSpec>,
  thresholds: Readonly<{ start: number; continue: number }>,
): VerifiedNet<DetectorSpec> {
  return { ...net, spec: { ...net.spec, thresholds: { ...net.spec.thresholds, ...thresholds } } };
}
