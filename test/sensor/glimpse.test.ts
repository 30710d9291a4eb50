// Tests what is measured of a frame at a glance.
import { expect, it } from 'vitest';
import { glimpse, THUMBNAIL } from '../../src/sensor/glimpse.ts';
import { lumaOf, textured } from '../support/luma-planes.ts';

it('measures brightness and contrast', () => {
  const seen = glimpse(lumaOf((x) => (x < 320 ? 50 : 150)));
  expect(seen.luma).toBeCloseTo(100, 0);
  expect(seen.lumaDeviation).toBeCloseTo(50, 0);
  expect(seen.thumbnail).toHaveLength(THUMBNAIL.columns * THUMBNAIL.rows);
  expect([seen.thumbnail[0], seen.thumbnail[63]]).toEqual([50, 150]);
});

it('finds a flat picture without contrast and sharpness', () => {
  expect(glimpse(lumaOf(() => 90))).toMatchObject({ luma: 90, lumaDeviation: 0, sharpness: 0 });
});

it('finds fine detail sharper than the same picture blurred', () => {
  const sharp = glimpse(lumaOf((x) => (x % 2 === 0 ? 40 : 140)));
  const blurred = glimpse(lumaOf((x) => 90 + 50 * Math.sin(x / 20)));
  expect(sharp.sharpness).toBeCloseTo(100, 0);
  expect(blurred.sharpness).toBeLessThan(5);
});

it('sees a face-sized change in a few cells and nowhere else', () => {
  const before = glimpse(lumaOf(textured)).thumbnail;
  const after = glimpse(
    lumaOf((x, y) => (x >= 300 && x < 330 && y >= 200 && y < 230 ? 250 : textured(x, y))),
  ).thumbnail;
  const changed = [...after].filter((value, cell) => value !== before[cell]).length;
  expect(changed).toBe(9);
});

it('leaves out what the mask hides, so that a dark or covered camera shows behind one', () => {
  const frame = lumaOf((x, y) => (isSeen(x, y) ? 10 : 0));
  const visible = new Uint8Array(640 * 480).map((_, at) => (isSeen(at % 640, Math.floor(at / 640)) ? 1 : 0));
  const seen = glimpse({ ...frame, visible });
  expect(seen).toMatchObject({ luma: 10, lumaDeviation: 0, sharpness: 0 });
  expect(new Set(seen.thumbnail)).toEqual(new Set([0, 10]));
  expect(glimpse(frame).lumaDeviation).toBeGreaterThan(3);
});

it('sees nothing where everything is hidden', () => {
  const visible = new Uint8Array(640 * 480);
  expect(glimpse({ ...lumaOf(() => 0), visible })).toMatchObject({ luma: 0, lumaDeviation: 0, sharpness: 0 });
});

/** A slanted edge, which cuts through cells. */
function isSeen(x: number, y: number): boolean {
  return x + y / 3 < 400;
}
