// Whatever its clients do, the embedded broker takes no more memory of the daemon than it needs, and nobody waits for the stuck.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Aedes } from 'aedes';
import mqtt, { type IConnackPacket, type MqttClient } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { AEDES_LIMITS, limitClients } from '../../src/mqtt/client-limits.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { listening } from '../support/listening.ts';

async function broker() {
  const refused: string[] = [];
  const started = await startBroker({ port: 0, webSocketPort: 0 }, (reason) => refused.push(reason));
  onTestFinished(() => started.close());
  const client = async (options: mqtt.IClientOptions = {}, url: string | null = started.url) => {
    const connected = await mqtt.connectAsync(url ?? 'no address', { reconnectPeriod: 0, ...options });
    onTestFinished(() => connected.endAsync(true));
    return connected;
  };
  return { ...started, refused, client };
}

it.each([
  [140_000, 'a packet of 140016 bytes; at most 132100 are taken'],
  [131_073, 'a message of 131073 bytes; at most 131072 are taken'],
])('takes no message of more than 128 KiB (%d bytes), says so, and cuts its sender', async (bytes, words) => {
  const { url, refused, client } = await broker();
  const seen = await collectMessages(url);
  const sender = await client();
  await sender.publishAsync('onlooker/small', 'x'.repeat(131_072), { qos: 1 });
  const cut = cutOf(sender);
  sender.publish('onlooker/large', 'x'.repeat(bytes), { qos: 0 });
  await cut;
  await seen.say('onlooker/marker', {});
  await seen.see('marker', '{}');
  expect(seen.messages.map(({ topic }) => topic)).toEqual(['onlooker/small', 'onlooker/marker']);
  expect(refused).toEqual([words]);
});

it.each(['tcp', 'ws'] as const)(
  'cuts a large packet at its first bytes, before any of it is kept (%s)',
  async (kind) => {
    const { url, webSocketUrl, refused, client } = await broker();
    const sender = await client({}, kind === 'tcp' ? url : webSocketUrl);
    const cut = cutOf(sender);
    // PUBLISH with QoS 0 and the greatest length that there is (section 2.2.3); nothing more follows.
    sender.stream.write(Buffer.of(0x30, 0xff, 0xff, 0xff, 0x7f));
    await cut;
    expect(refused).toEqual(['a packet of 268435455 bytes; at most 132100 are taken']);
  },
);

it('takes no message on the topics on which a broker speaks of itself', async () => {
  const { refused, client } = await broker();
  const sender = await client();
  // As a bridge of mosquitto does.
  await sender.publishAsync('$SYS/broker/connection/here/state', '1', { qos: 1, retain: true });
  const cut = cutOf(sender);
  sender.publish('$SYS/x/heartbeat', 'x'.repeat(1000));
  await cut;
  expect(refused).toEqual(['a message on $SYS/x/heartbeat, on which only brokers speak']);
});

it('keeps no half sent message of a client that has gone before its turn came', async () => {
  const aedes = new Aedes(AEDES_LIMITS);
  await aedes.listen();
  limitClients(aedes, () => undefined);
  const server = createServer((socket) => void aedes.handle(socket));
  const port = await listening(server);
  onTestFinished(() => new Promise<void>((resolve) => aedes.close(resolve)));
  const client = connect(port, '127.0.0.1');
  client.write(Buffer.from('\x10\x10\0\x04MQTT\x04\x02\0\x3c\0\x04gone', 'latin1'));
  await once(client, 'data');
  const halfSent = Array.from({ length: 20 }, (_, index) => index + 1);
  const disconnect = Buffer.of(0xe0, 0);
  client.end(
    Buffer.concat([
      ...Array.from({ length: 30 }, () => publish(0, 0)),
      ...halfSent.map((id) => publish(2, id)),
      disconnect,
    ]),
  );
  await once(client, 'close');
  // The broker knows nobody, and everything has had its turn.
  await eventually(
    () => aedes.connectedClients,
    (count) => count === 0,
  );
  for (const _ of halfSent) await setImmediate();
  const persistence = Reflect.get(aedes, 'persistence');
  const kept = await Promise.allSettled(
    halfSent.map((messageId) => persistence.incomingGetPacket({ id: 'gone' }, { messageId })),
  );
  expect(kept.filter(({ status }) => status === 'fulfilled')).toEqual([]);
});

it('takes no message on a topic of more than 1024 bytes', async () => {
  const { refused, client } = await broker();
  const sender = await client();
  const cut = cutOf(sender);
  sender.publish('x'.repeat(1025), '1');
  await cut;
  expect(refused).toEqual(['a topic of 1025 bytes; at most 1024 are taken']);
});

it('lets a client subscribe to a hundred topics, and to others when it gives some up', async () => {
  const { refused, client } = await broker();
  const player = await client();
  const topics = Array.from({ length: 101 }, (_, index) => `onlooker/t${index}`);
  const granted = async (names: readonly string[]) =>
    (await player.subscribeAsync([...names])).map(({ topic, qos }) => [topic, qos]);
  expect((await granted(topics.slice(0, 100))).every(([, qos]) => qos === 0)).toBe(true);
  await expect(player.subscribeAsync('onlooker/t100')).rejects.toThrow();
  expect(refused).toEqual(['one more subscription; a client has at most 100']);
  expect(await granted(['onlooker/t7'])).toEqual([['onlooker/t7', 0]]);
  await player.unsubscribeAsync('onlooker/t7');
  expect(await granted(['onlooker/t100'])).toEqual([['onlooker/t100', 0]]);
});

it('has no more than 64 connections of each kind', async () => {
  const { port, refused } = await broker();
  const sockets = Array.from({ length: 65 }, () => connect(port, '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) socket.on('error', () => undefined);
  await once(sockets.at(-1) ?? connect(0), 'close');
  expect(refused).toEqual(['one more connection; at most 64 are kept']);
});

it('keeps no more than 16 MiB of retained messages', async () => {
  const { refused, client } = await broker();
  const sender = await client();
  const keep = (index: number, text: string) =>
    sender.publishAsync(`onlooker/t${index}`, text, { qos: 1, retain: true });
  for (let index = 0; index < 127; index += 1) await keep(index, 'x'.repeat(131_072));
  await keep(0, '');
  await keep(127, 'x'.repeat(131_072));
  expect(refused).toEqual([]);
  const cut = cutOf(sender);
  sender.publish('onlooker/more', 'x'.repeat(131_072), { retain: true });
  await cut;
  expect(refused).toEqual(['more than 16777216 bytes of retained messages']);
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

/** PUBLISH (section 3.3) of one byte on the topic `t`. */
function publish(qos: 0 | 2, id: number): Buffer {
  const head = Buffer.from('\0\x01t', 'latin1');
  const body = Buffer.concat([head, qos === 0 ? Buffer.alloc(0) : Buffer.of(0, id), Buffer.from('x')]);
  return Buffer.concat([Buffer.of(0x30 | (qos << 1), body.length), body]);
}
