// Reads what others publish on our topics; whatever it may be, it is either understood or refused in words.
import * as z from 'zod';
import { requestProblems } from '../contract/problems.ts';
import { type PayloadOf, type Screen, topicOf, topicOfMessage, topics } from '../contract/topics.ts';
import type { IncomingMessage } from './connection.ts';

const HEARD_TOPICS = ['availability', 'alert', 'now', 'replay', 'play'] as const;
type HeardTopic = (typeof HEARD_TOPICS)[number];

export type Heard =
  | { [Name in HeardTopic]: Readonly<{ name: Name; payload: PayloadOf<Name> }> }[HeardTopic]
  | Misunderstood;

export type Misunderstood = Readonly<{
  name: 'misunderstood';
  topic: HeardTopic | 'other';
  kind: 'too large' | 'not JSON' | 'nested too deeply' | 'not as the contract says' | 'retained' | 'unasked';
  reason: string;
  /** That of a request, where it can be read. */
  requestId: string | null;
}>;

/** A hundred times what any of our payloads needs. */
const MAX_BYTES = 65_536;
const MAX_DEPTH = 16;

/** Null for what is not to be heard: retained states say nothing about the present, they may be those of the dead. */
export function readIncoming(screen: Screen, { topic, payload, retained }: IncomingMessage): Heard | null {
  const name = HEARD_TOPICS.find((one) => topic === topicOf(screen, one)) ?? alertTopic(screen, topic);
  if (name === null) return misunderstood('other', 'unasked', 'it is on a topic that was not subscribed to');
  if (retained && (name === 'availability' || name === 'now')) return null;
  if (retained && name !== 'alert') {
    return misunderstood(
      name,
      'retained',
      'it was kept by the broker and may be old: publish it without the retain flag',
    );
  }
  if (payload.length > MAX_BYTES) {
    return misunderstood(name, 'too large', `it has ${payload.length} bytes; at most ${MAX_BYTES} are read`);
  }
  const json = parsed(payload);
  if (typeof json === 'string')
    return misunderstood(name, json, 'send one JSON object in UTF-8, as docs/mqtt.md shows');
  return understood(screen, name, topic, json.value);
}

function alertTopic(screen: Screen, topic: string): 'alert' | null {
  return topic.startsWith(`${topicOf(screen, 'alert')}/`) ? 'alert' : null;
}

function parsed(bytes: Uint8Array): Readonly<{ value: unknown }> | 'not JSON' | 'nested too deeply' {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isNestedDeeper(text, MAX_DEPTH) ? 'nested too deeply' : { value: JSON.parse(text) };
  } catch {
    // Anybody can publish anything there; that it cannot be read is the answer.
    return 'not JSON';
  }
}

/** Whether more than `limit` arrays and objects are open at some place; brackets in strings do not count. */
function isNestedDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString && character === '\\') index += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && (character === '[' || character === '{')) depth += 1;
    else if (!inString && (character === ']' || character === '}')) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

function understood(screen: Screen, name: HeardTopic, topic: string, value: unknown): Heard {
  const { success, data, error } = topics[name].schema.safeParse(value);
  if (!success)
    return misunderstood(name, 'not as the contract says', requestProblems(error, value), requestIdOf(value));
  if (topicOfMessage(screen, name, data) !== topic) {
    return misunderstood(name, 'not as the contract says', 'it is of another alert than its topic');
  }
  // The schema of a topic has checked that it is the payload of that topic, which the compiler cannot tell.
  return { name, payload: data } as Heard;
}

const withRequestId = z.object({ requestId: topics.replay.schema.shape.requestId });

function requestIdOf(value: unknown): string | null {
  return withRequestId.safeParse(value).data?.requestId ?? null;
}

function misunderstood(
  topic: Misunderstood['topic'],
  kind: Misunderstood['kind'],
  reason: string,
  requestId: string | null = null,
): Misunderstood {
  return { name: 'misunderstood', topic, kind, reason, requestId };
}
