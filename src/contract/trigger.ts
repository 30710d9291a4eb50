// Turns a decision into the payload of its trigger.
import type { Decision } from '../targeting/decide.ts';
import { instantText } from './instant.ts';
import type { PayloadOf } from './topics.ts';

export type TriggerEnvelope = Readonly<{
  session: string;
  seq: number;
  /** Unix time of publishing, milliseconds. */
  wallAt: number;
  /** Unix time of the change, milliseconds. */
  since: number;
  ttlMs: number;
  /** Age of the newest observation; null before the first. */
  ageMs: number | null;
}>;

export function triggerPayload({ trigger, on, reason }: Decision, envelope: TriggerEnvelope): PayloadOf<'trigger'> {
  const { wallAt, since, ...rest } = envelope;
  return { ...rest, at: instantText(wallAt), trigger, on, since: instantText(since), reason };
}
