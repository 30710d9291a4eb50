// Loads a pack of nets and offers what can be seen in one frame: faces, zoom checks of them, and classifications.
import type { Detection } from '../audience/follow.ts';
import { openPack } from '../models/pack.ts';
import type { Box } from '../observation/observation.ts';
import { type Classification, openClassifiers } from './classify/open-classifiers.ts';
import { openDetector } from './detect/open-detector.ts';
import { bgrFromI420, scope } from './opencv.ts';
import type { SensorOptions } from './sensor-options.ts';

/** One frame; its calls are made one after another. */
export type Scene = Readonly<{
  detect(): Promise<readonly Detection[]>;
  /** Null where the detector cannot look again from near. */
  zoomCheck(box: Box): Promise<number | null>;
  /** Null without a classifier. */
  classify(box: Box): Promise<Classification | null>;
}>;

/** Shows a frame to `work`; nothing of the frame outlives it. */
export type Sight = <T>(bytes: Buffer, work: (scene: Scene) => Promise<T>) => Promise<T>;

/** Throws a ModelError for a net that is missing, damaged or unreadable. */
export function openSight({ frame, pack: choice, detector: { farWidth } }: SensorOptions): Sight {
  const pack = openPack(choice);
  const detector = openDetector(pack.detector, frame, farWidth);
  const classify = openClassifiers(pack);
  return (bytes, work) =>
    scope(async (keep) => {
      const picture = bgrFromI420(keep, bytes, frame);
      return work({
        detect: () => detector.detect(keep, picture),
        zoomCheck: async (box) => (detector.zoomCheck === null ? null : detector.zoomCheck(keep, picture, box)),
        classify: (box) => classify(keep, picture, box),
      });
    });
}
