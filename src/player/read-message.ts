// Reads what comes on the topics of a screen, by the schemas of the contract; throws an error that says what is wrong.
import * as z from 'zod';
import { type Screen, topicOf, topicOfMessage, topics } from '../contract/topics.ts';
import type { Heard } from './belief.ts';

/** A state is far shorter; what is longer is not worth the time to parse it. */
const MAX_BYTES = 65_536;

/** In this order, so that a broker tells first whether the daemon is there. */
export function subscriptionsOf(screen: Screen): readonly string[] {
  return [topicOf(screen, 'availability'), topicOf(screen, 'now'), `${topicOf(screen, 'trigger')}/+`];
}

export function readMessage(screen: Screen, topic: string, bytes: Uint8Array, retained: boolean): Heard {
  if (topic === topicOf(screen, 'availability')) {
    return { name: 'availability', payload: checked(topic, bytes, topics.availability.schema), retained };
  }
  if (topic === topicOf(screen, 'now'))
    return { name: 'now', payload: checked(topic, bytes, topics.now.schema), retained };
  const payload = checked(topic, bytes, topics.trigger.schema);
  if (topicOfMessage(screen, 'trigger', payload) !== topic) {
    throw new Error(`Ignored a message on ${topic}: it is about the trigger ${JSON.stringify(payload.trigger)}.`);
  }
  return { name: 'trigger', payload, retained };
}

function checked<Payload>(topic: string, bytes: Uint8Array, schema: z.ZodType<Payload>): Payload {
  const result = schema.safeParse(jsonOf(topic, bytes));
  if (result.success) return result.data;
  throw new Error(`Ignored a message on ${topic}: ${z.prettifyError(result.error)}`);
}

function jsonOf(topic: string, bytes: Uint8Array): unknown {
  if (bytes.length > MAX_BYTES) throw new Error(`Ignored a message on ${topic}: ${bytes.length} bytes are too many.`);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Error(`Ignored a message on ${topic}: it is no JSON.`, { cause });
  }
}
