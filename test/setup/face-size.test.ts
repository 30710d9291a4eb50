// How wide faces are by distance, lens and picture, and what that means for each detector.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import { describedPack } from '../../src/models/pack.ts';
import {
  facePixelsAt,
  judgeFaces,
  knownFieldOfView,
  type Placement,
  reachMeters,
  shownWidth,
} from '../../src/setup/face-size.ts';

const webcam = (distanceMeters: number): Placement => ({ distanceMeters, fieldOfViewDegrees: 70 });

it.each([
  // tan 45° = 1: at 1 m such a lens sees 2 m.
  [{ distanceMeters: 1, fieldOfViewDegrees: 90 }, 1000, 70],
  [{ distanceMeters: 2, fieldOfViewDegrees: 90 }, 1000, 35],
  [webcam(2.8), 416, 14.9],
  [webcam(4.27), 640, 15],
])('%o in a picture %i pixels wide: %f pixels', (placement, width, pixels) => {
  expect(facePixelsAt(placement, width)).toBeCloseTo(pixels, 0);
});

it('the reach is the distance at which a face is just large enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 150 }), fc.integer({ min: 160, max: 1920 }), (fieldOfViewDegrees, width) => {
      const distanceMeters = reachMeters({ fieldOfViewDegrees }, 'yunet', width);
      expect(facePixelsAt({ distanceMeters, fieldOfViewDegrees }, width)).toBeCloseTo(14, 6);
    }),
  );
});

it('the narrowest picture is chosen in which faces are large enough', () => {
  expect(judgeFaces(webcam(2.5), 'full-range', 416)).toMatchObject({ kind: 'enough', smallestPixels: 15 });
  expect(judgeFaces(webcam(2.5), 'haar', 416)).toMatchObject({ kind: 'beyond' });
  expect(judgeFaces(webcam(4), 'full-range', 416)).toMatchObject({ kind: 'wider', farWidth: 640 });
  expect(judgeFaces(webcam(6), 'full-range', 416)).toMatchObject({ kind: 'wider', farWidth: 960 });
});

it('where no picture helps, a lens that is narrow enough does', () => {
  const verdict = judgeFaces(webcam(12), 'full-range', 416);
  if (verdict.kind !== 'beyond') throw new Error(verdict.kind);
  expect(verdict.mostMeters).toBeCloseTo(6.4, 1);
  const placement = { distanceMeters: 12, fieldOfViewDegrees: verdict.narrowerDegrees };
  expect(facePixelsAt(placement, verdict.farWidth)).toBeCloseTo(15, 6);
});

it.each([
  ['default', null, 416],
  ['default', 640, 640],
  ['default', 960, 640],
  ['ssd', null, 400],
  ['yunet', 320, 320],
])('%s with detector.farWidth %s is shown 640 × 480 in %i pixels', (pack, farWidth, width) => {
  const { detector } = describedPack({ manifestPath: MANIFEST_PATH, pack, packFile: null }).pack;
  expect(shownWidth(detector, { width: 640, height: 480 }, farWidth)).toBe(width);
});

it('knows the lenses of the Pi', () => {
  expect([knownFieldOfView('imx219'), knownFieldOfView('HD Pro Webcam C920')]).toEqual([62, null]);
});
