// Tests that the detail of a picture tells of its focus and of nothing else.
import { describe, expect, it } from 'vitest';
import { detailOf, textureOf } from '../../../src/sensor/health/texture.ts';
import { lumaOf, noise } from '../../support/luma-planes.ts';
import { sceneFrame } from '../../support/synthetic-scene.ts';

const SHARP = detailIn() ?? 0;

describe('detailOf', () => {
  it('falls with the blur', () => {
    expect(SHARP).toBeGreaterThan(0.05);
    const blurred = [2, 4, 8].map((blur) => (detailIn({ blur }) ?? 0) / SHARP);
    expect(blurred[0]).toBeLessThan(0.8);
    expect(blurred[1]).toBeLessThan(0.3);
    expect(blurred[2]).toBeLessThan(0.1);
  });

  it('hardly changes with light, contrast and noise', () => {
    const changed = [
      detailIn({ light: () => 0.3 }),
      detailIn({ light: (x) => 0.2 + 0.8 * x }),
      detailIn({ noise: 12 }),
      detailIn({ light: () => 0.4, noise: 9 }),
    ];
    for (const detail of changed) expect((detail ?? 0) / SHARP).toBeGreaterThan(0.7);
  });

  it('is that of what is left to see beside somebody close to the camera', () => {
    const person = { from: 100, to: 540, top: 0 };
    expect((detailIn({ person }) ?? 0) / SHARP).toBeGreaterThan(0.4);
  });

  it('is unknown without contrast, be there noise or not', () => {
    expect(detailIn({ light: () => 0 })).toBeNull();
    const texture = textureOf(lumaOf((x, y) => 90 + noise(x, y, 1, 20)));
    expect(texture && detailOf(texture)).toBeNull();
  });

  it('is measured behind a mask, whose edge is none of the scene', () => {
    const frame = sceneFrame({ blur: 5 });
    const isSeen = (x: number, y: number) => x < 500 && ((x >> 6) + (y >> 6)) % 2 === 0;
    const visible = new Uint8Array(640 * 480).map((_, at) => (isSeen(at % 640, Math.floor(at / 640)) ? 1 : 0));
    const bytes = frame.bytes.map((value, offset) => (visible[offset] === 0 ? 0 : value));
    const texture = textureOf({ ...frame, bytes, visible });
    const unknowing = textureOf({ ...frame, bytes });
    expect(texture && detailOf(texture)).toBeLessThan(0.3 * SHARP);
    expect(unknowing && detailOf(unknowing)).toBeGreaterThan(0.6 * SHARP);
    expect(texture?.far[7]).toBe(0);
  });
});

it('is not measured in a picture that is hardly wider than the distance it looks over', () => {
  expect(textureOf({ ...sceneFrame(), shape: { width: 30, height: 480, strideBytes: 640 } })).toBeNull();
});

function detailIn(options: Parameters<typeof sceneFrame>[0] = {}): number | null {
  const texture = textureOf(sceneFrame(options));
  return texture && detailOf(texture);
}
