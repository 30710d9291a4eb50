// Turns the audience of this moment into the payload of `now`: counts only while the source sees, null otherwise.
import type { AudienceNow, HealthWord } from '../audience/audience-now.ts';
import { instantText } from './instant.ts';
import type { NowPayload } from './payloads.ts';

export type NowEnvelope = Readonly<{
  session: string;
  seq: number;
  /** Unix time of publishing, milliseconds. */
  wallAt: number;
  ttlMs: number;
  /** Age of the newest observation; null before the first. */
  ageMs: number | null;
  health: HealthWord;
}>;

type Counts = Omit<NowPayload, 'session' | 'seq' | 'at' | 'ttlMs' | 'ageMs' | 'health'>;

export function nowPayload(audience: AudienceNow | null, envelope: NowEnvelope): NowPayload {
  const { session, seq, wallAt, ...rest } = envelope;
  const counts = audience === null || envelope.health !== 'ok' ? UNKNOWN : countsOf(audience);
  return { session, seq, at: instantText(wallAt), ...rest, ...counts };
}

function countsOf(audience: AudienceNow): Counts {
  return {
    ...audience,
    longestDwellMs: Math.round(audience.longestDwellMs),
    ageGroups: { ...audience.ageGroups },
    gender: { ...audience.gender },
  };
}

const UNKNOWN: Counts = {
  present: null,
  attending: null,
  watchers: null,
  longestDwellMs: null,
  ageGroups: null,
  gender: null,
  majorityAgeGroup: null,
  majorityGender: null,
};
