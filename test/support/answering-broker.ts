// A broker of MQTT 5 that takes connections and subscriptions and answers each message with a reason code of the test.
import { createServer } from 'node:net';
import { packetSize } from './acknowledgment-filter.ts';
import { listening } from './listening.ts';

export type AnsweringBroker = Readonly<{
  url: string;
  /** The topics of the messages that it was given and that want an answer. */
  given(): readonly string[];
  answerWith(reason: number): void;
}>;

/** Packet types of MQTT 5, section 2.1.2. */
const [CONNECT, PUBLISH, SUBSCRIBE, PINGREQ] = [1, 3, 8, 12];
const QOS = 0x06;

export async function startAnsweringBroker(firstReason: number): Promise<AnsweringBroker> {
  let reason = firstReason;
  const given: string[] = [];
  const answerTo = (packet: Buffer): Buffer => {
    const [first = 0] = packet;
    // The length ends with its first byte below 0x80 (section 2.1.4).
    const body = packet.subarray(packet.findIndex((byte, index) => index > 0 && byte < 0x80) + 1);
    if (first >> 4 === CONNECT) return Buffer.of(0x20, 3, 0, 0, 0);
    if (first >> 4 === SUBSCRIBE) return granted(body);
    if (first >> 4 === PINGREQ) return Buffer.of(0xd0, 0);
    if (first >> 4 !== PUBLISH || (first & QOS) === 0) return Buffer.alloc(0);
    // The packet identifier follows the topic (section 3.3.2).
    const id = 2 + body.readUInt16BE(0);
    given.push(body.toString('utf8', 2, id));
    return Buffer.of(0x40, 4, ...body.subarray(id, id + 2), reason, 0);
  };
  const server = createServer((socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (let size = packetSize(rest); size !== null; size = packetSize(rest)) {
        socket.write(answerTo(rest.subarray(0, size)));
        rest = rest.subarray(size);
      }
    });
  });
  const port = await listening(server);
  return {
    url: `mqtt://127.0.0.1:${port}`,
    given: () => given,
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
