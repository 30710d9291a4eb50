// Where a face looks, from its keypoints.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAttending, yawDegrees } from '../../src/audience/attention.ts';
import type { Keypoints } from '../../src/observation/observation.ts';
import { boxAround, keypointsIn } from '../support/walk-past.ts';

describe('yaw', () => {
  const angle = fc.double({ min: -88, max: 88, noNaN: true });

  it('is read from where the nose lies between the eyes', () => {
    fc.assert(
      fc.property(angle, (degrees) => {
        expect(yawDegrees(keypointsIn(boxAround(100, 100, 60), degrees))).toBeCloseTo(degrees, 5);
      }),
    );
  });

  it('is 45 degrees where the nose lies 0.8 eye distances off the middle of the eyes', () => {
    const eyes = { rightEye: { x: 0, y: 0 }, leftEye: { x: 10, y: 0 }, mouth: { x: 5, y: 12 } };
    expect(yawDegrees({ ...eyes, nose: { x: 13, y: 6 } })).toBeCloseTo(45, 9);
    expect(yawDegrees({ ...eyes, nose: { x: -3, y: 6 } })).toBeCloseTo(-45, 9);
  });

  it('does not change when the head is tilted', () => {
    fc.assert(
      fc.property(angle, fc.double({ min: -45, max: 45, noNaN: true }), (degrees, roll) => {
        const upright = keypointsIn(boxAround(0, 0, 60), degrees);
        expect(yawDegrees(tilted(upright, roll))).toBeCloseTo(yawDegrees({ ...upright, nose: level(upright) }), 5);
      }),
    );
  });

  it('stays within a right angle, even where the keypoints make no sense', () => {
    const nonsense = { ...keypointsIn(boxAround(0, 0, 60), 0), nose: { x: 900, y: 0 } };
    expect(yawDegrees(nonsense)).toBeGreaterThan(80);
    expect(yawDegrees(nonsense)).toBeLessThanOrEqual(90);
    expect(yawDegrees({ ...nonsense, leftEye: nonsense.rightEye })).toBe(90);
  });
});

describe('attending', () => {
  it('means turned by at most the limit, to either side', () => {
    const at = (degrees: number) => isAttending(keypointsIn(boxAround(0, 0, 60), degrees), 25);
    expect([-26, -24, 0, 24, 26].map(at)).toEqual([false, true, true, true, false]);
  });

  it('is every face of a detector without keypoints', () => {
    expect(isAttending(null, 25)).toBe(true);
  });
});

/** The nose in the height of the eyes: what lies across their line does not matter. */
function level({ nose, rightEye }: Keypoints) {
  return { x: nose.x, y: rightEye.y };
}

function tilted(points: Keypoints, degrees: number): Keypoints {
  const turn = ({ x, y }: { x: number; y: number }) => {
    const radians = (degrees * Math.PI) / 180;
    return { x: x * Math.cos(radians) - y * Math.sin(radians), y: x * Math.sin(radians) + y * Math.cos(radians) };
  };
  return {
    rightEye: turn(points.rightEye),
    leftEye: turn(points.leftEye),
    nose: turn(points.nose),
    mouth: turn(points.mouth),
  };
}
