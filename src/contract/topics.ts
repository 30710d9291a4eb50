// The topics: names, retain flag, quality of service and the schema of what is on them.
import type { z } from 'zod';
import { rollupEventSchema, viewerEventSchema } from './event-schemas.ts';
import { alertSchema, availabilitySchema, healthSchema, infoSchema, nowSchema } from './payloads.ts';
import { playEventSchema, playSchema, replayResultSchema, replaySchema } from './requests.ts';
import { triggerSchema } from './trigger-schema.ts';

export const topics = {
  availability: { retain: true, qos: 1, schema: availabilitySchema },
  info: { retain: true, qos: 1, schema: infoSchema },
  now: { retain: true, qos: 0, schema: nowSchema },
  trigger: { retain: true, qos: 1, schema: triggerSchema },
  viewer: { retain: false, qos: 0, schema: viewerEventSchema },
  rollup: { retain: false, qos: 1, schema: rollupEventSchema },
  replay: { retain: false, qos: 1, schema: replaySchema },
  'replay-result': { retain: false, qos: 1, schema: replayResultSchema },
  play: { retain: false, qos: 1, schema: playSchema },
  'play-audience': { retain: false, qos: 1, schema: playEventSchema },
  health: { retain: false, qos: 1, schema: healthSchema },
  alert: { retain: true, qos: 1, schema: alertSchema },
} as const satisfies Record<string, Topic>;

export type Topic = Readonly<{ retain: boolean; qos: 0 | 1; schema: z.ZodType }>;
export type TopicName = keyof typeof topics;

// Object.keys forgets the type of the keys; `topics` is a literal without others.
export const TOPIC_NAMES = Object.keys(topics) as readonly TopicName[];

export type PayloadOf<Name extends TopicName> = z.infer<(typeof topics)[Name]['schema']>;

/** What others publish and we read; all other topics are ours. */
export const INBOUND_TOPICS = ['replay', 'play'] as const satisfies readonly TopicName[];
type InboundTopic = (typeof INBOUND_TOPICS)[number];

/** What is worth telling only while a broker listens; rollups wait in the outbox instead. */
export type LiveTopic = Exclude<TopicName, 'rollup' | 'availability' | InboundTopic>;

export type Screen = Readonly<{ site: string; screen: string }>;

/** `onlooker/v1/<site>/<screen>/<name>` */
export function topicOf(screen: Screen, name: TopicName): string {
  return `${topicPrefix(screen)}/${name}`;
}

/** The topic of a message: every alert and trigger has a level of its own, so that the broker retains each; so has every period. */
export function topicOfMessage<Name extends TopicName>(screen: Screen, name: Name, payload: PayloadOf<Name>): string {
  const level = levelOf(payload);
  return level === null ? topicOf(screen, name) : `${topicOf(screen, name)}/${level}`;
}

/** `onlooker/v1/<site>/<screen>`, the prefix of every topic of one screen. */
export function topicPrefix({ site, screen }: Screen): string {
  return `onlooker/v1/${site}/${screen}`;
}

function levelOf(payload: PayloadOf<TopicName>): string | null {
  if ('alert' in payload) return payload.alert;
  if ('trigger' in payload) return payload.trigger;
  return 'data' in payload && 'period' in payload.data ? payload.data.period : null;
}
