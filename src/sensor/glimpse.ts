// Measures a frame at a glance, from samples of its brightness: a thumbnail, mean, contrast and sharpness.
import type { Picture } from './luma.ts';

export type Glimpse = Readonly<{
  /** THUMBNAIL cells, row by row, each the mean of its samples; 0 where nothing of a cell may be seen. */
  thumbnail: Uint8Array;
  /** Mean brightness, 0 to 255. */
  luma: number;
  lumaDeviation: number;
  /** Mean absolute difference of neighboring pixels. */
  sharpness: number;
}>;

export const THUMBNAIL = { columns: 64, rows: 48 } as const;

/** Samples per cell and direction: 16 per cell average the noise of single pixels to a quarter. */
const SAMPLES = 4;

/** What the privacy mask hides counts for nothing, so that a covered lens is noticed behind one. */
export function glimpse({ bytes, shape, visible }: Picture): Glimpse {
  const across = positions(shape.width - 1, THUMBNAIL.columns * SAMPLES);
  const down = positions(shape.height, THUMBNAIL.rows * SAMPLES);
  const sums = new Uint32Array(THUMBNAIL.columns * THUMBNAIL.rows);
  const counts = new Uint8Array(sums.length);
  let squares = 0;
  let differences = 0;
  let pairs = 0;
  for (let y = 0; y < down.length; y += 1) {
    const line = (down[y] ?? 0) * shape.strideBytes;
    let cell = Math.floor(y / SAMPLES) * THUMBNAIL.columns;
    for (let x = 0; x < across.length; cell += 1) {
      let sum = 0;
      let count = 0;
      for (const end = x + SAMPLES; x < end; x += 1) {
        const offset = line + (across[x] ?? 0);
        if (visible !== null && visible[offset] === 0) continue;
        const value = bytes[offset] ?? 0;
        sum += value;
        count += 1;
        squares += value * value;
        if (visible !== null && visible[offset + 1] === 0) continue;
        differences += Math.abs(value - (bytes[offset + 1] ?? 0));
        pairs += 1;
      }
      sums[cell] = (sums[cell] ?? 0) + sum;
      counts[cell] = (counts[cell] ?? 0) + count;
    }
  }
  const seen = Math.max(
    1,
    counts.reduce((total, count) => total + count, 0),
  );
  const luma = sums.reduce((total, sum) => total + sum, 0) / seen;
  return {
    thumbnail: new Uint8Array(sums.map((sum, cell) => Math.round(sum / Math.max(1, counts[cell] ?? 0)))),
    luma,
    lumaDeviation: Math.sqrt(Math.max(0, squares / seen - luma * luma)),
    sharpness: differences / Math.max(1, pairs),
  };
}

function positions(limit: number, count: number): Int32Array {
  return new Int32Array(count).map((_, index) => Math.floor(((index + 0.5) * limit) / count));
}
