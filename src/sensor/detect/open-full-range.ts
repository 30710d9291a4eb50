// Finds faces with the full-range detector, in two passes over the frame, and looks at them again from near.
import type { Detection } from '../../audience/follow.ts';
import type { FullRangeSpec } from '../../models/net-schema.ts';
import type { VerifiedNet } from '../../models/verify.ts';
import { loadNet } from '../load-net.ts';
import { extend, type Keep, type Mat, resize } from '../opencv.ts';
import type { Detector, DetectorOptions, FrameSize } from './detector.ts';
import { candidatesIn } from './full-range.ts';
import { fillBorders } from './input-plan.ts';
import { joinPasses, type Pass, planPasses } from './passes.ts';
import { zoomCheck } from './zoom-check.ts';

export function openFullRange(
  verified: VerifiedNet<FullRangeSpec>,
  frame: FrameSize,
  { farWidth, minConfidence }: DetectorOptions,
): Detector {
  const { spec } = verified;
  // Each pass has a net of its own: one net fed with changing sizes would allocate its layers anew for every frame.
  const passes = planPasses(frame, spec.geometry, farWidth ?? spec.far.width).map((pass) => ({
    pass,
    net: loadNet(verified),
  }));
  const zoomNet = loadNet(verified);
  return {
    detect: async (keep, picture) => {
      const found: { pass: Pass; candidates: readonly Detection[] }[] = [];
      let scaled = picture;
      for (const { pass, net } of passes) {
        // The near pass shrinks what the far pass has shrunk already, which costs a third.
        scaled = resize(keep, scaled, pass.width, pass.height);
        const input = extend(keep, scaled, fillBorders(pass), 'black');
        found.push({ pass, candidates: await candidatesIn(input, net, spec, minConfidence) });
      }
      return joinPasses(found, spec.thresholds.overlap);
    },
    zoomCheck: (keep: Keep, picture: Mat, box) => zoomCheck(keep, picture, box, zoomNet, spec),
  };
}
