// The payload of a trigger, as a schema: whether an advertisement for this audience is to be shown now.
import * as z from 'zod';
import { at, count, instant, session } from './fields.ts';

export const triggerSchema = z.object({
  session,
  seq: count.describe('Grows by one with each message of this trigger in the session.'),
  at,
  ttlMs: count.describe('How long the state may be believed; see the rule for consumers.'),
  ageMs: z.number().min(0).nullable().describe('Age of the newest observation at publishing; null before the first.'),
  trigger: z.string().describe('Name of the trigger as configured; also the last level of the topic.'),
  on: z.boolean().describe('Whether its rule holds; of all triggers of a screen at most one is on.'),
  since: instant.describe('When it became so.'),
  reason: z.string().describe('Why, in words.'),
});
