// What others may ask of the daemon, and how it answers: rollups that they missed, and the audience of what they showed.
import * as z from 'zod';
import { PERIODS } from '../audience/rollup.ts';
import { envelope } from './event-schemas.ts';
import { at, count, instant, seconds, session } from './fields.ts';

const WORD = 'must be text of 1 to 128 characters that can be printed';
/** What an id or a name that comes from outside may be: short, and of characters that can be printed. */
const word = z
  .string(WORD)
  .min(1, WORD)
  .max(128, WORD)
  .regex(/^[^\p{C}]+$/u, WORD);

const REQUEST = 'must be one JSON object, as docs/mqtt.md shows';

/** Like `play`, it ignores fields that are not listed, so that a newer player gets along with an older daemon. */
export const replaySchema = z.object(
  {
    requestId: word.describe('Comes back in the answer.'),
    period: z.enum(PERIODS, `must be one of ${PERIODS.join(', ')}`).describe('Which rollups.'),
    from: instant.describe('Start of the first period.'),
    to: instant.describe('Start of the period after the last one.'),
  },
  REQUEST,
);

export const replayResultSchema = z.object({
  session,
  at,
  requestId: z.string().nullable().describe('That of the request; null when it could not be read.'),
  state: z.enum(['done', 'refused']).describe('`done`: every rollup of the answer was sent before this message.'),
  rollups: count.describe('How many were sent.'),
  reason: z.string().nullable().describe('Why it was refused, in words; null when it was done.'),
});

export const playSchema = z.object(
  {
    playId: word.describe(
      'One showing of one content; the same when it starts and when it ends, and never used again.',
    ),
    content: word.describe('What is shown, as the player names it.'),
    state: z
      .enum(['started', 'ended'], 'must be started or ended')
      .describe('Told when it happens: the daemon takes the time by its own clock.'),
  },
  REQUEST,
);

export const playEventSchema = z.object({
  ...envelope,
  id: z.string().describe('The same for the same play.'),
  type: z.literal('onlooker.play.v1').describe('Kind of event.'),
  data: z
    .object({
      session,
      playId: z.string().describe('As the player told it.'),
      content: z.string().describe('As the player told it.'),
      startedAt: instant.describe('When the player said that it started.'),
      endedAt: instant.describe('When the player said that it ended.'),
      uptimeSeconds: seconds.describe('Healthy observed time during the play.'),
      personSeconds: seconds
        .nullable()
        .describe('Time present, summed over viewers; null when nothing could be observed.'),
      attentionSeconds: seconds.nullable().describe('Time attending, summed over viewers.'),
      present: count.nullable().describe('Viewers there at some moment of the play.'),
      watchers: count
        .nullable()
        .describe('Viewers who attended to the screen during the play for as long as the threshold in `info`.'),
    })
    .describe('The audience of one play.'),
});
