// Names the planes of a frame, which the sensor reads without OpenCV, and samples squares of its brightness.
import type { Box } from '../observation/observation.ts';

/** Geometry of an I420 frame; rows of the brightness plane lie `strideBytes` apart, those of the others half as far. */
export type FrameShape = Readonly<{ width: number; height: number; strideBytes: number }>;

/** The brightness plane starts a frame, so a whole frame is one as well. */
export type Luma = Readonly<{ bytes: Uint8Array; shape: FrameShape }>;

/** A whole frame; `visible` has a byte per pixel, 0 where the privacy mask hides it, and is null where all may be seen. */
export type Picture = Luma & Readonly<{ visible: Uint8Array | null }>;

export function frameBytes({ height, strideBytes }: FrameShape): number {
  return (strideBytes * height * 3) / 2;
}

/** `from` is its first byte in the frame. */
export type Plane = Readonly<{ from: number; width: number; height: number; strideBytes: number }>;

/** Of brightness, then both of color, with a quarter of the pixels each. */
export function planesOf({ width, height, strideBytes }: FrameShape): readonly [Plane, Plane, Plane] {
  const pixels = strideBytes * height;
  const color = { width: width / 2, height: height / 2, strideBytes: strideBytes / 2 };
  return [
    { from: 0, width, height, strideBytes },
    { from: pixels, ...color },
    { from: (pixels * 5) / 4, ...color },
  ];
}

/**
 * The box in cells, as many on each side, each the mean of `samplesPerSide` squared samples so that noise of single pixels
 * averages out; what lies outside the frame repeats its edge.
 */
export function sampled({ bytes, shape }: Luma, box: Box, cellsPerSide: number, samplesPerSide: number): Uint8Array {
  const samples = cellsPerSide * samplesPerSide;
  const across = offsets(box.x, box.width, samples, shape.width, 1);
  const down = offsets(box.y, box.height, samples, shape.height, shape.strideBytes);
  const cells = new Uint8Array(cellsPerSide ** 2);
  for (let row = 0; row < cellsPerSide; row += 1) {
    for (let column = 0; column < cellsPerSide; column += 1) {
      const from = { x: column * samplesPerSide, y: row * samplesPerSide };
      cells[row * cellsPerSide + column] = meanAt(bytes, across, down, from, samplesPerSide);
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

function meanAt(
  bytes: Uint8Array,
  across: Int32Array,
  down: Int32Array,
  from: Readonly<{ x: number; y: number }>,
  side: number,
): number {
  let sum = 0;
  for (let y = from.y; y < from.y + side; y += 1) {
    const line = down[y] ?? 0;
    for (let x = from.x; x < from.x + side; x += 1) sum += bytes[line + (across[x] ?? 0)] ?? 0;
  }
  return Math.round(sum / (side * side));
}
