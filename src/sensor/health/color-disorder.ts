// Measures in the color of a frame whether its bytes begin where a frame should: in I420 little else jumps from row to row.
import { type Picture, planesOf } from '../luma.ts';

/** Places that are looked at in each plane of color, across and down. */
const PLACES = 48;
/** What rounding makes of an even color; differences smaller than that say nothing. */
const ROUNDING = 1;

/**
 * How much more neighbors differ than those next but one. At most 1 in whatever a camera shows, noise included: 0.97 in films
 * with more noise than any camera has. Half rows of brightness, one below the other, make it 3 to 20 when a frame begins at a
 * wrong place, and so does NV12, where the two colors take turns (test/bench/camera-health.bench.ts).
 */
export function colorDisorder(picture: Picture): number {
  const across = { near: 0, next: 0 };
  const down = { near: 0, next: 0 };
  const [, ...colors] = planesOf(picture.shape);
  for (const plane of colors) {
    for (let row = 0; row < PLACES; row += 1) {
      const y = Math.floor((row * (plane.height - 2)) / PLACES);
      for (let column = 0; column < PLACES; column += 1) {
        const x = Math.floor((column * (plane.width - 2)) / PLACES);
        const offset = plane.from + y * plane.strideBytes + x;
        add(across, picture.bytes, offset, 1);
        add(down, picture.bytes, offset, plane.strideBytes);
      }
    }
  }
  const places = 2 * PLACES * PLACES;
  return Math.max(...[across, down].map(({ near, next }) => near / (next + ROUNDING * places)));
}

function add(sums: { near: number; next: number }, bytes: Uint8Array, offset: number, step: number): void {
  const color = bytes[offset] ?? 0;
  sums.near += Math.abs(color - (bytes[offset + step] ?? 0));
  sums.next += Math.abs(color - (bytes[offset + 2 * step] ?? 0));
}
