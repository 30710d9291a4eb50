// Tests squares around faces, also at and beyond the edge of the frame.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cropPlan } from '../../src/sensor/crop-plan.ts';

it('takes the square around the middle of the box', () => {
  const { region, borders } = cropPlan({ x: 100, y: 100, width: 40, height: 20 }, 1.5, 640, 480);
  expect(region).toEqual({ x: 90, y: 80, width: 60, height: 60 });
  expect(borders).toEqual({ top: 0, bottom: 0, left: 0, right: 0 });
});

it('makes up what lies beyond the edge', () => {
  const { region, borders } = cropPlan({ x: -10, y: 460, width: 40, height: 40 }, 1, 640, 480);
  expect(region).toEqual({ x: 0, y: 460, width: 30, height: 20 });
  expect(borders).toEqual({ top: 0, bottom: 20, left: 10, right: 0 });
});

it('is a square with at least one pixel of the frame for every box', () => {
  const place = fc.double({ min: -2000, max: 2000, noNaN: true });
  const length = fc.double({ min: 0.1, max: 900, noNaN: true });
  fc.assert(
    fc.property(place, place, length, length, fc.double({ min: 0.5, max: 3, noNaN: true }), (x, y, w, h, factor) => {
      const { region, borders } = cropPlan({ x, y, width: w, height: h }, factor, 64, 48);
      const side = Math.max(1, Math.round(Math.max(w, h) * factor));
      expect(region.width + borders.left + borders.right).toBe(side);
      expect(region.height + borders.top + borders.bottom).toBe(side);
      expect(Math.min(region.x, region.y, ...Object.values(borders))).toBeGreaterThanOrEqual(0);
      expect(Math.min(region.width, region.height)).toBeGreaterThanOrEqual(1);
      expect(region.x + region.width).toBeLessThanOrEqual(64);
      expect(region.y + region.height).toBeLessThanOrEqual(48);
    }),
  );
});
