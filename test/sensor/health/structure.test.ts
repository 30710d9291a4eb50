// Tests that the edges of a scene tell it from others, whatever its light and whoever stands in it.
import { describe, expect, it } from 'vitest';
import { agreement, hasStructure } from '../../../src/sensor/health/structure.ts';
import { sceneThumbnail } from '../../support/synthetic-scene.ts';

const SCENE = sceneThumbnail();

describe('agreement', () => {
  it.each([
    ['in dim light', { light: () => 0.3 }],
    ['with a lamp aside', { light: (x: number) => 0.15 + 0.85 * x }],
    ['with a lamp above', { light: (x: number, y: number) => Math.exp(-((x - 0.6) ** 2 + (y - 0.2) ** 2) * 8) }],
    ['in the noise of the night', { light: () => 0.4, noise: 12 }],
    ['out of focus', { blur: 8 }],
    ['behind somebody close to the camera', { person: { from: 96, to: 544, top: 0 } }],
    ['behind a crowd', { person: { from: 0, to: 640, top: 160 } }],
  ])('is high for the same scene %s', (_, changed) => {
    expect(agreement(SCENE, sceneThumbnail(changed))).toBeGreaterThan(0.7);
  });

  it('is low for another scene, and when the camera was turned', () => {
    for (const seed of [2, 3, 4]) expect(agreement(SCENE, sceneThumbnail({ seed }))).toBeLessThan(0.4);
    for (const turned of [40, 80, 160]) expect(agreement(SCENE, sceneThumbnail({ turned }))).toBeLessThan(0.45);
  });

  it('is unknown where there are no edges', () => {
    const dark = sceneThumbnail({ light: () => 0.01, noise: 3 });
    const slope = SCENE.map((_, cell) => 40 + 3 * (cell % 64));
    for (const bare of [dark, slope]) {
      expect(agreement(SCENE, bare)).toBeNull();
      expect(hasStructure(bare)).toBe(false);
    }
    expect(hasStructure(SCENE)).toBe(true);
  });

  it('is that of what the mask lets be seen', () => {
    const hiding = (thumbnail: Uint8Array) => thumbnail.map((value, cell) => (cell % 64 < 40 ? value : 0));
    expect(agreement(hiding(SCENE), hiding(sceneThumbnail({ seed: 2 })))).toBeLessThan(0.4);
    expect(agreement(hiding(SCENE), hiding(SCENE))).toBeCloseTo(1, 5);
    const mostly = SCENE.map((value, cell) => (cell % 64 < 6 ? value : 0));
    expect(agreement(mostly, mostly)).toBeNull();
  });
});
