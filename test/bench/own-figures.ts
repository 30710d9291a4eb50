// What the bench tells our own loop, and what that prints when its film is over.
import { z } from 'zod';
import { loopFiguresSchema } from './loop-figures.ts';

export const ownSetupSchema = z.object({
  film: z.string(),
  /** Null for the default pack. */
  packFile: z.string().nullable(),
  /** `off`: faces are looked for in every frame. */
  gate: z.enum(['as shipped', 'off']),
});

export const ownFiguresSchema = loopFiguresSchema.extend({
  /** Frames in which faces were looked for. */
  detections: z.number().int(),
  viewers: z.number().int(),
  personSeconds: z.number(),
  looks: z.number().int(),
});

export type OwnSetup = Readonly<z.infer<typeof ownSetupSchema>>;
export type OwnFigures = Readonly<z.infer<typeof ownFiguresSchema>>;
