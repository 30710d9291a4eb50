// Defines what the sensor is told: one JSON argument, given by the daemon that starts it.
import { z } from 'zod';
import type { FollowOptions } from '../audience/follow.ts';
import type { PackChoice } from '../models/pack.ts';

/** Reads the argument; throws an error that lists what is wrong with it. */
export function readSensorOptions(argument: string | undefined): SensorOptions {
  const parsed = sensorOptionsSchema.safeParse(JSON.parse(argument ?? 'null'));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`);
  throw new Error(`sensor options: ${problems.join('; ')}`);
}

const ratio = z.number().min(0).max(1);
const pixels = z.number().int().positive();
const milliseconds = z.number().min(0);

const followOptionsSchema = z.strictObject({
  periodMs: z.number().positive(),
  maxGapMs: milliseconds,
  startConfidence: ratio,
  continueConfidence: ratio,
  zoomCheck: z.boolean(),
  looks: z.strictObject({
    maxPerTrack: z.number().int().min(0),
    maxPerFrame: z.number().int().min(0),
    intervalMs: milliseconds,
    settledGender: ratio,
    settledAge: ratio,
    age: z.strictObject({
      groups: z.array(z.strictObject({ name: z.string(), fromYears: z.number(), toYears: z.number().nullable() })),
      minConfidence: ratio,
    }),
  }),
}) satisfies z.ZodType<FollowOptions>;

const sensorOptionsSchema = z.strictObject({
  frame: z
    .strictObject({ width: pixels.multipleOf(2), height: pixels.multipleOf(2), strideBytes: pixels.multipleOf(2) })
    .refine(({ width, strideBytes }) => strideBytes >= width, 'strideBytes is less than width'),
  periodMs: z.number().positive(),
  clock: z.enum(['monotonic', 'media']),
  live: z.boolean(),
  healthRules: z.boolean(),
  pack: z.strictObject({
    manifestPath: z.string(),
    folder: z.string(),
    pack: z.string(),
    packFile: z.string().nullable(),
  }) satisfies z.ZodType<PackChoice>,
  detector: z.strictObject({ farWidth: pixels.multipleOf(32).nullable() }),
  follow: followOptionsSchema,
  attention: z.strictObject({ maxYawDegrees: z.number().min(0).max(90) }),
  gate: z.strictObject({ maxSkipMs: milliseconds, maxEmptySkipMs: milliseconds }),
});

export type SensorOptions = Readonly<z.infer<typeof sensorOptionsSchema>>;
