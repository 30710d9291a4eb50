// Times the nets of a pack on this machine, one after another, on a frame of noise.
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { openPack, packChoiceSchema } from '../models/pack.ts';
import type { TrialMessage } from '../observation/trial-message.ts';
import { openClassifiers } from './classify/open-classifiers.ts';
import { openDetector } from './detect/open-detector.ts';
import { frameBytes } from './luma.ts';
import { monotonicMs } from './monotonic.ts';
import { bgrFromI420, type Keep, type Mat, openCvFacts, scope } from './opencv.ts';

/** `argument` is that of the program. Throws a ModelError for nets that are missing, damaged or unreadable. */
export async function timeNets(argument: string | undefined, tell: (message: TrialMessage) => void): Promise<void> {
  const { pack: choice, frame, farWidths } = optionsSchema.parse(JSON.parse(argument ?? 'null'));
  tell({ kind: 'opencv', ...openCvFacts() });
  const { detector, classifiers } = openPack(choice);
  // A cascade gives up on a plain picture at once; on noise it has to look.
  const bytes = randomBytes(frameBytes(frame));
  const { width, height } = frame;
  const face = { x: width / 4, y: height / 4, width: width / 2, height: height / 2 };
  const [first, ...others] = farWidths;
  await timeDetector(first);
  for (const classifier of classifiers) {
    const classify = openClassifiers({ classifiers: [classifier], calibration: null });
    const milliseconds = await typicalMs((keep, picture) => classify(keep, picture, face));
    tell({ kind: 'timed', net: classifier.net.spec.name, farWidth: null, milliseconds });
  }
  for (const farWidth of others) await timeDetector(farWidth);

  async function timeDetector(farWidth: number): Promise<void> {
    const { detect } = openDetector(detector, frame, { farWidth, minConfidence: MIN_CONFIDENCE });
    tell({ kind: 'timed', net: detector.spec.name, farWidth, milliseconds: await typicalMs(detect) });
  }

  /** The first time is left out: the net allocates its layers then. */
  function typicalMs(work: (keep: Keep, picture: Mat) => Promise<unknown>): Promise<number> {
    return scope(async (keep) => {
      const picture = bgrFromI420(keep, bytes, frame);
      await work(keep, picture);
      const times: number[] = [];
      const until = monotonicMs() + LONGEST_MS;
      do {
        const startedAt = monotonicMs();
        await work(keep, picture);
        times.push(monotonicMs() - startedAt);
      } while (times.length < MOST_TIMES && monotonicMs() < until);
      return median(times);
    });
  }
}

const pixels = z.number().int().positive();

const optionsSchema = z.strictObject({
  pack: packChoiceSchema,
  frame: z.strictObject({ width: pixels, height: pixels, strideBytes: pixels }),
  /** The first is of interest most, should there be no time for all. */
  farWidths: z.tuple([pixels], pixels),
});

const MIN_CONFIDENCE = 0.4;
const MOST_TIMES = 5;
const LONGEST_MS = 500;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
