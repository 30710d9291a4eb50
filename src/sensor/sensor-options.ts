// Defines what the sensor is told: one JSON argument, given by the daemon that starts it.
import { z } from 'zod';
import type { FollowOptions } from '../audience/follow.ts';
import { packChoiceSchema } from '../models/pack.ts';

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

const even = z.number().int().min(0).multipleOf(2);
const frameSchema = z
  .strictObject({ width: pixels.multipleOf(2), height: pixels.multipleOf(2), strideBytes: pixels.multipleOf(2) })
  .refine(({ width, strideBytes }) => strideBytes >= width, 'strideBytes is less than width');

const polygon = z
  .array(z.tuple([z.number(), z.number()]).readonly())
  .min(3)
  .readonly();

const viewSchema = z
  .strictObject({
    source: frameSchema,
    rotateDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
    mirror: z.boolean(),
    region: z.strictObject({ x: even, y: even, width: pixels.multipleOf(2), height: pixels.multipleOf(2) }),
    mask: z.array(polygon).readonly().nullable(),
  })
  .refine(({ source, rotateDegrees, region }) => {
    const [width, height] = rotateDegrees % 180 === 0 ? [source.width, source.height] : [source.height, source.width];
    return region.x + region.width <= width && region.y + region.height <= height;
  }, 'region ends outside the upright picture');

const sensorOptionsFields = z.strictObject({
  /** What is looked at. */
  frame: frameSchema,
  /** How that is made of the frames of the source; null where they are looked at as they are. */
  view: viewSchema.nullable(),
  periodMs: z.number().positive(),
  clock: z.enum(['monotonic', 'media']),
  live: z.boolean(),
  healthRules: z.boolean(),
  pack: packChoiceSchema,
  detector: z.strictObject({ farWidth: pixels.multipleOf(32).nullable() }),
  follow: followOptionsSchema,
  attention: z.strictObject({ maxYawDegrees: z.number().min(0).max(90) }),
  gate: z.strictObject({ maxSkipMs: milliseconds, maxEmptySkipMs: milliseconds }),
});

const sensorOptionsSchema = sensorOptionsFields.refine(
  ({ frame, view }) =>
    view === null ||
    (frame.width === view.region.width && frame.height === view.region.height && frame.strideBytes === frame.width),
  { path: ['frame'], message: 'is not the region of the view' },
);

export type SensorOptions = Readonly<z.infer<typeof sensorOptionsSchema>>;
