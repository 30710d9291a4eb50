// Tests the view in pixels: what is left of a frame when it is turned and cut, and where the mask lies in it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PictureWishes, pictureView } from '../../src/capture/picture-view.ts';

const SOURCE = { width: 640, height: 480, strideBytes: 704 };
const AS_IT_IS: PictureWishes = { mirror: false, rotateDegrees: 0, region: null, mask: null };
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** As the configuration has it: at least a tenth wide, and not beyond the end. */
const span = fc.tuple(share, share).map(([at, size]) => ({ from: 0.9 * at, length: 0.1 + size * (0.9 - 0.9 * at) }));

it('has none where frames are to be seen as they come, padding included', () => {
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  const almost = { x: 0, y: 0, width: 0.999, height: 0.9999 };
  for (const region of [null, whole, almost]) {
    expect(pictureView(SOURCE, { ...AS_IT_IS, region })).toEqual({ frame: SOURCE, view: null });
  }
});

it('exchanges width and height of a picture turned by a quarter', () => {
  const { frame, view } = pictureView(SOURCE, { ...AS_IT_IS, rotateDegrees: 90 });
  expect(frame).toEqual({ width: 480, height: 640, strideBytes: 480 });
  expect(view).toEqual({
    source: SOURCE,
    rotateDegrees: 90,
    mirror: false,
    region: { x: 0, y: 0, width: 480, height: 640 },
    mask: null,
  });
});

it('takes region and mask as shares of the upright picture, and tells the mask in pixels of the region', () => {
  const { frame, view } = pictureView(SOURCE, {
    mirror: true,
    rotateDegrees: 270,
    region: { x: 0.25, y: 0.5, width: 0.5, height: 0.25 },
    mask: [
      [
        [0.25, 0.5],
        [0.75, 0.5],
        [0, 1],
      ],
    ],
  });
  expect(frame).toEqual({ width: 240, height: 160, strideBytes: 240 });
  expect(view?.region).toEqual({ x: 120, y: 320, width: 240, height: 160 });
  expect(view?.mask).toEqual([
    [
      [0, 0],
      [240, 0],
      [-120, 320],
    ],
  ]);
});

it('keeps any region within the picture, with even edges and something in it', () => {
  const even = fc.integer({ min: 8, max: 400 }).map((half) => 2 * half);
  fc.assert(
    fc.property(even, even, span, span, (width, height, across, down) => {
      const region = { x: across.from, y: down.from, width: across.length, height: down.length };
      const found = pictureView({ width, height, strideBytes: width }, { ...AS_IT_IS, region, mirror: true });
      const { region: pixels } = found.view ?? { region: { x: 1, y: 1, width: 1, height: 1 } };
      expect(Object.values(pixels).every((edge) => edge % 2 === 0 && edge >= 0)).toBe(true);
      expect(Math.min(pixels.width, pixels.height)).toBeGreaterThanOrEqual(2);
      expect(pixels.x + pixels.width).toBeLessThanOrEqual(width);
      expect(pixels.y + pixels.height).toBeLessThanOrEqual(height);
      expect(found.frame).toEqual({ width: pixels.width, height: pixels.height, strideBytes: pixels.width });
    }),
  );
});
