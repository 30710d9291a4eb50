// Every key of a scenario with its bounds, default and description; the types and docs/scenario.md come from here.
import { z } from 'zod';
import { clockTime } from '../config/clock-time.ts';
import { openingHoursSchema } from '../config/opening-hours-schema.ts';
import { AWAY_FAULTS } from '../observation/fault.ts';
import { classifierSchema } from './classifier-schema.ts';

const ratio = z.number().min(0).max(1);
const WEEK_SECONDS = 604_800;
const instant = z.number().min(0).max(WEEK_SECONDS);

/** Least and most, as a pair in the file; what lies between is drawn evenly. */
function range(least: number, most: number, [from, to]: readonly [number, number]) {
  return z
    .array(z.number().min(least).max(most))
    .length(2)
    .refine(([a = 0, b = 0]) => a <= b, 'must begin with the smaller number')
    .transform(([a = 0, b = 0]) => ({ from: a, to: b }))
    .prefault([from, to]);
}

const groupSchema = z.strictObject({
  count: range(0, 40, [1, 1]).describe('How many such people, least and most.'),
  ageYears: range(0, 100, [18, 65]).describe('Their age in years, least and most.'),
  femaleRatio: ratio.default(0.5).describe('Share of women and girls.'),
});

const perMinute = z.number().min(0).max(600);

const arrivalSchema = z.strictObject({
  perMinute: perMinute.default(0).describe('Groups that come in a minute on average, at random instants.'),
  hours: z
    .array(
      z.strictObject({
        from: clockTime.describe('First minute, such as 08:00.'),
        to: clockTime.describe('End, such as 20:00.'),
        perMinute: perMinute.describe('Groups that come in a minute on average.'),
      }),
    )
    .min(0)
    .max(48)
    .default([])
    .describe('Other rates at some times of the day; the first that fits counts.'),
  atSeconds: z.array(instant).min(0).max(1000).default([]).describe('Further groups, so long after the start.'),
  group: z
    .array(groupSchema)
    .min(1)
    .max(10)
    .prefault([{}])
    .describe('Who comes together; they walk side by side and look at the same time.'),
  faceWidthRatio: range(0.03, 0.4, [0.07, 0.1]).describe(
    'Width of a face as a share of the width of the picture, least and most.',
  ),
  crossSeconds: range(1, 60, [4, 7]).describe(
    'Time to walk from one side of the picture to the other, least and most.',
  ),
  staySeconds: range(0, 86_400, [0, 0]).describe('How long they stop on their way, least and most.'),
  lookSeconds: range(0, 86_400, [0, 3]).describe('How long they look at the screen, least and most.'),
});

const posterSchema = z.strictObject({
  xRatio: ratio.describe('Center of the face from the left as a share of the width of the picture.'),
  yRatio: ratio.describe('Center of the face from the top as a share of the height of the picture.'),
  faceWidthRatio: z.number().min(0.03).max(0.4).default(0.1).describe('Width of the face, a share as well.'),
  ageYears: z.number().min(0).max(100).default(30).describe('How old the face looks.'),
  gender: z.enum(['female', 'male']).default('female').describe('Gender of the face.'),
});

const detectorSchema = z.strictObject({
  missRatio: ratio.default(0.03).describe('Share of the frames in which a face is not found.'),
  jitterRatio: z.number().min(0).max(0.3).default(0.02).describe('Standard deviation of a box in widths of the face.'),
  confidence: range(0, 1, [0.75, 0.98]).describe('How sure it is of a face, least and most.'),
});

const lossTimes = {
  atSeconds: instant.describe('When it begins, after the start.'),
  lastsSeconds: z.number().min(0.5).max(86_400).default(10).describe('How long it lasts.'),
  everySeconds: z
    .number()
    .min(1)
    .max(WEEK_SECONDS)
    .nullable()
    .default(null)
    .describe('Again so long after each start; longer than it lasts.'),
};

type LossTimes = Readonly<{ lastsSeconds: number; everySeconds: number | null }>;

function comesBack({ lastsSeconds, everySeconds }: LossTimes): boolean {
  return everySeconds === null || everySeconds > lastsSeconds;
}

const NEVER_BACK = {
  path: ['everySeconds'],
  message: 'must be longer than it lasts (lastsSeconds), else it never comes back',
};

export const scenarioSchema = z.strictObject({
  description: z
    .string()
    .min(1)
    .max(300)
    .default('A scenario of your own.')
    .describe('What is to be seen, in one sentence.'),
  seed: z.number().int().min(0).max(4_294_967_295).default(1).describe('Another number makes other people.'),
  startsAt: clockTime
    .nullable()
    .default(null)
    .describe('Time of the day at which onlooker simulate begins; null for the present one.'),
  lastsSeconds: z.number().min(1).max(WEEK_SECONDS).nullable().default(null).describe('How long it is; null for ever.'),
  framesPerSecond: z.number().min(1).max(30).default(10).describe('Frames in a second.'),
  openingHours: openingHoursSchema,
  arrivals: z.array(arrivalSchema).min(0).max(50).prefault([]).describe('Who comes, and how often.'),
  posters: z.array(posterSchema).min(0).max(20).default([]).describe('Faces that never change, as on a poster.'),
  cameraLosses: z
    .array(
      z
        .strictObject({
          ...lossTimes,
          fault: z
            .enum(AWAY_FAULTS)
            .default('absent')
            .describe('What is said to be wrong; see docs/troubleshooting.md.'),
        })
        .refine(comesBack, NEVER_BACK),
    )
    .min(0)
    .max(100)
    .default([])
    .describe('When the camera is away.'),
  brokerLosses: z
    .array(z.strictObject(lossTimes).refine(comesBack, NEVER_BACK))
    .min(0)
    .max(100)
    .default([])
    .describe('When the broker is away; only in onlooker simulate.'),
  clockJumps: z
    .array(
      z.strictObject({
        atSeconds: instant.describe('When it happens, after the start.'),
        bySeconds: z
          .number()
          .min(-315_360_000)
          .max(315_360_000)
          .describe('How far the clock is set on, or back below 0.'),
      }),
    )
    .min(0)
    .max(100)
    .default([])
    .describe('When the clock of the device is set; only in onlooker simulate.'),
  detector: detectorSchema.prefault({}).describe('The errors of finding a face.'),
  classifier: classifierSchema.prefault({}).describe('The errors of telling age and gender.'),
});

export type Scenario = Readonly<z.infer<typeof scenarioSchema>>;
export type Arrival = Readonly<Scenario['arrivals'][number]>;
export type DetectorErrors = Readonly<z.infer<typeof detectorSchema>>;
export type Range = Readonly<{ from: number; to: number }>;
