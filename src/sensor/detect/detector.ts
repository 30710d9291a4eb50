// Defines what every detector offers: the faces in a frame, and from some a second look at one of them.
import type { Detection } from '../../audience/follow.ts';
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

export type DetectorOptions = Readonly<{
  /** Width of the picture that the detector is shown, null for the one it was measured with. */
  farWidth: number | null;
  /** Weaker faces are of no interest. */
  minConfidence: number;
}>;
