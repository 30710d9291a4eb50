// Finds faces with a single-shot detector.
import type { SsdSpec } from '../../models/net-schema.ts';
import type { VerifiedNet } from '../../models/verify.ts';
import { loadNet } from '../load-net.ts';
import { forward, resize, resizeLinear } from '../opencv.ts';
import { decodeSsd, VALUES_PER_FACE } from './decode-ssd.ts';
import type { Detector, DetectorOptions, FrameSize } from './detector.ts';
import { misfit } from './misfit.ts';
import { ssdInput } from './ssd-input.ts';
import { suppress } from './suppress.ts';

export function openSsd(
  verified: VerifiedNet<SsdSpec>,
  frame: FrameSize,
  { farWidth, minConfidence }: DetectorOptions,
): Detector {
  const { spec } = verified;
  const net = loadNet(verified);
  const { width, height } = ssdInput(frame, spec.geometry, farWidth);
  // Whoever squeezes a picture into a square does it for the numbers of programs that leave the scaling to OpenCV.
  const scale = spec.geometry.keepAspect ? resize : resizeLinear;
  return {
    detect: async (keep, picture) => {
      const input = scale(keep, picture, width, height);
      return forward(net, input, spec.input, [spec.output], ([list]) => {
        if (list?.sizes.at(-1) !== VALUES_PER_FACE) throw misfit(spec, input);
        return suppress(decodeSsd(list.all(), frame, minConfidence), spec.thresholds.overlap);
      });
    },
    zoomCheck: null,
  };
}
