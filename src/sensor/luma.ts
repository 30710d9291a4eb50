// Names the brightness plane of a frame, which the sensor reads without OpenCV, and samples squares of it.
import type { Box } from '../observation/observation.ts';

/** Geometry of an I420 frame; rows of the brightness plane lie `strideBytes` apart, those of the others half as far. */
export type FrameShape = Readonly<{ width: number; height: number; strideBytes: number }>;

/** The brightness plane starts a frame, so a whole frame is one as well. */
export type Luma = Readonly<{ bytes: Uint8Array; shape: FrameShape }>;

export function frameBytes({ height, strideBytes }: FrameShape): number {
  return (strideBytes * height * 3) / 2;
}

const SAMPLES_PER_SIDE = 3;

/**
 * The box in cells of `columns` × `rows`, each the mean of a few samples so that noise of single pixels averages out; what
 * lies outside the frame repeats its edge.
 */
export function sampled({ bytes, shape }: Luma, box: Box, columns: number, rows: number): Uint8Array {
  const across = offsets(box.x, box.width, columns * SAMPLES_PER_SIDE, shape.width, 1);
  const down = offsets(box.y, box.height, rows * SAMPLES_PER_SIDE, shape.height, shape.strideBytes);
  const cells = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      cells[row * columns + column] = meanAt(bytes, across, down, column, row);
    }
  }
  return cells;
}

/** Where the samples along one side lie, in bytes. */
function offsets(from: number, length: number, count: number, limit: number, step: number): Int32Array {
  return new Int32Array(count).map((_, index) => {
    const position = Math.floor(from + ((index + 0.5) * length) / count);
    return Math.min(limit - 1, Math.max(0, position)) * step;
  });
}

function meanAt(bytes: Uint8Array, across: Int32Array, down: Int32Array, column: number, row: number): number {
  let sum = 0;
  for (let y = row * SAMPLES_PER_SIDE; y < (row + 1) * SAMPLES_PER_SIDE; y += 1) {
    const line = down[y] ?? 0;
    for (let x = column * SAMPLES_PER_SIDE; x < (column + 1) * SAMPLES_PER_SIDE; x += 1) {
      sum += bytes[line + (across[x] ?? 0)] ?? 0;
    }
  }
  return Math.round(sum / (SAMPLES_PER_SIDE * SAMPLES_PER_SIDE));
}
