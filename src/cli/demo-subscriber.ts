// The subscriber that the demo itself connects, to show that messages really arrive.
import mqtt from 'mqtt';

export type DemoSubscriber = Readonly<{
  /** Messages received so far, by topic. */
  received(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}>;

/** Subscribes to everything of Onlooker at the broker. */
export async function subscribe(url: string): Promise<DemoSubscriber> {
  const counts = new Map<string, number>();
  const client = await mqtt.connectAsync(url);
  client.on('message', (topic) => counts.set(topic, (counts.get(topic) ?? 0) + 1));
  // The broker of the demo goes first; that is no error.
  client.on('error', () => client.end(true));
  await client.subscribeAsync('onlooker/#', { qos: 1 });
  return { received: () => counts, close: () => client.endAsync(true) };
}
