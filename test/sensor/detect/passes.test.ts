// Tests the passes over a frame: their sizes, and joining what they found.
import { describe, expect, it } from 'vitest';
import type { Detection } from '../../../src/audience/follow.ts';
import { joinPasses, planPasses } from '../../../src/sensor/detect/passes.ts';

const GEOMETRY = {
  multipleOf: 32,
  cellPixels: 4,
  near: { width: 192, height: 128, minFaceFarPixels: 80 },
  zoom: { size: 96, cropFactor: 2, maxOffCenterPixels: 12, minFacePixels: 26, maxFacePixels: 86 },
};
const FRAME = { width: 640, height: 480 };

describe('planPasses', () => {
  it('keeps the aspect and pads below to a multiple of 32', () => {
    const [far, near] = planPasses(FRAME, GEOMETRY, 416);
    expect(far).toMatchObject({ width: 416, height: 312, inputWidth: 416, inputHeight: 320, minFacePixels: 0 });
    expect(near).toMatchObject({ width: 192, height: 144, inputWidth: 192, inputHeight: 160 });
  });

  it('takes 16:9 as it was measured', () => {
    const [far, near] = planPasses({ width: 1280, height: 720 }, GEOMETRY, 416);
    expect([far?.inputHeight, near?.inputHeight]).toEqual([256, 128]);
  });

  it('makes no near pass where the far pass sees close faces, too', () => {
    expect(planPasses(FRAME, GEOMETRY, 320)).toHaveLength(1);
    expect(planPasses(FRAME, GEOMETRY, 352)).toHaveLength(2);
  });
});

describe('joinPasses', () => {
  const [far, near] = planPasses(FRAME, GEOMETRY, 416);
  if (far === undefined || near === undefined) throw new Error('two passes expected');

  it('gives boxes and points in pixels of the frame', () => {
    const [detection] = joinPasses([{ pass: far, candidates: [face(65, 39, 26)] }], 0.3);
    const near = (value: number) => expect.closeTo(value, 6);
    expect(detection?.box).toEqual({ x: near(100), y: near(60), width: near(40), height: near(40) });
    expect(detection?.keypoints?.nose).toEqual({ x: near(120), y: near(80) });
  });

  it('takes only close faces from the near pass', () => {
    const small = face(30, 30, 36);
    const large = face(100, 40, 37);
    expect(joinPasses([{ pass: near, candidates: [small, large] }], 0.3)).toHaveLength(1);
  });

  it('joins a face found in both passes', () => {
    const inFar = face(41.6, 41.6, 104);
    const inNear = { ...face(19.2, 19.2, 48), confidence: 0.95 };
    const joined = joinPasses(
      [
        { pass: far, candidates: [inFar] },
        { pass: near, candidates: [inNear] },
      ],
      0.3,
    );
    expect(joined.map(({ confidence }) => confidence)).toEqual([0.95]);
  });
});

function face(x: number, y: number, side: number): Detection {
  const point = { x: x + side / 2, y: y + side / 2 };
  const keypoints = { rightEye: point, leftEye: point, nose: point, mouth: point };
  return { box: { x, y, width: side, height: side }, confidence: 0.9, keypoints };
}
