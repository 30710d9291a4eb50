// What the embedded broker takes of its clients: whatever they do, memory stays bounded, for it is that of the daemon.
import type { EventEmitter } from 'node:events';
import type { Aedes, AedesOptions, Client } from 'aedes';
import { inTurns } from './turns.ts';

/** Nothing of ours comes near it, nor near the next one: the longest of our topics has some 300 characters. */
const MAX_MESSAGE_BYTES = 131_072;
const MAX_TOPIC_BYTES = 1024;
/** A message as large as may be, with the length of its topic and its identifier (MQTT 3.1.1, section 3.3.2), each two bytes. */
export const MAX_PACKET_BYTES = MAX_MESSAGE_BYTES + MAX_TOPIC_BYTES + 4;
/** What is retained stays in memory until the daemon ends: a hundred times what one of ours needs, both. */
const MAX_RETAINED = 1000;
const MAX_RETAINED_BYTES = 16_777_216;
/** What aedes believes of others of its cluster: that they live, and which clients they have. Bridges speak on other topics of $SYS. */
const BROKERS_ONLY = /^\$SYS\/[^/]*\/(heartbeat|birth|new\/clients)$/;
/** All of a screen are one, `onlooker/#`; whoever names each topic needs some thirty. */
const MAX_SUBSCRIPTIONS = 100;

export const AEDES_LIMITS: AedesOptions = {
  /** A consumer that takes nothing for so long is cut: all others wait for it. A guess: half of what a state is valid, at least. */
  drainTimeout: 2000,
  /** Messages of QoS 2 that a client may leave half sent, each in memory meanwhile; none of ours has it. What mosquitto allows. */
  maxInflightInbound: 20,
};

/** Calls `refused` with what is not taken; the sender of a message is cut. */
export function limitClients(aedes: Aedes, refused: (reason: string) => void): void {
  // No session outlives its connection: what would wait for the absent would wait in memory.
  aedes.preConnect = (_client, packet, done) => {
    packet.clean = true;
    done(null, true);
  };
  limitMessages(aedes, refused);
  limitSubscriptions(aedes, refused);
  forgetAbsent(aedes);
  // Its types do not name this event, which without a listener would end the daemon.
  const emitter: EventEmitter = aedes;
  emitter.on('error', (error: Error) => refused(error.message));
}

type Published = Pick<Parameters<Aedes['authorizePublish']>[1], 'topic' | 'payload' | 'retain'>;

function limitMessages(aedes: Aedes, refused: (reason: string) => void): void {
  /** Bytes of each retained message, by topic. */
  const retained = new Map<string, number>();
  let retainedBytes = 0;
  const inTurn = inTurns();
  const problemOf = ({ topic, payload, retain }: Published, bytes: number): string | null => {
    const topicBytes = Buffer.byteLength(topic);
    if (BROKERS_ONLY.test(topic)) return `a message on ${topic}, on which only brokers speak`;
    if (topicBytes > MAX_TOPIC_BYTES) return `a topic of ${topicBytes} bytes; at most ${MAX_TOPIC_BYTES} are taken`;
    if (payload.length > MAX_MESSAGE_BYTES)
      return `a message of ${payload.length} bytes; at most ${MAX_MESSAGE_BYTES} are taken`;
    if (!retain) return null;
    if (!retained.has(topic) && retained.size >= MAX_RETAINED)
      return `one more retained topic; at most ${MAX_RETAINED} are kept`;
    const grownBytes = bytes - (retained.get(topic) ?? 0);
    return retainedBytes + grownBytes > MAX_RETAINED_BYTES
      ? `more than ${MAX_RETAINED_BYTES} bytes of retained messages`
      : null;
  };
  const keep = (topic: string, bytes: number) => {
    retainedBytes += bytes - (retained.get(topic) ?? 0);
    if (bytes === 0) retained.delete(topic);
    else retained.set(topic, bytes);
  };
  const take = ({ topic, payload, retain }: Published): string | null => {
    const bytes = payload.length === 0 ? 0 : payload.length + Buffer.byteLength(topic);
    const problem = problemOf({ topic, payload, retain }, bytes);
    if (problem !== null) refused(problem);
    else if (retain) keep(topic, bytes);
    return problem;
  };
  aedes.authorizePublish = (client, message, done) => {
    inTurn(() => {
      // Of whoever has gone meanwhile everything else is forgotten already; a will, which has no number, is for then.
      const isLate = client?.closed === true && message.messageId !== undefined;
      const problem = isLate ? 'its sender has gone' : take(message);
      done(problem === null ? null : new Error(problem));
    });
  };
}

function limitSubscriptions(aedes: Aedes, refused: (reason: string) => void): void {
  const topics = new WeakMap<Client, Set<string>>();
  aedes.authorizeSubscribe = (client, subscription, done) => {
    const of = topics.get(client) ?? new Set();
    topics.set(client, of);
    const isTooLong = Buffer.byteLength(subscription.topic) > MAX_TOPIC_BYTES;
    const isTaken = of.has(subscription.topic) || (!isTooLong && of.size < MAX_SUBSCRIPTIONS);
    if (isTaken) of.add(subscription.topic);
    else refused(`one more subscription; a client has at most ${MAX_SUBSCRIPTIONS}`);
    // Without one it is answered with a failure [MQTT-3.9.3-2].
    done(null, isTaken ? subscription : null);
  };
  aedes.on('unsubscribe', (gone, client) => {
    for (const topic of gone) topics.get(client)?.delete(topic);
  });
}

/** What its memory has for brokers that died and for clients who are absent, neither of which there is here. */
function forgetAbsent(aedes: Aedes): void {
  Object.assign(Reflect.get(aedes, 'persistence'), {
    // It looks by wall clock for wills of brokers that it has not heard of for minutes, and would take those of the living for them.
    streamWill: () => [],
    // What was acknowledged would be looked for among what waits, and leave an entry for each client that there ever was.
    outgoingClearMessageId: () => Promise.resolve(),
  });
}
