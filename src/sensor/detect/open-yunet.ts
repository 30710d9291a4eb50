// Finds faces with YuNet.
import type { YunetSpec } from '../../models/net-schema.ts';
import type { VerifiedNet } from '../../models/verify.ts';
import { loadNet } from '../load-net.ts';
import { extend, forward, resize } from '../opencv.ts';
import { decodeYunet, LEAST_SIDE, yunetLengths } from './decode-yunet.ts';
import type { Detector, DetectorOptions, FrameSize } from './detector.ts';
import { fillBorders, inFrame, planInput } from './input-plan.ts';
import { misfit } from './misfit.ts';
import { suppress } from './suppress.ts';

export function openYunet(
  verified: VerifiedNet<YunetSpec>,
  frame: FrameSize,
  { farWidth, minConfidence }: DetectorOptions,
): Detector {
  const { spec } = verified;
  const net = loadNet(verified);
  const plan = planInput(frame, farWidth ?? spec.far.width, spec.geometry.multipleOf, LEAST_SIDE);
  const size = { width: plan.inputWidth, height: plan.inputHeight };
  const expected = yunetLengths(size);
  const outputs = [spec.outputs.loc, spec.outputs.conf, spec.outputs.iou];
  return {
    detect: async (keep, picture) => {
      const input = extend(keep, resize(keep, picture, plan.width, plan.height), fillBorders(plan), 'black');
      return forward(net, input, spec.input, outputs, ([loc, conf, iou]) => {
        if (loc?.length !== expected.loc || conf?.length !== expected.conf || iou?.length !== expected.iou) {
          throw misfit(spec, input);
        }
        const found = decodeYunet({ loc: loc.all(), conf: conf.all(), iou: iou.all() }, size, minConfidence);
        return suppress(found, spec.thresholds.overlap).map((face) => inFrame(face, plan));
      });
    },
    zoomCheck: null,
  };
}
