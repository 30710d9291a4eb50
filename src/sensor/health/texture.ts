// Measures how fine the detail of a picture is, independent of its light, its contrast and the noise of the camera.
import type { Picture } from '../luma.ts';
import { bestFifth, TILES } from './tiles.ts';

/** For each tile the mean square of what pixels differ from the next, the next but one, and one further away. */
export type Texture = Readonly<Record<'near' | 'next' | 'far', Float32Array>>;

/** In a frame of this width a step is a pixel; in wider ones, which are shrunk before faces are found in them, it is more. */
const STEP_WIDTH = 640;
const FAR_STEPS = 16;
const MOST_COLUMNS = 512;
const MOST_ROWS = 120;

/** Null for a picture so narrow that little of it would be left. */
export function textureOf({ bytes, shape, visible }: Picture): Texture | null {
  const step = Math.max(1, Math.round(shape.width / STEP_WIDTH));
  const width = shape.width - FAR_STEPS * step;
  if (width < shape.width / 2) return null;
  const tiles = TILES.columns * TILES.rows;
  const sums = { near: new Float32Array(tiles), next: new Float32Array(tiles), far: new Float32Array(tiles) };
  const counts = new Float32Array(tiles);
  const columns = Math.min(MOST_COLUMNS, width);
  const rows = Math.min(MOST_ROWS, shape.height);
  for (let row = 0; row < rows; row += 1) {
    const line = Math.floor((row * shape.height) / rows) * shape.strideBytes;
    const firstTile = Math.floor((row * TILES.rows) / rows) * TILES.columns;
    for (let column = 0; column < columns; column += 1) {
      const offset = line + Math.floor((column * width) / columns);
      const far = offset + FAR_STEPS * step;
      if (visible !== null && !areSeen(visible, offset, offset + step, offset + 2 * step, far)) continue;
      const tile = firstTile + Math.floor((column * TILES.columns) / columns);
      add(counts, tile, 1);
      add(sums.near, tile, squaredDifference(bytes, offset, offset + step));
      add(sums.next, tile, squaredDifference(bytes, offset, offset + 2 * step));
      add(sums.far, tile, squaredDifference(bytes, offset, far));
    }
  }
  const mean = (sum: Float32Array) => sum.map((value, tile) => value / Math.max(1, counts[tile] ?? 0));
  return { near: mean(sums.near), next: mean(sums.next), far: mean(sums.far) };
}

/** A share `gain` of the newer, the rest of the older: noise averages out. */
export function blend(older: Texture, newer: Texture, gain: number): Texture {
  const mixed = (key: keyof Texture) =>
    older[key].map((value, tile) => value + gain * ((newer[key][tile] ?? 0) - value));
  return { near: mixed('near'), next: mixed('next'), far: mixed('far') };
}

/** Of a tile without contrast nothing can be said: 5.5 of 255 over 16 pixels. */
const LEAST_CONTRAST = 30;
/** With less contrast than this multiple of `near`, all of which may be noise, its errors are as large as the detail. */
const LEAST_BY_NOISE = 2;
/** What is left when nothing is sharp: there the square of a difference grows with the square of the distance. */
const SMOOTH = (2 ** 2 - 1) / (FAR_STEPS ** 2 - 1);

/**
 * The growth of differences from one pixel to two, as a share of the contrast; the noise of single pixels is in both alike
 * and cancels. Of the films 0.04 (enlarged) to 0.28, of photographs 0.08 to 0.15. A blur of 4 pixels (standard deviation)
 * leaves 8 to 29 % of it, one of 6 pixels 5 to 19 %; noise of 8, a quarter of the light, a lamp or a face before seven tenths
 * of the picture leave at least 29 % (test/bench/camera-health.bench.ts). Null where too little has contrast.
 */
export function detailOf({ near, next, far }: Texture): number | null {
  const details: number[] = [];
  near.forEach((noise, tile) => {
    const contrast = (far[tile] ?? 0) - noise;
    if (contrast <= Math.max(LEAST_CONTRAST, LEAST_BY_NOISE * noise)) return;
    details.push(((next[tile] ?? 0) - noise) / contrast - SMOOTH);
  });
  return bestFifth(details);
}

function areSeen(visible: Uint8Array, ...pixels: readonly number[]): boolean {
  return pixels.every((pixel) => visible[pixel] === 1);
}

function add(sums: Float32Array, tile: number, value: number): void {
  sums[tile] = (sums[tile] ?? 0) + value;
}

function squaredDifference(bytes: Uint8Array, from: number, to: number): number {
  return ((bytes[from] ?? 0) - (bytes[to] ?? 0)) ** 2;
}
