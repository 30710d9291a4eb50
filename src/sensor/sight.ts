// Loads a pack of nets and offers what can be seen in one frame: faces, zoom checks of them, and classifications.
import type { Detection } from '../audience/follow.ts';
import { shareWithin } from '../audience/geometry.ts';
import { openPack } from '../models/pack.ts';
import type { Box } from '../observation/observation.ts';
import { type Classification, openClassifiers } from './classify/open-classifiers.ts';
import { openDetector } from './detect/open-detector.ts';
import { frameBytes } from './luma.ts';
import { bgrFromI420, scope } from './opencv.ts';
import type { SensorOptions } from './sensor-options.ts';

/** One frame; its calls are made one after another. */
export type ShownFrame = Readonly<{
  detect(): Promise<readonly Detection[]>;
  /** Null where the detector cannot look again from near. */
  zoomCheck(box: Box): Promise<number | null>;
  /** Null without a classifier. */
  classify(box: Box): Promise<Classification | null>;
}>;

/** Shows a frame to `work`; nothing of the frame outlives it. */
export type Sight = <T>(bytes: Buffer, work: (shown: ShownFrame) => Promise<T>) => Promise<T>;

/** A face that the edge of the frame cuts has not come yet, or has gone. See docs/decisions/0010-who-counts-at-the-edges.md. */
const LEAST_SHARE_WITHIN = 0.75;

/** Throws a ModelError for a net that is missing, damaged, unreadable or not as described. */
export async function openSight(options: SensorOptions): Promise<Sight> {
  const sight = loadedSight(options);
  // A net that does not fit its description is told of now, not at the first face of the day.
  await sight(Buffer.alloc(frameBytes(options.frame), GRAY), async (shown) => {
    const { width, height } = options.frame;
    const middle = { x: width / 4, y: height / 4, width: width / 2, height: height / 2 };
    await shown.detect();
    await shown.zoomCheck(middle);
    await shown.classify(middle);
  });
  return sight;
}

const GRAY = 128;
/** Of the confidence that starts a track: a recording holds weaker faces, so that another threshold can be tried on it. */
const RECORDED_FROM = 0.6;

function loadedSight({ frame, pack: choice, detector: { farWidth }, follow }: SensorOptions): Sight {
  const pack = openPack(choice);
  const minConfidence = Math.min(RECORDED_FROM * follow.startConfidence, follow.continueConfidence);
  const detector = openDetector(pack.detector, frame, { farWidth, minConfidence });
  const classify = openClassifiers(pack);
  return (bytes, work) =>
    scope(async (keep) => {
      const picture = bgrFromI420(keep, bytes, frame);
      return work({
        detect: async () =>
          (await detector.detect(keep, picture)).filter(({ box }) => shareWithin(box, frame) >= LEAST_SHARE_WITHIN),
        zoomCheck: async (box) => (detector.zoomCheck === null ? null : detector.zoomCheck(keep, picture, box)),
        classify: (box) => classify(keep, picture, box),
      });
    });
}
