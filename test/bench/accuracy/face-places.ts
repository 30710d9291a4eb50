// Chooses where faces are set into a frame: apart from each other, elsewhere in every scene, the same in every run.
import type { FrameSize } from '../../../src/sensor/detect/detector.ts';

type Corner = Readonly<{ left: number; top: number }>;

/** A detector sees faces one by one; several in a frame save time. */
const MOST = { columns: 3, rows: 2 };

/** Corners of squares of that side, which must fit into the frame, that do not overlap. */
export function placesFor({ width, height }: FrameSize, side: number, scene: number): readonly Corner[] {
  const columns = Math.min(MOST.columns, Math.floor(width / side));
  const rows = Math.min(MOST.rows, Math.floor(height / side));
  return Array.from({ length: columns * rows }, (_, i) => {
    // Multiples of these two numbers fill a square evenly (the R2 sequence of Martin Roberts).
    const turn = scene * columns * rows + i + 1;
    const [right, down] = [(turn * 0.7548776662) % 1, (turn * 0.569840291) % 1];
    return {
      left: Math.floor(((i % columns) + right) * (width / columns) - right * side),
      top: Math.floor((Math.floor(i / columns) + down) * (height / rows) - down * side),
    };
  });
}
