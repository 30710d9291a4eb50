// The arithmetic of the classic program: whole pixels towards zero, twenty of padding, the last row and column left out.
import { expect, it } from 'vitest';
import { AGE_CLASSES, chosen, referenceBoxes, referenceCrop } from '../../src/analyze/reference-face.ts';

const PICTURE = { width: 200, height: 100 };

it('takes what is above the confidence, and cuts places to whole pixels', () => {
  const list = Float32Array.from([0, 1, 0.875, 0.128, 0.257, 0.504, 0.759, 0, 1, 0.75, 0, 0, 1, 1]);
  expect(referenceBoxes(list, PICTURE, 0.75)).toEqual([
    { box: { x: 25, y: 25, width: 75, height: 50 }, confidence: 0.875 },
  ]);
});

it('does not cut boxes at the edges, and rounds towards zero there, too', () => {
  const list = Float32Array.from([0, 1, 0.9, -0.0257, -0.011, 1.0307, 1.5]);
  expect(referenceBoxes(list, PICTURE, 0.7)[0]?.box).toEqual({ x: -5, y: -1, width: 211, height: 151 });
});

it('pads the crop as far as the picture goes, less a pixel', () => {
  expect(referenceCrop({ x: 50, y: 40, width: 20, height: 10 }, PICTURE)).toEqual({
    x: 30,
    y: 20,
    width: 60,
    height: 50,
  });
  expect(referenceCrop({ x: -5, y: 5, width: 300, height: 300 }, PICTURE)).toEqual({
    x: 0,
    y: 0,
    width: 199,
    height: 99,
  });
});

it('has no crop where the box lies outside', () => {
  expect(referenceCrop({ x: 230, y: 10, width: 20, height: 20 }, PICTURE)).toBeNull();
  expect(referenceCrop({ x: -90, y: 10, width: 30, height: 20 }, PICTURE)).toBeNull();
});

it('chooses the most probable class, the first of equals', () => {
  expect(chosen([0.1, 0.05, 0.05, 0.1, 0.4, 0.2, 0.05, 0.05], AGE_CLASSES).class).toBe('(25-32)');
  expect(chosen([0.5, 0.5], ['Male', 'Female']).class).toBe('Male');
});
