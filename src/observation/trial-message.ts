// The messages of the program that tries the nets: which OpenCV was loaded, and how long each net takes on this machine.
import * as z from 'zod';

export const trialMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opencv'), version: z.string(), threads: z.number().int() }),
  z.object({
    kind: z.literal('timed'),
    net: z.string(),
    farWidth: z.number().nullable().describe('Width of what a detector was shown; null for a classifier.'),
    milliseconds: z.number().min(0).describe('Of one frame or one face, the median of a few.'),
  }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

export type TrialMessage = Readonly<z.infer<typeof trialMessageSchema>>;
export type NetTime = Readonly<Omit<Extract<TrialMessage, { kind: 'timed' }>, 'kind'>>;
