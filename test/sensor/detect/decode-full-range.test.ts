// Tests reading faces from the outputs of the full-range detector.
import { describe, expect, it } from 'vitest';
import type { Detection } from '../../../src/audience/follow.ts';
import { bestInMiddle, decodeFullRange } from '../../../src/sensor/detect/decode-full-range.ts';

const GRID = { columns: 8, rows: 6, cellPixels: 4 };
const ZOOM = { size: 96, cropFactor: 2, maxOffCenterPixels: 12, minFacePixels: 26, maxFacePixels: 86 };

describe('decodeFullRange', () => {
  it('reads the box and the points from the middle of the cell', () => {
    const scores = new Float32Array(48).fill(-8);
    scores[2 * 8 + 3] = 2;
    const values = [1, -1, 10, 8, -3, -2, 3, -2, 0, 0, 0, 3, -5, -1, 5, -1];
    const [face, ...others] = decodeFullRange(scores, () => values, GRID, 0.5);
    expect(others).toEqual([]);
    expect(face?.confidence).toBeCloseTo(0.8808, 4);
    expect(face?.box).toEqual({ x: 14 + 1 - 5, y: 10 - 1 - 4, width: 10, height: 8 });
    expect(face?.keypoints).toEqual({
      rightEye: { x: 11, y: 8 },
      leftEye: { x: 17, y: 8 },
      nose: { x: 14, y: 10 },
      mouth: { x: 14, y: 13 },
    });
  });

  it('asks only for the cells above the threshold', () => {
    const scores = Float32Array.from({ length: 48 }, (_, cell) => (cell % 10 === 0 ? 0.1 : -0.1));
    const asked: number[] = [];
    decodeFullRange(
      scores,
      (cell) => {
        asked.push(cell);
        return new Array<number>(16).fill(5);
      },
      GRID,
      0.5,
    );
    expect(asked).toEqual([0, 10, 20, 30, 40]);
  });
});

describe('bestInMiddle', () => {
  it('takes the best of the right size in the middle', () => {
    expect(bestInMiddle([face(24, 24, 48, 0.7), face(28, 20, 48, 0.8)], ZOOM)).toBe(0.8);
  });

  it('ignores faces beside it and of another size', () => {
    expect(bestInMiddle([face(0, 0, 48, 0.9), face(38, 38, 20, 0.9), face(3, 3, 90, 0.9)], ZOOM)).toBe(0);
  });
});

function face(x: number, y: number, side: number, confidence: number): Detection {
  return { box: { x, y, width: side, height: side }, confidence, keypoints: null };
}
