// The payloads that describe a state, as schemas: the types, the checks and the reference page come from here.
import * as z from 'zod';
import { PICTURE_FAULTS } from '../observation/fault.ts';
import { ALERT_NAMES } from './alerts.ts';
import { at, count, instant, openWords, ratio, session } from './fields.ts';

const healthWord = openWords(['starting', 'ok', ...PICTURE_FAULTS, 'reconnecting', 'closed', 'ended']).describe(
  'How well the source sees; counts are known only while it is `ok`.',
);

const mass = z.number().min(0);

export const availabilitySchema = z.object({
  state: z
    .enum(['online', 'stopped', 'offline'])
    .describe('`stopped`: ended as asked; `offline`: the broker lost the daemon.'),
  session,
  at: at.describe('When it was published; of `offline`: when that connection was opened.'),
});

export const infoSchema = z.object({
  session,
  at,
  version: z.string().describe('Version of Onlooker.'),
  source: z.string().describe('Human name of the source, without credentials.'),
  pack: z
    .string()
    .nullable()
    .describe('The pack of nets in use, as configured; null for a recording, which does not say.'),
  models: z
    .array(
      z.object({
        name: z.string().describe('Name in the manifest.'),
        role: openWords(['detector', 'classifier']).describe('What it does.'),
        sha256: z.string().describe('Hash of its weights.'),
        license: z.string().describe('License of the weights.'),
        commercialUse: z.enum(['clear', 'unclear']).describe('Whether the license clearly permits commercial use.'),
      }),
    )
    .describe('The nets in use.'),
  ageGroups: z
    .array(
      z.object({
        name: z.string().describe('Name, as in every other payload.'),
        fromYears: count.describe('First year of age.'),
        toYears: count.nullable().describe('Last full year of age; null for the open end.'),
      }),
    )
    .describe('The age groups, contiguous from 0.'),
  attention: z
    .object({
      method: openWords(['yaw', 'frontal-face']).describe(
        '`yaw`: the turn of the head; `frontal-face`: every detected face counts as attending.',
      ),
      maxYawDegrees: z.number().describe('A head turned by more than this does not attend.'),
      watcherMs: count.describe('Attention that makes a viewer a watcher.'),
    })
    .describe('What counts as attention.'),
  measurement: z
    .object({
      framePeriodMs: z.number().describe('Period of the source.'),
      maxIntervalMs: z.number().describe('Longest time one frame is credited with.'),
      maxGapMs: z.number().describe('Longest gap that a track may close.'),
      confirmation: z
        .object({
          detections: count.describe('At least so many detections,'),
          milliseconds: count.describe('over at least this long,'),
          zoomCheck: z.boolean().describe('and passed by a second look at its enlarged picture.'),
        })
        .describe('What makes a track a viewer.'),
      lagMs: z.number().describe('A period is written this long after its end.'),
      genderConfidence: ratio.describe('Below it the gender is unknown.'),
      ageConfidence: ratio.describe('Below it the age group is unknown.'),
      minorRule: z.string().describe('How the probability of being under 18 is derived.'),
    })
    .describe('The thresholds behind the numbers.'),
  privacy: z
    .object({
      mode: z.enum(['age-and-gender', 'count-only']).describe('`count-only`: no net for age or gender is loaded.'),
      stored: z.string().describe('What is kept, in words.'),
      k: count.describe(
        'In rollups an age group and gender of fewer viewers is told as `unknown`; with 1 nothing is withheld.',
      ),
      minors: z
        .object({
          gate: openWords(['on', 'off', 'inactive']).describe(
            '`inactive`: no net answers the age, so nobody is judged.',
          ),
          limitRatio: ratio.nullable().describe('The limit; null where the gate is off.'),
          rule: z.string().describe('What the gate does, in words.'),
        })
        .describe('The gate for minors.'),
    })
    .describe('The privacy policy in force.'),
});

