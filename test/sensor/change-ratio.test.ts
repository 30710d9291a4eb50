// Tests how much a face is said to have changed: a poster stays near 0, whatever the detector makes of its box.
import { expect, it } from 'vitest';
import { changeRatio, keepCrops, NO_CROPS } from '../../src/sensor/change-ratio.ts';
import { lumaOf, noise, textured } from '../support/luma-planes.ts';

const BOX = { x: 200, y: 100, width: 80, height: 80 };
const poster = (seed: number) => lumaOf((x, y) => textured(x, y) + noise(x, y, seed, 5));
const remembered = keepCrops(NO_CROPS, [{ track: 1, box: BOX }], new Set([1]), poster(1));

it('is null for a new track and for a detection without one', () => {
  expect(changeRatio(remembered, 2, poster(2))).toBeNull();
  expect(changeRatio(remembered, null, poster(2))).toBeNull();
});

it('is next to nothing for a poster with a noisy camera', () => {
  expect(changeRatio(remembered, 1, poster(2))).toBeLessThan(0.01);
});

it('is large for a face that moves by a tenth of its width', () => {
  const moved = lumaOf((x, y) => textured(x - 8, y));
  expect(changeRatio(remembered, 1, moved)).toBeGreaterThan(0.05);
});

it('is 1 from black to white', () => {
  const black = keepCrops(
    NO_CROPS,
    [{ track: 1, box: BOX }],
    new Set([1]),
    lumaOf(() => 0),
  );
  expect(
    changeRatio(
      black,
      1,
      lumaOf(() => 255),
    ),
  ).toBe(1);
});

it('remembers a face across a gap, and forgets it when its track is over', () => {
  const gap = keepCrops(remembered, [], new Set([1]), poster(2));
  expect(changeRatio(gap, 1, poster(3))).not.toBeNull();
  expect(changeRatio(keepCrops(gap, [], new Set(), poster(3)), 1, poster(3))).toBeNull();
});
