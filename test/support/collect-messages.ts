// A real subscriber: remembers every message of a broker until the test ends.
import mqtt, { type IPublishPacket } from 'mqtt';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';

type Received = Readonly<{
  topic: string;
  text: string;
  retained: boolean;
  qos: number;
  expirySeconds: number | null;
  contentType: string | null;
}>;

export type Collector = Readonly<{
  messages: readonly Received[];
  /** Those on topics that end so, oldest first. */
  on(topicEnd: string): readonly Received[];
  isConnected(): boolean;
  /** Publishes as somebody else. */
  say(topic: string, payload: unknown, retain?: boolean): Promise<void>;
  /** Waits until a message on such a topic contains the text. */
  see(topicEnd: string, text: string): Promise<Received>;
}>;

export type CollectorOptions = Readonly<{
  username?: string;
  password?: string;
  protocolVersion?: 4 | 5;
  keepalive?: number;
}>;

export async function collectMessages(url: string, options: CollectorOptions = {}): Promise<Collector> {
  const client = await mqtt.connectAsync(url, { ...options, reconnectPeriod: 0 }, false);
  onTestFinished(() => client.endAsync(true));
  const messages: Received[] = [];
  client.on('message', (topic, payload, packet) => messages.push(received(topic, payload.toString('utf8'), packet)));
  await client.subscribeAsync('onlooker/#', { qos: 1 });
  const on = (topicEnd: string) => messages.filter(({ topic }) => topic.endsWith(`/${topicEnd}`));
  return {
    messages,
    on,
    isConnected: () => client.connected,
    say: async (topic, payload, retain = false) => {
      await client.publishAsync(topic, JSON.stringify(payload), { qos: 1, retain });
    },
    see: async (topicEnd, text) => {
      const find = () => on(topicEnd).find((message) => message.text.includes(text)) ?? null;
      const found = await eventually(find, (message) => message !== null);
      if (found === null) throw new Error(`nothing on ${topicEnd}`);
      return found;
    },
  };
}

function received(topic: string, text: string, packet: IPublishPacket): Received {
  const expirySeconds = packet.properties?.messageExpiryInterval ?? null;
  const contentType = packet.properties?.contentType ?? null;
  return { topic, text, retained: packet.retain, qos: packet.qos, expirySeconds, contentType };
}
