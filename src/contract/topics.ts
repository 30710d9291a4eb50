// The topics: names, retain flag, quality of service and the schema of what is on them.
import type { z } from 'zod';
import { rollupEventSchema, viewerEventSchema } from './event-payloads.ts';
import { alertSchema, availabilitySchema, healthSchema, infoSchema, nowSchema } from './payloads.ts';

export const topics = {
  availability: { retain: true, qos: 1, schema: availabilitySchema },
  info: { retain: true, qos: 1, schema: infoSchema },
  now: { retain: true, qos: 0, schema: nowSchema },
  viewer: { retain: false, qos: 0, schema: viewerEventSchema },
  'rollup/1m': { retain: false, qos: 1, schema: rollupEventSchema },
  health: { retain: false, qos: 1, schema: healthSchema },
  alert: { retain: true, qos: 1, schema: alertSchema },
} as const satisfies Record<string, Topic>;

export type Topic = Readonly<{ retain: boolean; qos: 0 | 1; schema: z.ZodType }>;
export type TopicName = keyof typeof topics;
export type PayloadOf<Name extends TopicName> = z.infer<(typeof topics)[Name]['schema']>;

/** What is worth telling only while a broker listens; rollups wait in the outbox instead. */
export type LiveTopic = Exclude<TopicName, 'rollup/1m' | 'availability'>;

export type Screen = Readonly<{ site: string; screen: string }>;

/** `onlooker/v1/<site>/<screen>/<name>` */
export function topicOf(screen: Screen, name: TopicName): string {
  return `${topicPrefix(screen)}/${name}`;
}

/** The topic of a message: every alert has a level of its own, so that the broker retains each. */
export function topicOfMessage<Name extends TopicName>(screen: Screen, name: Name, payload: PayloadOf<Name>): string {
  return 'alert' in payload ? `${topicOf(screen, name)}/${payload.alert}` : topicOf(screen, name);
}

/** `onlooker/v1/<site>/<screen>`, the prefix of every topic of one screen. */
export function topicPrefix({ site, screen }: Screen): string {
  return `onlooker/v1/${site}/${screen}`;
}
