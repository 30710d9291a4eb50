// Pairing tracks with detections: one to one, the same for the same input, nearest first.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../src/audience/assign.ts';
import type { Box } from '../../src/observation/observation.ts';
import { boxAround } from '../support/walk-past.ts';

const box: fc.Arbitrary<Box> = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 20, max: 120 }))
  .map(([x, y, width]) => boxAround(x, y, width));
const boxes = fc.array(box, { maxLength: 12 });

describe('an assignment', () => {
  it('is one to one', () => {
    fc.assert(
      fc.property(boxes, boxes, (predicted, candidates) => {
        const pairs = assign(predicted, candidates);
        const taken = pairs.filter((candidate) => candidate !== null);
        expect(pairs).toHaveLength(predicted.length);
        expect(new Set(taken).size).toBe(taken.length);
        for (const candidate of taken) expect(candidates[candidate]).toBeDefined();
      }),
    );
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(boxes, boxes, (predicted, candidates) => {
        expect(assign(predicted, candidates)).toEqual(assign(structuredClone(predicted), structuredClone(candidates)));
      }),
    );
  });

  it('leaves no candidate that a track without one could have had', () => {
    fc.assert(
      fc.property(boxes, boxes, (predicted, candidates) => {
        const pairs = assign(predicted, candidates);
        const free = candidates.filter((_, index) => !pairs.includes(index));
        const alone = predicted.filter((_, index) => pairs[index] === null);
        expect(assign(alone, free).filter((candidate) => candidate !== null)).toEqual([]);
      }),
    );
  });

  it('gives a face to the nearest track, and none to one too far or too different in size', () => {
    const face = boxAround(100, 100, 50);
    expect(assign([boxAround(120, 100, 50), boxAround(95, 100, 50)], [face])).toEqual([null, 0]);
    expect(assign([boxAround(160, 100, 50)], [face])).toEqual([null]);
    expect(assign([boxAround(100, 100, 100)], [face])).toEqual([null]);
  });

  it('breaks ties by index', () => {
    const face = boxAround(100, 100, 50);
    expect(assign([face, face], [face])).toEqual([0, null]);
    expect(assign([face], [face, face])).toEqual([0]);
  });
});
