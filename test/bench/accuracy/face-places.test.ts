// Checks that faces fit into the frame beside each other, elsewhere in every scene.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placesFor } from './face-places.ts';

const FRAME = { width: 640, height: 360 };
const arbitrarySide = fc.integer({ min: 20, max: FRAME.height });

it('keeps every square inside the frame and off the others', () => {
  fc.assert(
    fc.property(arbitrarySide, fc.nat(500), (side, scene) => {
      const places = placesFor(FRAME, side, scene);
      for (const [index, { left, top }] of places.entries()) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + side).toBeLessThanOrEqual(FRAME.width);
        expect(top + side).toBeLessThanOrEqual(FRAME.height);
        for (const other of places.slice(index + 1)) {
          expect(Math.max(Math.abs(other.left - left), Math.abs(other.top - top))).toBeGreaterThanOrEqual(side);
        }
      }
    }),
  );
});

it('sets six small faces into a frame and one that is as high as the frame', () => {
  expect([42, 180, 181, 269, 360].map((side) => placesFor(FRAME, side, 0).length)).toEqual([6, 6, 3, 2, 1]);
});

it('chooses anew for each scene and the same in each run', () => {
  expect(placesFor(FRAME, 72, 1)).toEqual(placesFor(FRAME, 72, 1));
  expect(placesFor(FRAME, 72, 1)).not.toEqual(placesFor(FRAME, 72, 2));
});
