// Says how the numbers come about: the nets, the age groups, the thresholds and the privacy policy in force.
import { gateWord } from '../audience/minors.ts';
import type { AudienceOptions, Timing } from '../audience/options.ts';
import type { StreamHeader } from '../observation/observation.ts';
import { instantText } from './instant.ts';
import type { InfoPayload } from './payloads.ts';

export type InfoFacts = Readonly<{
  session: string;
  /** Unix time of publishing, milliseconds. */
  wallAt: number;
  version: string;
  header: StreamHeader;
  options: AudienceOptions;
  timing: Timing;
  confirmation: Readonly<{ detections: number; milliseconds: number }>;
  maxYawDegrees: number;
  /** Rollups tell an age group and gender of fewer viewers as unknown. */
  k: number;
  /** Null when it is not known which nets were used. */
  nets: NetFacts | null;
}>;

export type NetFacts = Readonly<{ pack: string; models: InfoPayload['models'] }>;

const MINOR_RULE =
  'the part of the age distribution below 18 years; a class that spans 18 is divided evenly over its years';
const MINORS_RULE =
  'who may be under 18 with a probability above the limit, at worst, sets no trigger and is told as under18 without a gender';
const STORED = 'sums per period and class; no picture, no face, nothing that would recognize a person';

export function infoPayload(facts: InfoFacts): InfoPayload {
  const { header, options, timing, confirmation, nets } = facts;
  return {
    session: facts.session,
    at: instantText(facts.wallAt),
    version: facts.version,
    source: header.source,
    pack: nets?.pack ?? null,
    models: nets?.models ?? [],
    ageGroups: options.age.groups.map(({ name, fromYears, toYears }) => ({ name, fromYears, toYears })),
    attention: { method: header.attentionMethod, maxYawDegrees: facts.maxYawDegrees, watcherMs: options.watcherMs },
    measurement: {
      framePeriodMs: header.periodMs,
      maxIntervalMs: timing.maxIntervalMs,
      maxGapMs: timing.maxGapMs,
      confirmation: {
        detections: confirmation.detections,
        milliseconds: confirmation.milliseconds,
        zoomCheck: header.zoomCheck,
      },
      lagMs: timing.lagMs,
      genderConfidence: options.gender.minConfidence,
      ageConfidence: options.age.minConfidence,
      minorRule: MINOR_RULE,
    },
    privacy: {
      mode: nets?.models.every(({ role }) => role === 'detector') === true ? 'count-only' : 'age-and-gender',
      stored: STORED,
      k: facts.k,
      minors: {
        gate: gateWord(options.minors, header.classifiesAge),
        limitRatio: options.minors?.limitRatio ?? null,
        rule: MINORS_RULE,
      },
    },
  };
}
