// Tests how a look is weighed by size, sharpness and pose of the face.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookQuality, relativeSharpness } from '../../src/sensor/look-quality.ts';
import { lumaOf } from '../support/luma-planes.ts';

const BEST = { widthPx: 100, relativeSharpness: 0.4, yawDegrees: 0 };

describe('lookQuality', () => {
  it('is 1 for a large, sharp face from the front', () => {
    expect(lookQuality(BEST)).toBe(1);
  });

  it('falls with size, blur and turn, and never to nothing', () => {
    const positive = fc.double({ min: 0, max: 500, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.double({ min: -180, max: 180, noNaN: true }), (width, sharpness, yaw) => {
        const traits = { widthPx: width, relativeSharpness: sharpness / 500, yawDegrees: yaw };
        const quality = lookQuality(traits);
        expect(quality).toBeGreaterThan(0);
        expect(quality).toBeLessThanOrEqual(1);
        expect(lookQuality({ ...traits, widthPx: width / 2 })).toBeLessThanOrEqual(quality);
        expect(lookQuality({ ...traits, relativeSharpness: sharpness / 1000 })).toBeLessThanOrEqual(quality);
        expect(lookQuality({ ...traits, yawDegrees: yaw / 2 })).toBeGreaterThanOrEqual(quality);
      }),
    );
  });

  it('weighs a 20 px face a third', () => {
    expect(lookQuality({ ...BEST, widthPx: 20 })).toBeCloseTo(1 / 3);
  });
});

describe('relativeSharpness', () => {
  const BOX = { x: 100, y: 100, width: 128, height: 128 };
  const face = (period: number, contrast: number) =>
    lumaOf((x) => 120 + contrast * Math.sin((2 * Math.PI * x) / period));

  it('does not depend on the light', () => {
    expect(relativeSharpness(face(40, 20), BOX)).toBeCloseTo(relativeSharpness(face(40, 80), BOX), 1);
  });

  it('is smaller for a blurred face, and 0 for a flat one', () => {
    expect(relativeSharpness(face(160, 60), BOX)).toBeLessThan(relativeSharpness(face(24, 60), BOX) / 2);
    expect(
      relativeSharpness(
        lumaOf(() => 80),
        BOX,
      ),
    ).toBe(0);
  });
});
