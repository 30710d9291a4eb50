// Puts a payload into the message that carries it: topic, quality of service, retain flag and expiry.
import { type PlainText, plainTopic } from '../contract/plain.ts';
import { type PayloadOf, type Screen, type TopicName, topicOfMessage, topics } from '../contract/topics.ts';
import type { OutgoingMessage } from './connection.ts';

export function messageOf<Name extends TopicName>(
  screen: Screen,
  name: Name,
  payload: PayloadOf<Name>,
): OutgoingMessage {
  const { retain, qos } = topics[name];
  const expiryMs = 'ttlMs' in payload ? payload.ttlMs : null;
  return {
    topic: topicOfMessage(screen, name, payload),
    payload: JSON.stringify(payload),
    // As docs/asyncapi.yaml says; CloudEvents has it so, too (its MQTT binding, section 3.2).
    contentType: 'specversion' in payload ? 'application/cloudevents+json' : 'application/json',
    qos,
    retain,
    expiryMs,
  };
}

export function plainMessage(screen: Screen, { name, text }: PlainText): OutgoingMessage {
  const contentType = 'text/plain';
  return { topic: plainTopic(screen, name), payload: text, contentType, qos: 0, retain: true, expiryMs: null };
}
