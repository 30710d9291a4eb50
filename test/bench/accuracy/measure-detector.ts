// Measures one detector: which placed faces it finds, what it takes for a face where none is, and how long it takes.
import { ZOOM_THRESHOLD } from '../../../src/audience/confirm.ts';
import type { Box } from '../../../src/observation/observation.ts';
import type { FrameSize } from '../../../src/sensor/detect/detector.ts';
import { cv } from '../../../src/sensor/load-opencv.ts';
import { bgrFromI420, type Keep, type Mat, scope } from '../../../src/sensor/opencv.ts';
import type { FaceScene } from './face-scenes.ts';
import type { FacelessFilm } from './faceless-films.ts';
import { bestMedian, facesFound } from './judge-detections.ts';
import type { OpenedDetector } from './open-detectors.ts';
import { type Share, shareOf } from './statistics.ts';

export type DetectorFigures = Readonly<{
  net: string;
  farWidth: number;
  /** Boxes count from this confidence on. */
  startConfidence: number;
  recall: readonly WithCheck<Share>[];
  falseBoxes: readonly WithCheck<number>[];
  frameMs: number;
  checkMs: number | null;
}>;

export type FacesOfOneWidth = Readonly<{ widthPx: number; scenes: readonly FaceScene[] }>;

/** `confirmed` is what one zoom check of each box leaves; null for a detector without. */
type WithCheck<T> = Readonly<{ found: T; confirmed: T | null }>;

/** In the order of `widths` and `films`. */
export async function measureDetector(
  opened: OpenedDetector,
  widths: readonly FacesOfOneWidth[],
  films: readonly FacelessFilm[],
  frame: FrameSize,
): Promise<DetectorFigures> {
  const times: Times = { frames: [], checks: [] };
  const recall: WithCheck<Share>[] = [];
  for (const { scenes } of widths) {
    const hits = await sumOver(scenes, async ({ pixels, faces }) => {
      const { found, confirmed } = await scope((keep) => {
        const picture = keep(new cv.Mat(Buffer.from(pixels.bytes), pixels.height, pixels.width, cv.CV_8UC3));
        return see(keep, picture, opened, times);
      });
      return { found: facesFound(faces, found), confirmed: confirmed && facesFound(faces, confirmed) };
    });
    const count = scenes.reduce((sum, { faces }) => sum + faces.length, 0);
    const { found, confirmed } = hits;
    recall.push({ found: shareOf(found, count), confirmed: confirmed === null ? null : shareOf(confirmed, count) });
  }
  const falseBoxes: WithCheck<number>[] = [];
  for (const { frames } of films) {
    const boxes = await sumOver(frames, async (bytes) => {
      const { found, confirmed } = await scope((keep) =>
        see(keep, bgrFromI420(keep, bytes, { ...frame, strideBytes: frame.width }), opened, times),
      );
      return { found: found.length, confirmed: confirmed?.length ?? null };
    });
    falseBoxes.push(boxes);
  }
  return {
    net: opened.spec.name,
    farWidth: opened.farWidth,
    startConfidence: opened.spec.thresholds.start,
    recall,
    falseBoxes,
    frameMs: bestMedian(times.frames),
    checkMs: times.checks.length === 0 ? null : bestMedian(times.checks),
  };
}

type Times = Readonly<{ frames: number[]; checks: number[] }>;

async function see(
  keep: Keep,
  picture: Mat,
  { spec, detector }: OpenedDetector,
  times: Times,
): Promise<WithCheck<readonly Box[]>> {
  const startedAt = performance.now();
  const detections = await detector.detect(keep, picture);
  times.frames.push(performance.now() - startedAt);
  const found = detections.flatMap(({ box, confidence }) => (confidence >= spec.thresholds.start ? [box] : []));
  if (detector.zoomCheck === null) return { found, confirmed: null };
  const confirmed: Box[] = [];
  for (const box of found) {
    const checkedAt = performance.now();
    if ((await detector.zoomCheck(keep, picture, box)) >= ZOOM_THRESHOLD) confirmed.push(box);
    times.checks.push(performance.now() - checkedAt);
  }
  return { found, confirmed };
}

async function sumOver<T>(
  all: readonly T[],
  count: (one: T) => Promise<WithCheck<number>>,
): Promise<WithCheck<number>> {
  let found = 0;
  let confirmed: number | null = null;
  for (const one of all) {
    const counted = await count(one);
    found += counted.found;
    if (counted.confirmed !== null) confirmed = (confirmed ?? 0) + counted.confirmed;
  }
  return { found, confirmed };
}
