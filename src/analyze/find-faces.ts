// Finds the faces of a single picture: as wide as the picture deserves, and looked at again from near.
import { ZOOM_THRESHOLD } from '../audience/confirm.ts';
import type { Detection } from '../audience/follow.ts';
import { type DetectorSpec, traitsOf } from '../models/net-schema.ts';
import type { VerifiedNet } from '../models/verify.ts';
import type { Detector, FrameSize } from '../sensor/detect/detector.ts';
import { openDetector } from '../sensor/detect/open-detector.ts';
import type { Keep, Mat } from '../sensor/opencv.ts';
import { canHoldFace, detectionWidth } from './detection-width.ts';

export type FindFaces = (keep: Keep, image: Mat) => Promise<readonly Detection[]>;

type FindOptions = Readonly<{
  /** Null: as wide as the picture deserves. */
  farWidth: number | null;
  /** Null: what the net was measured with. */
  minConfidence: number | null;
}>;

export function openFinder(net: VerifiedNet<DetectorSpec>, options: FindOptions): FindFaces {
  const minConfidence = options.minConfidence ?? usualConfidence(net.spec);
  const detectorFor = lastOpened((frame) =>
    openDetector(net, frame, { farWidth: options.farWidth ?? ownWidth(net.spec, frame), minConfidence }),
  );
  return async (keep, image) => {
    const frame = { width: image.cols, height: image.rows };
    if (!canHoldFace(frame)) return [];
    const detector = detectorFor(frame);
    const faces: Detection[] = [];
    for (const found of await detector.detect(keep, image)) {
      if (found.confidence >= minConfidence && (await isConfirmed(keep, image, detector, found))) faces.push(found);
    }
    return faces;
  };
}

/** A picture has no second frame that could confirm a weak face; where a look from near can, it is worth asking for. */
function usualConfidence(spec: DetectorSpec): number {
  return traitsOf(spec).zoomCheck ? spec.thresholds.continue : spec.thresholds.start;
}

/** The single-shot net was measured at one size only, and loses faces at others. */
function ownWidth({ decoder }: DetectorSpec, frame: FrameSize): number | null {
  return decoder === 'ssd' ? null : detectionWidth(frame);
}

/** Pictures of a folder tend to have one size. */
function lastOpened(open: (frame: FrameSize) => Detector): (frame: FrameSize) => Detector {
  let last: Readonly<{ frame: FrameSize; detector: Detector }> | null = null;
  return (frame) => {
    if (last?.frame.width !== frame.width || last.frame.height !== frame.height) {
      last = { frame, detector: open(frame) };
    }
    return last.detector;
  };
}

async function isConfirmed(keep: Keep, image: Mat, { zoomCheck }: Detector, { box }: Detection): Promise<boolean> {
  return zoomCheck === null || (await zoomCheck(keep, image, box)) >= ZOOM_THRESHOLD;
}
