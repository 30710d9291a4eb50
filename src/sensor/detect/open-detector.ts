// Loads the detector of a pack for frames of one size.
import type { DetectorSpec } from '../../models/net-schema.ts';
import type { VerifiedNet } from '../../models/verify.ts';
import type { Detector, DetectorOptions, FrameSize } from './detector.ts';
import { openFullRange } from './open-full-range.ts';
import { openHaar } from './open-haar.ts';
import { openSsd } from './open-ssd.ts';
import { openYunet } from './open-yunet.ts';

/** Throws a ModelError for files that OpenCV cannot read. */
export function openDetector(net: VerifiedNet<DetectorSpec>, frame: FrameSize, options: DetectorOptions): Detector {
  const { spec } = net;
  switch (spec.decoder) {
    case 'full-range':
      return openFullRange({ ...net, spec }, frame, options);
    case 'ssd':
      return openSsd({ ...net, spec }, frame, options);
    case 'yunet':
      return openYunet({ ...net, spec }, frame, options);
    case 'haar':
      return openHaar({ ...net, spec }, frame, options);
  }
}
