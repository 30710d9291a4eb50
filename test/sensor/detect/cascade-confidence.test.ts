// Tests turning the hits of a cascade into a confidence.
import { expect, it } from 'vitest';
import { cascadeConfidence } from '../../../src/sensor/detect/cascade-confidence.ts';

it.each([
  [4, 10, 29],
  [5, 10, 22],
  [6.5, 19, 30],
  [9, 20, 11],
  [13, 17, 3],
  [60, 67, 0],
])('says for %s hits about what was counted: %i faces, %i others', (hits, faces, others) => {
  expect(Math.abs(cascadeConfidence(hits) - faces / (faces + others))).toBeLessThan(0.1);
});

it('believes in nothing without a hit', () => {
  expect(cascadeConfidence(0)).toBe(0);
});
