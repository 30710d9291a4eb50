// The payloads that tell what happened, as schemas: CloudEvents 1.0 in structured mode.
import * as z from 'zod';
import { PERIODS } from '../audience/rollup.ts';
import { count, instant, openWords, ratio, seconds, session } from './fields.ts';

/** Required and optional attributes of https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md */
export const envelope = {
  specversion: z.literal('1.0').describe('Version of CloudEvents.'),
  source: z.string().describe('The screen that it comes from.'),
  time: instant.describe('When it happened; of a rollup: the end of its period.'),
  datacontenttype: z.literal('application/json').describe('Format of `data`.'),
};

export const viewerEventSchema = z.object({
  ...envelope,
  id: z.string().describe('Unique for each event of a screen.'),
  type: openWords(['onlooker.viewer.entered.v1', 'onlooker.viewer.described.v1', 'onlooker.viewer.left.v1']).describe(
    '`described`: the age group or the gender became known or changed.',
  ),
  data: z
    .object({
      session,
      viewer: z.string().describe('One visit in this session; nobody is recognized when he comes back.'),
      enteredAt: instant.describe('First detection.'),
      leftAt: instant.nullable().describe('Last moment present; null while here.'),
      dwellMs: count.describe('How long present so far.'),
      attentionMs: count.describe('How long attending so far; never more than the dwell.'),
      glances: count.describe('Stretches of attention more than a second apart.'),
      ageGroup: z.string().nullable().describe('Null until confident; `under18` for who may be a minor.'),
      ageGroupProbability: ratio.nullable().describe('How sure the age group is.'),
      gender: z.enum(['female', 'male']).nullable().describe('Null until confident, and for who may be a minor.'),
      genderProbability: ratio.nullable().describe('How sure the gender is.'),
      reason: openWords(['gone', 'ended', 'restart', 'static'])
        .nullable()
        .describe(
          'Why the visit ended: out of sight, end of the source, restart of the source, or a face that never changes.',
        ),
    })
    .describe('The viewer as known at that moment.'),
});

const cell = z.object({
  ageGroup: z.string().describe('Name of the age group, `under18` or `unknown`.'),
  gender: z.enum(['female', 'male', 'unknown']).describe('The gender.'),
  personSeconds: seconds.describe('Time present, summed over viewers.'),
  attentionSeconds: seconds.describe('Time attending, summed over viewers.'),
  entered: count.describe('Viewers first detected in the period.'),
  watchers: count.describe('Viewers whose attention reached the threshold in `info` during the period.'),
});

export const rollupEventSchema = z.object({
  ...envelope,
  id: z.string().describe('The same for the same screen, period and revision: a second delivery is recognized by it.'),
  type: z.literal('onlooker.rollup.v1').describe('Kind of event.'),
  data: z
    .object({
      period: z.enum(PERIODS).describe('Length of the period.'),
      from: instant.describe('Start of the period; of a day by the clock of its time zone, with the offset.'),
      to: instant.describe('End of the period, exclusive.'),
      revision: count.describe('A higher one replaces a lower one of the same period.'),
      historical: z.boolean().describe('True when it is delivered long after the period.'),
      partial: z.boolean().describe('True when no single run saw the period from its start to its end.'),
      uptimeSeconds: seconds.describe('Healthy observed time in the period; 0 also where no daemon ran.'),
      personSeconds: seconds
        .nullable()
        .describe('Time present, summed over viewers; null when nothing could be observed.'),
      attentionSeconds: seconds.nullable().describe('Time attending, summed over viewers.'),
      entered: count.nullable().describe('Viewers first detected in the period; adds up over periods.'),
      watchers: count.nullable().describe('Viewers whose attention reached the threshold in `info` during the period.'),
      present: count
        .nullable()
        .describe(
          'Viewers there at some moment of the period; does not add up over periods: in a longer one, those who were there ' +
            'when it began (again after minutes that are missing or of nulls), and `entered`.',
        ),
      splitByRestart: count.nullable().describe('Visits cut in two because the source had to be started again.'),
      cells: z
        .array(cell)
        .nullable()
        .describe('The same amounts per age group and gender; combinations without any are left out.'),
    })
    .describe('The aggregates of one closed period.'),
});

export type ViewerEvent = z.infer<typeof viewerEventSchema>;
export type RollupEvent = z.infer<typeof rollupEventSchema>;
