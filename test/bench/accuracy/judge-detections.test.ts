// Checks when a box counts as the face that was placed, and which of the measured times is quoted.
import { expect, it } from 'vitest';
import { bestMedian, facesFound } from './judge-detections.ts';

const face = { middle: { x: 100, y: 80 }, widthPx: 40 };
const boxAt = (x: number, y: number, side: number) => ({ x: x - side / 2, y: y - side / 2, width: side, height: side });

it('counts a face with a box of about its width over its middle, once', () => {
  expect(facesFound([face], [boxAt(100, 80, 40), boxAt(105, 85, 50)])).toBe(1);
  expect(facesFound([face], [boxAt(119, 80, 40)])).toBe(1);
  expect(facesFound([face, { ...face, middle: { x: 300, y: 80 } }], [boxAt(300, 80, 30)])).toBe(1);
});

it('counts none for a box beside it, much larger or much smaller', () => {
  expect(facesFound([face], [boxAt(121, 80, 40)])).toBe(0);
  expect(facesFound([face], [boxAt(100, 101, 40)])).toBe(0);
  expect(facesFound([face], [boxAt(100, 80, 81)])).toBe(0);
  expect(facesFound([face], [boxAt(100, 80, 19)])).toBe(0);
});

it('quotes the quietest run, but not a few lucky times at the end', () => {
  expect(bestMedian([50, 60, 70, 10, 20, 90, 40, 30, 80, 1], 3)).toBe(20);
  expect(bestMedian([9, 5, 7], 15)).toBe(7);
});
