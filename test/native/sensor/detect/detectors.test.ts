// Runs every detector on photographs of people and compares what they find with the full-range detector.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Detection } from '../../../../src/audience/follow.ts';
import { intersection, iou } from '../../../../src/audience/geometry.ts';
import type { DetectorSpec } from '../../../../src/models/net-schema.ts';
import type { VerifiedNet } from '../../../../src/models/verify.ts';
import type { Box } from '../../../../src/observation/observation.ts';
import type { Detector } from '../../../../src/sensor/detect/detector.ts';
import { openDetector } from '../../../../src/sensor/detect/open-detector.ts';
import { scope } from '../../../../src/sensor/opencv.ts';
import { cascadePath, fullRangeNet, haarNet, ssdNet, yunetNet } from '../../../support/detector-nets.ts';
import { photograph } from '../../../support/photograph.ts';
import { sharedPath } from '../../../support/shared.ts';

/** Sizes at which the photographs keep their aspect nearly, and their people. */
const PHOTOGRAPHS = [
  ['sample1.jpg', 640, 426, 3],
  ['sample5.jpg', 640, 466, 5],
  ['sample6.jpg', 640, 512, 4],
] as const;
const ssdWeights = sharedPath('models', 'opencv_face_detector_uint8.pb');
const ssdDefinition = sharedPath('models', 'opencv_face_detector.pbtxt');
const yunetWeights = sharedPath('models', 'face_detection_yunet_2022mar.onnx');

describe.each(PHOTOGRAPHS)('on %s', (name, width, height, people) => {
  let expected: readonly Detection[] = [];
  beforeAll(async () => {
    expected = await facesIn(fullRangeNet());
  });

  it('the full-range detector finds everybody', () => {
    expect(expected).toHaveLength(people);
  });

  it.skipIf(ssdWeights === null || ssdDefinition === null)(
    'SSD finds the same (needs its published files)',
    async () => {
      const found = await facesIn(ssdNet(ssdWeights ?? '', ssdDefinition ?? ''));
      expectSame(found, expected);
      expect(found.map(({ keypoints }) => keypoints)).toEqual(found.map(() => null));
    },
  );

  it.skipIf(yunetWeights === null)('YuNet finds the same, with its keypoints (needs its published file)', async () => {
    const found = await facesIn(yunetNet(yunetWeights ?? ''));
    expectSame(found, expected);
    for (const face of found) {
      const same = partner(face, expected);
      for (const point of ['rightEye', 'leftEye', 'nose', 'mouth'] as const) {
        expect(distance(face, same, point)).toBeLessThan(0.2);
      }
    }
  });

  it('a cascade is sure of faces only', async () => {
    const found = await facesIn(haarNet(cascadePath('haarcascade_frontalface_default.xml')), 0.9);
    expect(found.length).toBeGreaterThanOrEqual(1);
    for (const face of found) expect(iou(face.box, partner(face, expected).box)).toBeGreaterThan(0.45);
  });

  function facesIn(net: VerifiedNet<DetectorSpec>, from = net.spec.thresholds.start): Promise<readonly Detection[]> {
    const detector: Detector = openDetector(net, { width, height }, { farWidth: null, minConfidence: 0.3 });
    return scope(async (keep) => {
      const found = await detector.detect(keep, photograph(keep, name, width, height));
      return found.filter(({ confidence }) => confidence >= from);
    });
  }
});

describe('a larger picture for the detector', () => {
  it.skipIf(yunetWeights === null)('gives the same boxes in pixels of the frame (needs YuNet)', async () => {
    await scope(async (keep) => {
      const picture = photograph(keep, 'sample6.jpg', 640, 512);
      const boxes = async (farWidth: number) => {
        const detector = openDetector(
          yunetNet(yunetWeights ?? ''),
          { width: 640, height: 512 },
          { farWidth, minConfidence: 0.5 },
        );
        return (await detector.detect(keep, picture)).filter(({ confidence }) => confidence > 0.85);
      };
      // 400 is not a multiple of 32, so the input is filled up at the right, too.
      expectSame(await boxes(400), await boxes(800), iou);
    });
  });
});

/** One for one. A box from hairline to chin around a square from brow to chin has twice its area, so the smaller one counts. */
function expectSame(found: readonly Detection[], expected: readonly Detection[], share = sharedOfSmaller): void {
  expect(found).toHaveLength(expected.length);
  expect(new Set(found.map((face) => partner(face, expected))).size).toBe(expected.length);
  for (const face of found) expect(share(face.box, partner(face, expected).box)).toBeGreaterThan(0.75);
}

function sharedOfSmaller(a: Box, b: Box): number {
  return intersection(a, b) / Math.min(a.width * a.height, b.width * b.height);
}

function partner(face: Detection, others: readonly Detection[]): Detection {
  const [nearest] = others.toSorted((a, b) => iou(b.box, face.box) - iou(a.box, face.box));
  if (nearest === undefined) throw new Error('there is no other face');
  return nearest;
}

/** Between the same point of two detections, by the width of the face. */
function distance(a: Detection, b: Detection, point: 'rightEye' | 'leftEye' | 'nose' | 'mouth'): number {
  const [from, to] = [a.keypoints?.[point], b.keypoints?.[point]];
  if (from === undefined || to === undefined) return Number.POSITIVE_INFINITY;
  return Math.hypot(from.x - to.x, from.y - to.y) / a.box.width;
}
