// Whatever its clients do, the embedded broker takes no more memory of the daemon than it needs, and nobody waits for the stuck.
import mqtt, { type IConnackPacket, type MqttClient } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';

async function broker() {
  const refused: string[] = [];
  const started = await startBroker({ port: 0, webSocketPort: null }, (reason) => refused.push(reason));
  onTestFinished(() => started.close());
  const client = async (options: mqtt.IClientOptions = {}) => {
    const connected = await mqtt.connectAsync(started.url, { reconnectPeriod: 0, ...options });
    onTestFinished(() => connected.endAsync(true));
    return connected;
  };
  return { url: started.url, refused, client };
}

it('takes no message of more than 128 KiB, says so, and cuts its sender', async () => {
  const { url, refused, client } = await broker();
  const seen = await collectMessages(url);
  const sender = await client();
  await sender.publishAsync('onlooker/small', 'x'.repeat(131_072), { qos: 1 });
  const cut = cutOf(sender);
  sender.publish('onlooker/large', 'x'.repeat(10_000_000), { qos: 0 });
  await cut;
  await seen.say('onlooker/marker', {});
  await seen.see('marker', '{}');
  expect(seen.messages.map(({ topic }) => topic)).toEqual(['onlooker/small', 'onlooker/marker']);
  expect(refused).toEqual(['a message of 10000000 bytes; at most 131072 are taken']);
});

it('keeps no more than a thousand retained topics, of which each can be cleared', async () => {
  const { url, refused, client } = await broker();
  const sender = await client();
  const keep = (topic: string, text: string) => sender.publishAsync(topic, text, { qos: 1, retain: true });
  await Promise.all(Array.from({ length: 1000 }, (_, index) => keep(`onlooker/t${index}`, '1')));
  await keep('onlooker/t7', '2');
  await keep('onlooker/t8', '');
  await keep('onlooker/new', '3');
  expect(refused).toEqual([]);
  const cut = cutOf(sender);
  sender.publish('onlooker/more', '4', { qos: 0, retain: true });
  await cut;
  expect(refused).toEqual(['one more retained topic; at most 1000 are kept']);
  const late = await collectMessages(url);
  await eventually(
    () => late.messages.length,
    (length) => length === 1000,
  );
  expect(late.on('more')).toEqual([]);
});

it('keeps nothing for the absent', async () => {
  const { url, client } = await broker();
  const session = { clientId: 'player', clean: false };
  const player = await client(session);
  await player.subscribeAsync('onlooker/#', { qos: 1 });
  await player.endAsync();
  const sender = await client();
  await sender.publishAsync('onlooker/rollup', '1', { qos: 1 });
  const again = mqtt.connect(url, { ...session, reconnectPeriod: 0 });
  onTestFinished(() => again.endAsync(true));
  const received: string[] = [];
  again.on('message', (_, payload) => received.push(payload.toString()));
  const { sessionPresent } = await new Promise<IConnackPacket>((resolve) => again.once('connect', resolve));
  expect(sessionPresent).toBe(false);
  await again.subscribeAsync('onlooker/marker', { qos: 1 });
  await sender.publishAsync('onlooker/marker', '2', { qos: 1 });
  await eventually(
    () => received.length,
    (length) => length > 0,
  );
  expect(received).toEqual(['2']);
});

it('cuts a consumer that takes nothing any more, so that the others do not wait for it', async () => {
  const { url, client } = await broker();
  const stuck = await client();
  await stuck.subscribeAsync('onlooker/#', { qos: 0 });
  stuck.stream.pause();
  stuck.stream.unpipe();
  const seen = await collectMessages(url);
  const sender = await client();
  const sent = 400;
  for (let index = 0; index < sent; index += 1) {
    await sender.publishAsync('onlooker/much', 'x'.repeat(100_000), { qos: 0 });
  }
  await eventually(
    () => seen.messages.length,
    (length) => length === sent,
  );
});

function cutOf(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', () => resolve()));
}
