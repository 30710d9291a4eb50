// The messages between the daemon and its sensor process.
import { z } from 'zod';
import { observationSchema } from './observation.ts';

const milliseconds = z.number().min(0);

/** Time one frame took in each stage of the sensor, milliseconds. */
const stageTimesSchema = z.object({
  capture: milliseconds.describe('From the last byte of the frame to the start of work on it.'),
  gate: milliseconds,
  detect: milliseconds,
  zoom: milliseconds,
  track: milliseconds,
  look: milliseconds,
});

export const fromSensorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('observation'),
    observation: observationSchema,
    stages: stageTimesSchema,
    sentAt: z.number().describe('Monotonic milliseconds when it was handed to the channel.'),
  }),
  z.object({ kind: z.literal('ended'), frames: z.number().int() }),
  z.object({ kind: z.literal('failed'), code: z.enum(['model', 'frames', 'bug']), message: z.string() }),
]);

/** The daemon acknowledges observations by their seq, so that at most a window of them is under way. */
export const toSensorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledged'), seq: z.number().int() }),
]);

export type StageTimes = Readonly<z.infer<typeof stageTimesSchema>>;
export type FromSensor = Readonly<z.infer<typeof fromSensorSchema>>;
export type ToSensor = Readonly<z.infer<typeof toSensorSchema>>;
