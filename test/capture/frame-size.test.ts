// Frames keep the shape of their source within even, cheap and bounded sizes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameSizeWithin } from '../../src/capture/frame-size.ts';

test.each([
  [1280, 720, 1280, 720],
  [1920, 1080, 1280, 720],
  [3840, 2160, 1280, 720],
  [768, 432, 768, 432],
  [720, 404, 704, 396],
  [1080, 1920, 704, 1252],
  [20, 20, 32, 32],
])('%i x %i becomes %i x %i', (width, height, ...expected) => {
  const size = frameSizeWithin({ width, height });
  expect([size.width, size.height]).toEqual(expected);
});

test('any source of a usual shape keeps it within 2 %', () => {
  const side = fc.integer({ min: 240, max: 8000 });
  fc.assert(
    fc.property(side, fc.double({ min: 1 / 3, max: 3, noNaN: true }), (width, ratio) => {
      const source = { width, height: Math.round(width * ratio) };
      const size = frameSizeWithin(source);
      expect(size.width % 32).toBe(0);
      expect(size.height % 2).toBe(0);
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(1280);
      expect((size.height * source.width) / (size.width * source.height)).toBeCloseTo(1, 1);
    }),
  );
});
