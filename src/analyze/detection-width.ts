// How wide a single picture is shown to the detector: wider than a frame of a film, since nothing hurries.
import type { FrameSize } from '../sensor/detect/detector.ts';

/** As many pixels as 1280 by 960 have; faces of about a hundredth of the width are found then. */
const MOST_PIXELS = 1280 * 960;
const STEP = 32;
/** The smallest face that is found anywhere is wider. */
const LEAST_SIDE = 12;
const MOST_ELONGATED = 50;

/** A multiple of 32. */
export function detectionWidth({ width, height }: FrameSize): number {
  const widest = Math.min(width, Math.sqrt((MOST_PIXELS * width) / height));
  return Math.max(STEP, Math.floor(widest / STEP) * STEP);
}

/** A strip of pixels would be blown up into millions for nothing. */
export function canHoldFace({ width, height }: FrameSize): boolean {
  const least = Math.min(width, height);
  return least >= LEAST_SIDE && Math.max(width, height) <= MOST_ELONGATED * least;
}
