// Builds brightness planes for the tests of the sensor.
import { frameBytes, type Picture } from '../../src/sensor/luma.ts';

const SHAPE = { width: 640, height: 480, strideBytes: 640 };

/** A 640 × 480 frame whose brightness is given for every pixel. */
export function lumaOf(value: (x: number, y: number) => number): Picture {
  const bytes = new Uint8Array(frameBytes(SHAPE));
  for (let y = 0; y < SHAPE.height; y += 1) {
    for (let x = 0; x < SHAPE.width; x += 1) bytes[y * SHAPE.strideBytes + x] = value(x, y);
  }
  return { bytes, shape: SHAPE, visible: null };
}

/** A pattern with contrast, the same for the same place. */
export function textured(x: number, y: number): number {
  return 60 + ((Math.imul((x >> 3) * 73_856_093, 31) ^ Math.imul((y >> 3) * 19_349_663, 17)) & 127);
}

/** Repeatable noise of ±`amount`, different for each `seed`. */
export function noise(x: number, y: number, seed: number, amount: number): number {
  let hash = Math.imul(x + 1, 374_761_393) + Math.imul(y + 1, 668_265_263) + Math.imul(seed + 1, 1_274_126_177);
  hash = Math.imul(hash ^ (hash >>> 13), 1_274_126_177);
  return Math.round((((hash ^ (hash >>> 16)) & 255) / 127.5 - 1) * amount);
}
