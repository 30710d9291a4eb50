// Tests that the colors tell whether a frame begins where it should, and that nothing a camera shows looks like it.
import { describe, expect, it } from 'vitest';
import { colorDisorder } from '../../../src/sensor/health/color-disorder.ts';
import { frameBytes, type Picture, planesOf } from '../../../src/sensor/luma.ts';
import { drawing } from '../../../src/sensor/view.ts';
import { afterLoss, misread } from '../../support/frame-stream.ts';
import { noise } from '../../support/luma-planes.ts';
import { sceneFrame } from '../../support/synthetic-scene.ts';

const FRAME = sceneFrame();

describe('colorDisorder', () => {
  it('is small in a picture, whatever its noise, and without any color', () => {
    expect(colorDisorder(FRAME)).toBeLessThan(1);
    expect(colorDisorder(withColors((x, y, color) => color + noise(x, y, 1, 25)))).toBeLessThan(1.1);
    expect(colorDisorder(withColors(() => 128))).toBe(0);
    expect(colorDisorder(withColors((x, y) => 128 + ((x + y) % 2)))).toBeLessThan(1.1);
  });

  it('is great when a part of a frame was lost', () => {
    for (const lost of [40_000, 115_200, 230_400, 345_600]) {
      const [shifted] = afterLoss([FRAME, FRAME], lost);
      expect(shifted && colorDisorder(shifted)).toBeGreaterThan(2.5);
    }
  });

  it('is great where the picture is turned afterwards', () => {
    const [shifted] = afterLoss([FRAME, FRAME], 230_400);
    const { shape } = FRAME;
    const region = { x: 0, y: 0, width: shape.height, height: shape.width };
    const turn = drawing({ source: shape, rotateDegrees: 90, mirror: true, region, mask: null });
    const turned = { ...region, strideBytes: region.width };
    const bytes = new Uint8Array(frameBytes(turned));
    if (shifted !== undefined) turn(shifted.bytes, bytes);
    expect(colorDisorder({ bytes, shape: turned, visible: null })).toBeGreaterThan(2.5);
  });

  it('is great when rows are missing from each frame, and in NV12', () => {
    const shorter = misread(Array(4).fill(FRAME), 640, 360);
    expect(Math.min(...shorter.map(colorDisorder))).toBeGreaterThan(2);
    expect(colorDisorder(nv12(FRAME))).toBeGreaterThan(2.5);
  });
});

function withColors(color: (x: number, y: number, before: number) => number): Picture {
  const bytes = Uint8Array.from(FRAME.bytes);
  const [, ...colors] = planesOf(FRAME.shape);
  for (const { from, width, height } of colors) {
    for (let index = 0; index < width * height; index += 1) {
      bytes[from + index] = color(index % width, Math.floor(index / width), bytes[from + index] ?? 0);
    }
  }
  return { ...FRAME, bytes };
}

function nv12(frame: Picture): Picture {
  const bytes = Uint8Array.from(frame.bytes);
  const [, u, v] = planesOf(frame.shape);
  for (let index = 0; index < u.width * u.height; index += 1) {
    bytes[u.from + 2 * index] = frame.bytes[u.from + index] ?? 0;
    bytes[u.from + 2 * index + 1] = frame.bytes[v.from + index] ?? 0;
  }
  return { ...frame, bytes };
}
