// A broker of MQTT 5 that takes connections and subscriptions and answers each message with a reason code of the test.
import { createServer, type Socket } from 'node:net';
import { packetSize } from './acknowledgment-filter.ts';
import { listening } from './listening.ts';

export type AnsweringBroker = Readonly<{
  url: string;
  /** The topics of the messages that it was given and that want an answer. */
  given(): readonly string[];
  answerWith(reason: number): void;
  /** Cuts all that are connected. */
  cut(): void;
}>;

export type AnsweringBrokerOptions = Readonly<{
  /** Null for none of its own. */
  reasonFor?: (topic: string) => number | null;
  /** Whoever has more messages under way is cut, as section 3.3.4 allows. */
  receiveMaximum?: number;
  /** How many messages are answered; the others are taken and never told of. */
  answersAtMost?: number;
  /** Whether whoever publishes there is cut. */
  isCut?: (topic: string) => boolean;
}>;

/** Packet types of MQTT 5, section 2.1.2. */
const [CONNECT, PUBLISH, PUBACK, SUBSCRIBE, PINGREQ] = [1, 3, 4, 8, 12];
const QOS = 0x06;
const RECEIVE_MAXIMUM = 0x21;
const NO_MAXIMUM = 65_535;
/** Section 3.14.2.1. */
const RECEIVE_MAXIMUM_EXCEEDED = 0x93;

export async function startAnsweringBroker(
  firstReason: number,
  {
    reasonFor = () => null,
    receiveMaximum = NO_MAXIMUM,
    answersAtMost = Infinity,
    isCut = () => false,
  }: AnsweringBrokerOptions = {},
): Promise<AnsweringBroker> {
  let reason = firstReason;
  const given: string[] = [];
  const open = new Set<Socket>();
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const answerTo = (packet: Buffer): Buffer => {
    const [first = 0] = packet;
    // The length ends with its first byte below 0x80 (section 2.1.4).
    const body = packet.subarray(packet.findIndex((byte, index) => index > 0 && byte < 0x80) + 1);
    if (first >> 4 === CONNECT)
      return Buffer.of(0x20, 6, 0, 0, 3, RECEIVE_MAXIMUM, receiveMaximum >> 8, receiveMaximum & 0xff);
    if (first >> 4 === SUBSCRIBE) return granted(body);
    if (first >> 4 === PINGREQ) return Buffer.of(0xd0, 0);
    if (first >> 4 !== PUBLISH || (first & QOS) === 0) return Buffer.alloc(0);
    // The packet identifier follows the topic (section 3.3.2).
    const id = 2 + body.readUInt16BE(0);
    const topic = body.toString('utf8', 2, id);
    given.push(topic);
    if (isCut(topic)) cut();
    if (given.length > answersAtMost) return Buffer.alloc(0);
    return Buffer.of(0x40, 4, ...body.subarray(id, id + 2), reasonFor(topic) ?? reason, 0);
  };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    let rest: Buffer = Buffer.alloc(0);
    /** Acknowledgments that are still to be given: one with each turn of the event loop, so that messages are under way. */
    const owed: Buffer[] = [];
    const acknowledge = () => {
      const answer = owed.shift();
      if (answer !== undefined && socket.writable) socket.write(answer);
      if (owed.length > 0) setImmediate(acknowledge);
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (let size = packetSize(rest); size !== null; size = packetSize(rest)) {
        const answer = answerTo(rest.subarray(0, size));
        rest = rest.subarray(size);
        if (socket.destroyed) return;
        if ((answer[0] ?? 0) >> 4 !== PUBACK) socket.write(answer);
        else if (owed.push(answer) === 1) setImmediate(acknowledge);
        if (owed.length > receiveMaximum) socket.end(Buffer.of(0xe0, 2, RECEIVE_MAXIMUM_EXCEEDED, 0));
      }
    });
  });
  const port = await listening(server);
  return {
    url: `mqtt://127.0.0.1:${port}`,
    given: () => given,
    cut,
    answerWith: (next) => {
      reason = next;
    },
  };
}

/** Every subscription with QoS 1 (sections 3.8 and 3.9); the identifier, then no properties. */
function granted(body: Buffer): Buffer {
  const codes: number[] = [];
  for (let at = 3 + (body[2] ?? 0); at < body.length; at += 2 + body.readUInt16BE(at) + 1) codes.push(1);
  return Buffer.of(0x90, 3 + codes.length, ...body.subarray(0, 2), 0, ...codes);
}
