// Lays a picture over another one with soft edges, so that a detector has no frame to go by.

/** Three bytes per pixel, row by row. */
export type Pixels = Readonly<{ bytes: Uint8Array; width: number; height: number }>;

/** This part of the patch's side fades into the picture below, on each side. */
const FADING_RATIO = 0.05;

/** `patch` must lie within `below`, which stays as it is. */
export function pasteSoftly(below: Pixels, patch: Pixels, left: number, top: number): Pixels {
  const bytes = Uint8Array.from(below.bytes);
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const opacity = opacityAt(x, patch.width) * opacityAt(y, patch.height);
      const from = 3 * (y * patch.width + x);
      const to = 3 * ((top + y) * below.width + left + x);
      for (let channel = 0; channel < 3; channel += 1) {
        const under = bytes[to + channel] ?? 0;
        bytes[to + channel] = Math.round(under + opacity * ((patch.bytes[from + channel] ?? 0) - under));
      }
    }
  }
  return { ...below, bytes };
}

/** From nearly 0 at an edge to 1. */
function opacityAt(position: number, length: number): number {
  const fromEdge = Math.min(position, length - 1 - position) + 0.5;
  return Math.min(1, fromEdge / (FADING_RATIO * length));
}
