// Tests what two thumbnails say about each other.
import { describe, expect, it } from 'vitest';
import { correlation } from '../../../src/sensor/health/correlation.ts';
import { noise } from '../../support/luma-planes.ts';
import { sceneThumbnail } from '../../support/synthetic-scene.ts';

const SCENE = sceneThumbnail();

describe('correlation', () => {
  it('is one for the same scene, in any even light', () => {
    expect(correlation(SCENE, SCENE)).toBeCloseTo(1, 6);
    expect(correlation(SCENE, sceneThumbnail({ light: () => 0.3, noise: 6 }))).toBeGreaterThan(0.95);
  });

  it('is near to nothing for another scene, and negative for the opposite', () => {
    expect(Math.abs(correlation(SCENE, sceneThumbnail({ seed: 2 })) ?? 1)).toBeLessThan(0.2);
    expect(
      correlation(
        SCENE,
        SCENE.map((value) => 255 - value),
      ),
    ).toBeCloseTo(-1, 6);
  });

  it('is unknown where one has no contrast but noise', () => {
    const even = SCENE.map((_, cell) => 90 + noise(cell, 0, 1, 4));
    expect(correlation(even, even)).toBeNull();
    expect(correlation(SCENE, even)).toBeNull();
  });

  it('leaves out hidden cells, and knows nothing when few are left', () => {
    const other = sceneThumbnail({ seed: 2 });
    const hiding = (thumbnail: Uint8Array, share: number) =>
      thumbnail.map((value, cell) => (cell < share * thumbnail.length ? 0 : value));
    expect(Math.abs(correlation(hiding(SCENE, 0.6), hiding(other, 0.6)) ?? 1)).toBeLessThan(0.3);
    expect(correlation(hiding(SCENE, 0.9), hiding(SCENE, 0.9))).toBeNull();
  });
});
