// How wide pictures of all shapes are shown to the detector.
import { expect, it } from 'vitest';
import { canHoldFace, detectionWidth } from '../../src/analyze/detection-width.ts';

it('as they are when they are small, never larger than a million pixels or so', () => {
  expect(detectionWidth({ width: 448, height: 448 })).toBe(448);
  expect(detectionWidth({ width: 1920, height: 1080 })).toBe(1472);
  expect(detectionWidth({ width: 12_000, height: 9000 })).toBe(1280);
  expect(detectionWidth({ width: 9000, height: 12_000 })).toBe(960);
});

it('a panorama keeps its faces', () => {
  expect(detectionWidth({ width: 20_000, height: 1000 })).toBeGreaterThan(4000);
});

it('is a multiple of 32, at least 32', () => {
  expect(detectionWidth({ width: 13, height: 20 })).toBe(32);
  expect(detectionWidth({ width: 333, height: 333 }) % 32).toBe(0);
});

it('a point or a strip holds no face', () => {
  expect(canHoldFace({ width: 1, height: 1 })).toBe(false);
  expect(canHoldFace({ width: 20, height: 20_000 })).toBe(false);
  expect(canHoldFace({ width: 20, height: 20 })).toBe(true);
});
