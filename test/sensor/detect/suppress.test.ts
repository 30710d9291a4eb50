// Tests leaving one box of those that mean the same face.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iou } from '../../../src/audience/geometry.ts';
import { suppress } from '../../../src/sensor/detect/suppress.ts';

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

function face(x: number, y: number, side: number, confidence: number) {
  return { box: { x, y, width: side, height: side }, confidence };
}
