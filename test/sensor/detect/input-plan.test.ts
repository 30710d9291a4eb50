// Tests how a frame becomes the input of a net, and the way back to pixels of the frame.
import { describe, expect, it } from 'vitest';
import { fillBorders, inFrame, planInput } from '../../../src/sensor/detect/input-plan.ts';

describe('planInput', () => {
  it('keeps the aspect and fills up at the right and below', () => {
    const plan = planInput({ width: 1280, height: 720 }, 400, 32);
    expect(plan).toEqual({ width: 400, height: 225, inputWidth: 416, inputHeight: 256, scale: 0.3125 });
    expect(fillBorders(plan)).toEqual({ top: 0, left: 0, right: 16, bottom: 31 });
  });

  it('adds nothing to what fits', () => {
    expect(fillBorders(planInput({ width: 640, height: 480 }, 320, 16))).toMatchObject({ right: 0, bottom: 0 });
  });

  it('never goes below the least side', () => {
    expect(planInput({ width: 1000, height: 1 }, 320, 32, 64)).toMatchObject({ height: 1, inputHeight: 64 });
  });
});

describe('inFrame', () => {
  const box = { x: 10, y: 20, width: 30, height: 40 };

  it('takes box and points back to the frame', () => {
    const point = { x: 12, y: -1 };
    const keypoints = { rightEye: point, leftEye: point, nose: { x: 3, y: 4 }, mouth: point };
    const face = inFrame({ box, confidence: 0.7, keypoints }, { scale: 0.5 });
    expect(face.box).toEqual({ x: 20, y: 40, width: 60, height: 80 });
    expect(face.keypoints).toMatchObject({ nose: { x: 6, y: 8 }, mouth: { x: 24, y: -2 } });
    expect(face.confidence).toBe(0.7);
  });

  it('makes up no points', () => {
    expect(inFrame({ box, confidence: 0.7, keypoints: null }, { scale: 0.5 }).keypoints).toBeNull();
  });
});