export const nowSchema = z.object({
  session,
  seq: count.describe('Grows by one with each message of the session.'),
  at,
  ttlMs: count.describe('How long the state may be believed; see the rule for consumers.'),
  ageMs: z.number().min(0).nullable().describe('Age of the newest observation at publishing; null before the first.'),
  health: healthWord,
  present: count.nullable().describe('Viewers present; null when nothing is known, 0 when nobody is there.'),
  attending: count.nullable().describe('Viewers present who attend to the screen.'),
  watchers: count.nullable().describe('Viewers present whose attention has reached the threshold in `info`.'),
  longestDwellMs: count.nullable().describe('Dwell of the viewer who has been here longest.'),
  ageGroups: z
    .record(z.string(), mass)
    .nullable()
    .describe(
      'Expected number of viewers present per age group, `under18` for those who may be minors, and `unknown`.',
    ),
  gender: z
    .object({
      female: mass.describe('Expected number of women.'),
      male: mass.describe('Expected number of men.'),
      unknown: mass.describe('Viewers not settled yet, children, and those who may be minors.'),
    })
    .nullable()
    .describe('Expected number of viewers present per gender.'),
  majorityAgeGroup: majorityOf('age group'),
  majorityGender: majorityOf('gender'),
});

const alertName = openWords(ALERT_NAMES);

export const alertSchema = z.object({
  session,
  at,
  alert: alertName.describe('What is wrong; also the last level of the topic.'),
  on: z.boolean().describe('Whether it still is.'),
  since: instant.describe('When it was noticed.'),
  until: instant.nullable().describe('When it had gone; null while it lasts.'),
  detail: z.string().describe('What is wrong, in words.'),
});

export const healthSchema = z.object({
  session,
  at,
  health: healthWord,
  fault: alertName
    .nullable()
    .describe('The same as one of the words of alerts; null when nothing is wrong with the camera.'),
  detail: z.string().nullable().describe('What is wrong, in words; null when nothing is.'),
  framesPerSecond: z.number().min(0).nullable().describe('Rate of the frames looked at.'),
  frameAgeMs: z.number().min(0).nullable().describe('Age of the newest frame.'),
  luma: z.number().nullable().describe('Mean brightness of the picture, 0 to 255.'),
  sharpness: z.number().nullable().describe('Mean absolute difference of neighboring pixels, 0 to 255.'),
  framesDropped: count.describe('Frames passed over: a newer one was there, or a net failed on it.'),
  observationsDropped: count.describe('Observations that the daemon was too busy to take.'),
  restarts: count.describe('How often the source had to be started again in this session.'),
  outboxDepth: count.nullable().describe('Rollups that the broker has not acknowledged yet.'),
  rollupsLost: count.describe(
    'Rollups of this session that no broker took in time: they will not be sent by themselves any more.',
  ),
  liveMessagesDropped: count.describe('Live messages that came up while no broker was connected.'),
  messagesRefused: count.describe('Messages of others that were not understood, or asked for what cannot be done.'),
  storage: z.enum(['ok', 'failing']).describe('Whether the database can be written.'),
  staticExcluded: z
    .array(
      z.object({
        at: instant.describe('When it was excluded.'),
        viewer: z.string().describe('Id of the viewer that it had been.'),
      }),
    )
    .describe('The latest faces that never changed, such as posters: viewers no more.'),
  temperatureCelsius: z.number().nullable().describe('Of the processor; null where the device does not tell.'),
  throttled: z
    .boolean()
    .nullable()
    .describe('Whether the processor is slowed down; null where the device does not tell.'),
  undervoltage: z.boolean().nullable().describe('Whether the power is too weak; null where the device does not tell.'),
  clockSynced: z
    .boolean()
    .nullable()
    .describe(
      'Whether a time server had set the clock when the daemon began, by which all of this session is stamped; null where nobody tells.',
    ),
});

export type AvailabilityPayload = z.infer<typeof availabilitySchema>;
export type InfoPayload = z.infer<typeof infoSchema>;
export type NowPayload = z.infer<typeof nowSchema>;
export type AlertPayload = z.infer<typeof alertSchema>;
export type HealthPayload = z.infer<typeof healthSchema>;

function majorityOf(what: string) {
  return z
    .object({
      name: z.string().describe('Its name.'),
      marginRatio: ratio.describe('Its lead over the second as a share of all present.'),
    })
    .nullable()
    .describe(`The ${what} expected most; null when it is undecided or unknown.`);
}
