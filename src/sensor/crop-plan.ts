// Plans a square around a face: what of it lies in the frame and what has to be made up.
import type { Box } from '../observation/observation.ts';

export type Rectangle = Readonly<{ x: number; y: number; width: number; height: number }>;
export type Borders = Readonly<{ top: number; bottom: number; left: number; right: number }>;

/** The square has side `factor` × the larger side of the box; at least one pixel of the frame is taken. */
export function cropPlan(
  box: Box,
  factor: number,
  frameWidth: number,
  frameHeight: number,
): Readonly<{ region: Rectangle; borders: Borders }> {
  const side = Math.max(1, Math.round(Math.max(box.width, box.height) * factor));
  const across = span(box.x + box.width / 2, side, frameWidth);
  const down = span(box.y + box.height / 2, side, frameHeight);
  return {
    region: { x: across.from, y: down.from, width: across.length, height: down.length },
    borders: { top: down.before, bottom: down.after, left: across.before, right: across.after },
  };
}

function span(center: number, side: number, limit: number) {
  const start = Math.round(center - side / 2);
  const from = Math.min(limit - 1, Math.max(0, start));
  const length = Math.max(1, Math.min(limit, start + side) - from);
  const before = Math.min(side - length, Math.max(0, from - start));
  return { from, length, before, after: side - length - before };
}
