// What each of the programs compared prints when its film is over.
import { z } from 'zod';

export const loopFiguresSchema = z.object({
  /** Of the program and all that it started, from the end of the first frame on: loading the nets is left out. */
  processorSeconds: z.number(),
  frames: z.number().int(),
  /** In all frames together. */
  faces: z.number().int(),
  /** Answers given: one per face of a frame, or, where people are followed, one per viewer. */
  genders: z.object({ female: z.number().int(), male: z.number().int(), unknown: z.number().int() }),
});

export type LoopFigures = Readonly<z.infer<typeof loopFiguresSchema>>;
