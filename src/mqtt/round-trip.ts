// Tries a broker once: connects, subscribes to one topic, publishes to it, and waits for the message to come back.
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { messageOf } from '../observation/message-of.ts';
import { brokerAddress } from './broker-address.ts';
import { describeFailure } from './failure.ts';
import type { Clock } from './ports.ts';

export type RoundTripOptions = Readonly<{
  url: string;
  username: string | null;
  password: string | null;
  protocolVersion: 4 | 5;
  clientId: string;
  /** Nobody else publishes there; nothing is retained. */
  topic: string;
  /** After so long it is given up. */
  limitMs: number;
}>;

export type RoundTrip = Readonly<
  | { kind: 'returned'; milliseconds: number }
  /** `connect`: there is no answer or no access; then the topic: it may not be read, may not be written, or nothing comes back. */
  | { kind: 'failed'; step: Step; isRefused: boolean; words: string }
>;

type Step = 'connect' | 'subscribe' | 'publish' | 'return';

/** Throws an MqttError for an address that is none. */
export async function roundTrip(options: RoundTripOptions, clock: Clock): Promise<RoundTrip> {
  const { url, username, password, limitMs } = options;
  const address = brokerAddress(url, username, password);
  const client = mqtt.connect(address.url, clientOptions(options, address));
  let step: Step = 'connect';
  let cancel = (): void => undefined;
  const lost = new Promise<RoundTrip>((resolve) => {
    const failed = (isRefused: boolean, words: string) => resolve({ kind: 'failed', step, isRefused, words });
    client.on('error', (error) => {
      const { kind, text } = describeFailure(error);
      failed(kind === 'refused', text);
    });
    client.on('close', () => failed(step !== 'connect', 'the broker ended the connection'));
    cancel = clock.after(limitMs, () => failed(false, `no answer within ${Math.round(limitMs / 1000)} s`));
  });
  const returned = travel(client, options, clock, (next) => {
    step = next;
  }).catch((error: unknown) => refusal(step, error));
  try {
    return await Promise.race([returned, lost]);
  } finally {
    cancel();
    client.end(true);
  }
}

async function travel(
  client: MqttClient,
  { topic, clientId }: RoundTripOptions,
  clock: Clock,
  enter: (step: Step) => void,
): Promise<RoundTrip> {
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  enter('subscribe');
  await client.subscribeAsync(topic, { qos: 1 });
  const back = new Promise<void>((resolve) => {
    client.on('message', (from, payload) => {
      if (from === topic && payload.toString() === clientId) resolve();
    });
  });
  enter('publish');
  const startedAt = clock.monotonicNow();
  await client.publishAsync(topic, clientId, { qos: 1 });
  enter('return');
  await back;
  return { kind: 'returned', milliseconds: clock.monotonicNow() - startedAt };
}

function refusal(step: Step, error: unknown): RoundTrip {
  return { kind: 'failed', step, isRefused: true, words: messageOf(error) };
}

function clientOptions(
  { protocolVersion, clientId, limitMs }: RoundTripOptions,
  { username, password }: Readonly<{ username: string | null; password: string | null }>,
): IClientOptions {
  return {
    protocolVersion,
    clientId,
    clean: true,
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    connectTimeout: limitMs,
    reconnectPeriod: 0,
  };
}
