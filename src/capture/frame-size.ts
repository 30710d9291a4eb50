// How large the frames of a film, a picture or a stream are, so that its shape is kept and no pixel is invented.

export type FrameSize = Readonly<{ width: number; height: number }>;

/** A face that counts is still 40 pixels wide at this size, and a frame stays below 2 MB. */
const LONGEST_SIDE = 1280;
/** Rows of this multiple need no padding in any consumer of I420. */
const WIDTH_STEP = 32;

export function frameSizeWithin(source: FrameSize): FrameSize {
  const shrink = Math.min(1, LONGEST_SIDE / Math.max(source.width, source.height));
  const width = Math.max(WIDTH_STEP, Math.floor((source.width * shrink) / WIDTH_STEP) * WIDTH_STEP);
  // I420 halves the height for color, so it is even.
  const height = Math.max(2, 2 * Math.round((width * source.height) / source.width / 2));
  return { width, height };
}
