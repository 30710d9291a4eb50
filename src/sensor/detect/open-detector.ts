// Loads the detector of a pack for frames of one size.
import type { DetectorSpec } from '../../models/net-schema.ts';
import type { VerifiedNet } from '../../models/verify.ts';
import type { Detector, FrameSize } from './detector.ts';
import { openFullRange } from './open-full-range.ts';
import { openHaar } from './open-haar.ts';
import { openSsd } from './open-ssd.ts';
import { openYunet } from './open-yunet.ts';

/**
 * `farWidth` is the width of the picture that the detector is shown, null for the one it was measured with. Throws a ModelError
 * for files that OpenCV cannot read.
 */
export function openDetector(net: VerifiedNet<DetectorSpec>, frame: FrameSize, farWidth: number | null): Detector {
  const { spec } = net;
  switch (spec.decoder) {
    case 'full-range':
      return openFullRange({ ...net, spec }, frame, farWidth);
    case 'ssd':
      return openSsd({ ...net, spec }, frame, farWidth);
    case 'yunet':
      return openYunet({ ...net, spec }, frame, farWidth);
    case 'haar':
      return openHaar({ ...net, spec }, frame, farWidth);
  }
}
