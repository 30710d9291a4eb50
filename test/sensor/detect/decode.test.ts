// Tests reading faces from the outputs of the detector.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iou } from '../../../src/audience/geometry.ts';
import { bestInMiddle, type Candidate, decode, suppress } from '../../../src/sensor/detect/decode.ts';

const GRID = { columns: 8, rows: 6, cellPixels: 4 };
const ZOOM = { size: 96, cropFactor: 2, maxOffCenterPixels: 12, minFacePixels: 26, maxFacePixels: 86 };

describe('decode', () => {
  it('reads the box and the points from the middle of the cell', () => {
    const scores = new Float32Array(48).fill(-8);
    scores[2 * 8 + 3] = 2;
    const values = [1, -1, 10, 8, -3, -2, 3, -2, 0, 0, 0, 3, -5, -1, 5, -1];
    const [face, ...others] = decode(scores, () => values, GRID, 0.5);
    expect(others).toEqual([]);
    expect(face?.confidence).toBeCloseTo(0.8808, 4);
    expect(face?.box).toEqual({ x: 14 + 1 - 5, y: 10 - 1 - 4, width: 10, height: 8 });
    expect(face?.keypoints).toEqual({
      rightEye: { x: 11, y: 8 },
      leftEye: { x: 17, y: 8 },
      nose: { x: 14, y: 10 },
      mouth: { x: 14, y: 13 },
      rightEar: { x: 9, y: 9 },
      leftEar: { x: 19, y: 9 },
    });
  });

  it('asks only for the cells above the threshold', () => {
    const scores = Float32Array.from({ length: 48 }, (_, cell) => (cell % 10 === 0 ? 0.1 : -0.1));
    const asked: number[] = [];
    decode(
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

describe('suppress', () => {
  it('keeps the strongest of overlapping boxes, strongest first', () => {
    const kept = suppress([face(10, 10, 20, 0.6), face(12, 10, 20, 0.9), face(60, 10, 20, 0.7)], 0.3);
    expect(kept.map(({ confidence }) => confidence)).toEqual([0.9, 0.7]);
  });

  it('leaves no two that overlap, and drops none without a stronger one in its place', () => {
    const one = fc
      .tuple(fc.nat(60), fc.nat(60), fc.integer({ min: 5, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([x, y, side, confidence]) => face(x, y, side, confidence));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (faces) => {
        const kept = suppress(faces, 0.3);
        kept.forEach((a, index) => {
          for (const b of kept.slice(index + 1)) expect(iou(a.box, b.box)).toBeLessThan(0.3);
        });
        for (const dropped of faces.filter((candidate) => !kept.includes(candidate))) {
          const stronger = kept.filter(({ confidence }) => confidence >= dropped.confidence);
          expect(stronger.some(({ box }) => iou(box, dropped.box) >= 0.3)).toBe(true);
        }
      }),
    );
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

function face(x: number, y: number, side: number, confidence: number): Candidate {
  const point = { x, y };
  const keypoints = { rightEye: point, leftEye: point, nose: point, mouth: point, rightEar: point, leftEar: point };
  return { box: { x, y, width: side, height: side }, confidence, keypoints };
}
