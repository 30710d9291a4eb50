// Every key of the configuration with its bounds, default and description; the types and all documents come from here.
import { z } from 'zod';
import { ageGroupSchema, checkAgeGroups, DEFAULT_AGE_GROUPS } from './age-groups.ts';
import { isTimeZone } from './checks.ts';
import { httpSchema } from './http-schema.ts';
import { alsoIncomplete, path, topicLevel } from './leaves.ts';
import { mqttSchema } from './mqtt-schema.ts';
import { openingHoursSchema } from './opening-hours-schema.ts';
import { pictureSchema } from './picture-schema.ts';
import { privacySchema } from './privacy-schema.ts';
import { sourceSchema } from './source-schema.ts';
import { areTriggersAndAgesWhole, checkAgesOfRules, triggersSchema } from './triggers-schema.ts';

const confidence = z.number().min(0).max(1);
const optionalConfidence = confidence.nullable().default(null);

const models = z.strictObject({
  pack: z
    .string()
    .min(1)
    .default('default')
    .describe(
      'Which nets are loaded; onlooker models list tells the packs. With count-only there is no age or gender.',
    ),
  packFile: path.describe('A pack of nets of your own, described in this file; taken instead of models.pack.'),
  folder: path.describe('Folder of the prepared models; null for the one that belongs to the program.'),
});

const detector = z
  .strictObject({
    farWidth: z
      .number()
      .int()
      .multipleOf(32)
      .min(192)
      .max(960)
      .nullable()
      .default(null)
      .describe(
        'Width of what the detector sees: 320 reaches about 2 m, 416 about 3 m, 640 about 4 m; null as in the pack.',
      ),
    startConfidence: optionalConfidence.describe('A detection at least this sure starts a track; null as in the pack.'),
    continueConfidence: optionalConfidence.describe(
      'A detection at least this sure continues it; null as in the pack.',
    ),
  })
  .refine(({ startConfidence, continueConfidence }) => (continueConfidence ?? 0) <= (startConfidence ?? 1), {
    ...alsoIncomplete,
    path: ['continueConfidence'],
    message: 'must not be above detector.startConfidence',
  });

const tracker = z.strictObject({
  maxGapMs: z
    .number()
    .int()
    .min(200)
    .max(10_000)
    .default(1000)
    .describe('Longest time a face may be out of sight and still be the same viewer; never below 2.5 frames.'),
  staticAfterMs: z
    .number()
    .int()
    .min(10_000)
    .max(3_600_000)
    .default(180_000)
    .describe('A face that does not change at all for this long is a poster and stops being a viewer.'),
});

const attention = z.strictObject({
  maxYawDegrees: z.number().min(1).max(90).default(25).describe('A face turned no further than this is attending.'),
  watcherMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(1000)
    .describe('Attention that makes a viewer a watcher, in milliseconds.'),
});

const age = z.strictObject({
  groups: z
    .array(ageGroupSchema)
    .min(1)
    .max(12)
    .superRefine(checkAgeGroups)
    .default(DEFAULT_AGE_GROUPS)
    .describe('Age groups, youngest first; they begin at 0 and leave no year out.'),
  minConfidence: confidence.default(0.5).describe('Below this probability of the best group the age is unknown.'),
});

// On half A of the labelled faces about 85 % of the adults get an answer at this floor (npm run bench:accuracy).
const gender = z.strictObject({
  minConfidence: confidence.default(0.65).describe('Below this probability the gender is unknown.'),
});

const looks = z.strictObject({
  maxPerTrack: z.number().int().min(1).max(50).default(8).describe('Most classifications of one viewer.'),
  maxPerFrame: z.number().int().min(1).max(10).default(1).describe('Most classifications in one frame.'),
  intervalMs: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(300)
    .describe('Pause after the first classification of a viewer, in milliseconds; it doubles with each further one.'),
});

const store = z.strictObject({
  folder: path.describe('Folder of the database; null for the state folder of the system or the user.'),
  commitEveryMs: z
    .number()
    .int()
    .min(1000)
    .max(60_000)
    .default(15_000)
    .describe('How often results are written, in milliseconds; below 15000 an SD card wears out sooner.'),
  outboxMaxDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('Days that rollups wait for a broker before they are given up; a clock that is set gives up none.'),
  outboxMaxRows: z
    .number()
    .int()
    .min(100)
    .max(1_000_000)
    .default(100_000)
    .describe('Most rollups that wait for a broker; a month is 43200 minutes and 3630 longer periods.'),
  outboxMaxMegabytes: z
    .number()
    .int()
    .min(1)
    .max(4096)
    .default(64)
    .describe('Most that the rollups that wait for a broker take; the oldest are given up.'),
  keepMinutesDays: z
    .number()
    .int()
    .min(7)
    .max(3660)
    .default(90)
    .describe('Days whose single minutes are kept, by what is stored: a wrong clock deletes nothing, nor what waits.'),
  keepDays: z
    .number()
    .int()
    .min(7)
    .max(3660)
    .default(400)
    .describe('Days of which the periods of 15 minutes, an hour and a day are kept.'),
});

const log = z.strictObject({
  level: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('The least important messages that are logged.'),
});

export const configSchema = z
  .strictObject({
    site: topicLevel.default('local').describe('Group of screens, a part of every topic.'),
    screen: topicLevel
      .nullable()
      .default(null)
      .describe('This screen, a part of every topic; null for the name of the host.'),
    timezone: z
      .string()
      .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
      .nullable()
      .default(null)
      .describe('Time zone in which days begin, such as Europe/Berlin; null for that of the system.'),
    openingHours: openingHoursSchema,
    source: sourceSchema
      .prefault({})
      .describe('Where the frames come from. Without input, camera, command and scenario the demo scene is played.'),
    picture: pictureSchema.prefault({}).describe('How the picture of the camera is taken and what of it may be seen.'),
    models: models.prefault({}).describe('The nets that find and classify faces.'),
    detector: detector.prefault({}).describe('How faces are found.'),
    tracker: tracker.prefault({}).describe('How the faces of successive frames become one viewer.'),
    attention: attention.prefault({}).describe('What counts as looking at the screen.'),
    age: age.prefault({}).describe('What is said about age.'),
    gender: gender.prefault({}).describe('What is said about gender.'),
    looks: looks.prefault({}).describe('How often a face is classified.'),
    triggers: triggersSchema
      .prefault({})
      .describe('Which advertisement is to be shown for which audience; docs/triggers.md has examples.'),
    privacy: privacySchema
      .prefault({})
      .describe('What is withheld of few people; live messages of single viewers are not, but hold no identity.'),
    store: store.prefault({}).describe('How results are kept.'),
    mqtt: mqttSchema.prefault({}).describe('How results are published.'),
    http: httpSchema
      .prefault({})
      .describe(
        'What browsers on this machine can see; the page needs the embedded broker, and its WebSocket opens for it.',
      ),
    log: log.prefault({}).describe('What is logged.'),
  })
  .superRefine(checkAgesOfRules, { when: areTriggersAndAgesWhole });

/** As written in the file. */
export type Settings = z.infer<typeof configSchema>;
