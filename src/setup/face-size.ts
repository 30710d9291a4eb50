// How wide a face is in the picture that a detector is shown, from distance and lens, and whether that is enough for it.
import type { DetectorSpec } from '../models/net-schema.ts';

/**
 * Breadth of a face from cheekbone to cheekbone: 143 mm of men and 135 mm of women on average (NIOSH survey of heads and faces,
 * 3997 people, Zhuang and Bradtmiller 2005). Those of children are narrower, so they have to be nearer.
 */
const FACE_WIDTH_METERS = 0.14;

/**
 * Narrower faces, in pixels of the picture that the detector is shown, it misses too often. Measured with faces of 14 to 140
 * pixels set into pictures of 640 × 360: from here on three of four are found in a single frame; of those that the cascade sees
 * at all, two of three, and never more.
 */
const SMALLEST_FACE_PIXELS: Readonly<Record<DetectorSpec['decoder'], number>> = {
  'full-range': 15,
  yunet: 14,
  ssd: 24,
  haar: 60,
};

/** Of a lens of which nothing is known, as webcams have it; a narrower one makes faces larger. */
export const USUAL_FIELD_OF_VIEW = 70;

/** Of the camera modules of the Raspberry Pi, by their sensors (raspberrypi.com, documentation of the camera hardware). */
const FIELDS_OF_VIEW: Readonly<Record<string, number>> = { ov5647: 54, imx219: 62, imx708: 66, imx708_wide: 102 };

/** Widths to choose for the detector, the cheapest first. */
export const WIDTHS: readonly number[] = [320, 416, 640, 960];

/** Of people at this distance, seen with a horizontal field of view of so many degrees. */
export type Placement = Readonly<{ distanceMeters: number; fieldOfViewDegrees: number }>;

/** `width` is that of the picture in which the detector finds them. */
export type FaceVerdict = Readonly<
  { facePixels: number; smallestPixels: number; reachMeters: number; width: number } & (
    | { kind: 'enough' }
    /** With the detector shown a picture of this width they are large enough. */
    | { kind: 'wider'; farWidth: number }
    /** With no width; the widest reaches so far, and a lens of this field of view would do. */
    | { kind: 'beyond'; farWidth: number; mostMeters: number; narrowerDegrees: number }
  )
>;

/** `widths` are those to choose from. */
export function judgeFaces(
  placement: Placement,
  decoder: DetectorSpec['decoder'],
  width: number,
  widths = WIDTHS,
): FaceVerdict {
  const smallestPixels = SMALLEST_FACE_PIXELS[decoder];
  const facePixels = facePixelsAt(placement, width);
  const facts = { facePixels, smallestPixels, reachMeters: reachMeters(placement, decoder, width), width };
  if (facePixels >= smallestPixels) return { kind: 'enough', ...facts };
  const farWidth = widths.find((one) => facePixelsAt(placement, one) >= smallestPixels);
  if (farWidth !== undefined) return { kind: 'wider', farWidth, ...facts };
  const widest = Math.max(width, ...widths);
  const mostMeters = reachMeters(placement, decoder, widest);
  const half = Math.atan((FACE_WIDTH_METERS * widest) / (2 * smallestPixels * placement.distanceMeters));
  return { kind: 'beyond', farWidth: widest, mostMeters, narrowerDegrees: (half * 360) / Math.PI, ...facts };
}

export function facePixelsAt({ distanceMeters, fieldOfViewDegrees }: Placement, width: number): number {
  return (FACE_WIDTH_METERS * width) / seenMeters(distanceMeters, fieldOfViewDegrees);
}

/** The distance from which on faces are too small. */
export function reachMeters(
  { fieldOfViewDegrees }: Pick<Placement, 'fieldOfViewDegrees'>,
  decoder: DetectorSpec['decoder'],
  width: number,
): number {
  return (FACE_WIDTH_METERS * width) / (SMALLEST_FACE_PIXELS[decoder] * seenMeters(1, fieldOfViewDegrees));
}

/** How wide the detector is shown a frame; what is blown up shows no more of a face. */
export function shownWidth(
  detector: DetectorSpec,
  frame: Readonly<{ width: number; height: number }>,
  farWidth: number | null,
): number {
  return Math.min(frame.width, inputWidth(detector, frame, farWidth));
}

/** Of a part of the picture, as wide as this share of it; of the whole, where one of the part is given with the inverse. */
export function fieldOfPart(degrees: number, share: number): number {
  return (Math.atan(share * Math.tan((degrees * Math.PI) / 360)) * 360) / Math.PI;
}

/** By the name that its driver gives the camera; null where it says nothing of the lens. */
export function knownFieldOfView(name: string): number | null {
  return FIELDS_OF_VIEW[name] ?? null;
}

/** A single-shot detector is given a height, or a square. */
function inputWidth(
  detector: DetectorSpec,
  { width, height }: Readonly<{ width: number; height: number }>,
  farWidth: number | null,
): number {
  if (detector.decoder !== 'ssd') return farWidth ?? detector.far.width;
  const { height: side, keepAspect } = detector.geometry;
  return keepAspect ? Math.max(farWidth ?? 0, (side * width) / Math.min(width, height)) : side;
}

/** How much of the world fits into the width of the picture. */
function seenMeters(distanceMeters: number, fieldOfViewDegrees: number): number {
  return 2 * distanceMeters * Math.tan((fieldOfViewDegrees * Math.PI) / 360);
}
