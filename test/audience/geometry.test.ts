// Overlap, distance and scale of boxes.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersection, iou, relativeDistance, scaleFactor, shareWithin } from '../../src/audience/geometry.ts';
import type { Box } from '../../src/observation/observation.ts';
import { boxAround } from '../support/walk-past.ts';

const coordinate = fc.integer({ min: -100, max: 500 });
const side = fc.integer({ min: 1, max: 200 });
const box: fc.Arbitrary<Box> = fc.record({ x: coordinate, y: coordinate, width: side, height: side });

describe('boxes', () => {
  it('are compared alike from either side', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        for (const compare of [iou, relativeDistance, scaleFactor])
          expect(compare(a, b)).toBeCloseTo(compare(b, a), 12);
        expect(iou(a, b)).toBeGreaterThanOrEqual(0);
        expect(iou(a, b)).toBeLessThanOrEqual(1);
        expect(scaleFactor(a, b)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('are their own best match', () => {
    fc.assert(
      fc.property(box, (a) => {
        expect([iou(a, a), relativeDistance(a, a), scaleFactor(a, a)]).toEqual([1, 0, 1]);
      }),
    );
  });

  it('of the same size, shifted by half a side, share a third', () => {
    expect(iou(boxAround(0, 0, 60), boxAround(30, 0, 60))).toBeCloseTo(1 / 3, 12);
    expect(relativeDistance(boxAround(0, 0, 60), boxAround(30, 0, 60))).toBe(0.5);
  });

  it('share nothing where they only touch, or are nothing themselves', () => {
    expect(intersection(boxAround(0, 0, 60), boxAround(30, 30, 60))).toBe(900);
    expect(intersection(boxAround(0, 0, 60), boxAround(60, 0, 60))).toBe(0);
    const point = { x: 5, y: 5, width: 0, height: 0 };
    expect([iou(point, point), shareWithin(point, { width: 10, height: 10 })]).toEqual([0, 0]);
  });

  it('lie in the frame as a whole, in part or not at all', () => {
    const frame = { width: 640, height: 480 };
    const shares = [
      { x: 0, y: 0, width: 640, height: 480 },
      { x: -10, y: 100, width: 40, height: 40 },
      { x: 620, y: 460, width: 40, height: 40 },
      { x: 640, y: 100, width: 40, height: 40 },
      { x: -100, y: -100, width: 40, height: 40 },
    ].map((one) => shareWithin(one, frame));
    expect(shares).toEqual([1, 0.75, 0.25, 0, 0]);
  });
});
