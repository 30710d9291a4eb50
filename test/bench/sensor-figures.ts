// What the sensor of the bench says at its end about its own processor time.
import { z } from 'zod';

export const sensorFiguresSchema = z.object({
  kind: z.literal('figures'),
  /** Milliseconds of processor time by label, that of the forward passes under `FORWARD`. */
  sums: z.record(z.string(), z.number()),
  /** Forward passes by the size of their input. */
  passes: z.record(z.string(), z.number().int()),
  /** Processor time of one forward pass of the detector at 320×192, milliseconds. */
  referenceMs: z.number(),
});

export type SensorFigures = Readonly<z.infer<typeof sensorFiguresSchema>>;

export type BenchFrames = Readonly<{ warmUp: number; measured: number }>;

export const FORWARD = 'forward';
