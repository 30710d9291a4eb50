// Geometry of face boxes: overlap, distance and size, in pixels of the frame.
import type { Box } from '../observation/observation.ts';

/** Intersection over union of two boxes, 0..1. */
export function iou(a: Box, b: Box): number {
  const shared = intersection(a, b);
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared);
}

/** The area that lies in both boxes. */
export function intersection(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Distance of the centers as a multiple of the mean side of both boxes. */
export function relativeDistance(a: Box, b: Box): number {
  const dx = a.x + a.width / 2 - (b.x + b.width / 2);
  const dy = a.y + a.height / 2 - (b.y + b.height / 2);
  // Math.hypot is several times slower, and this is the innermost loop of the tracker.
  return Math.sqrt(dx * dx + dy * dy) / ((side(a) + side(b)) / 2);
}

/** Factor between the sides of two boxes, at least 1. */
export function scaleFactor(a: Box, b: Box): number {
  return Math.max(side(a) / side(b), side(b) / side(a));
}

/** The share of the box that lies within a frame, 0..1. */
export function shareWithin(box: Box, frame: Readonly<{ width: number; height: number }>): number {
  const shared = intersection(box, { x: 0, y: 0, ...frame });
  return shared === 0 ? 0 : shared / (box.width * box.height);
}

export function moved(box: Box, dx: number, dy: number): Box {
  return { x: box.x + dx, y: box.y + dy, width: box.width, height: box.height };
}

export function center(box: Box): readonly [x: number, y: number] {
  return [box.x + box.width / 2, box.y + box.height / 2];
}

function side(box: Box): number {
  return Math.max(box.width, box.height);
}
