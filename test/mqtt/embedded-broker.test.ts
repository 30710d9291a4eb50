// The embedded broker passes messages on over TCP and WebSocket, and says what to do when its port is taken.
import { once } from 'node:events';
import { connect } from 'node:net';
import mqtt from 'mqtt';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Broker, type BrokerOptions, startBroker } from '../../src/mqtt/embedded-broker.ts';
import { MqttError } from '../../src/mqtt/mqtt-error.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';

async function broker(options: Partial<BrokerOptions> = {}): Promise<Broker> {
  const started = await startBroker({ port: 0, webSocketPort: null, ...options });
  onTestFinished(() => started.close());
  return started;
}

it('tells the port it got', async () => {
  const { port, url, webSocketUrl } = await broker();
  expect(port).toBeGreaterThan(0);
  expect(url).toBe(`mqtt://127.0.0.1:${port}`);
  expect(webSocketUrl).toBeNull();
});

it('passes messages between TCP and WebSocket, and keeps retained ones', async () => {
  const { url, webSocketUrl } = await broker({ webSocketPort: 0 });
  const browser = await collectMessages(webSocketUrl ?? 'no address');
  const player = await collectMessages(url);
  await player.say('onlooker/v1/local/lobby/now', { present: 1 }, true);
  expect(await browser.see('now', '"present":1')).toMatchObject({ retained: false });
  await browser.say('onlooker/v1/local/lobby/viewer', { id: 'x' });
  await player.see('viewer', '"x"');
  const late = await collectMessages(url);
  expect(await late.see('now', '"present":1')).toMatchObject({ retained: true });
});

it('loses nothing of a burst of retained and other messages, and keeps the order within each topic', async () => {
  const { url } = await broker();
  const seen = await collectMessages(url);
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0 });
  const sent = Array.from({ length: 50 }, (_, index) => `${index}`);
  await Promise.all(
    sent.flatMap((text) => [
      client.publishAsync('onlooker/retained', text, { retain: true }),
      client.publishAsync('onlooker/viewer', text),
      client.publishAsync('onlooker/rollup', text, { qos: 1 }),
    ]),
  );
  await client.endAsync();
  await eventually(
    () => seen.messages.length,
    (length) => length === 150,
  );
  for (const topic of ['retained', 'viewer', 'rollup']) expect(seen.on(topic).map(({ text }) => text)).toEqual(sent);
});

it('never tells that somebody is gone who is there, however long it runs', async () => {
  // Those of the broker, of the whole of its life; nobody else is to have one.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { url } = await broker();
  const seen = await collectMessages(url, { keepalive: 0 });
  const will = { topic: 'onlooker/availability', payload: Buffer.from('offline'), qos: 1 as const, retain: true };
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, keepalive: 0, will });
  await vi.advanceTimersByTimeAsync(2 ** 31);
  await client.publishAsync('onlooker/marker', 'here', { qos: 1 });
  await seen.see('marker', 'here');
  expect(seen.on('availability')).toEqual([]);
  client.stream.destroy();
  await seen.see('availability', 'offline');
});

it('delivers what it has acknowledged before it closes', async () => {
  const { url, close } = await startBroker({ port: 0, webSocketPort: null });
  const seen = await collectMessages(url);
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0 });
  await client.publishAsync('onlooker/availability', 'stopped', { qos: 1, retain: true });
  await client.endAsync();
  await close();
  await seen.see('availability', 'stopped');
});

it('says which port is taken, and the remedy', async () => {
  const { port } = await broker();
  const second = startBroker({ port, webSocketPort: null });
  await expect(second).rejects.toThrow(MqttError);
  await expect(second).rejects.toMatchObject({
    exitCode: 78,
    message:
      `Port ${port} on 127.0.0.1 is taken, probably by another broker: ` +
      `point mqtt.url at the broker that is there (mqtt://127.0.0.1:${port}), or choose another mqtt.port.`,
  });
});

it('gives its port back when that of the WebSocket is taken', async () => {
  const { port: taken } = await broker();
  const port = await freePort();
  await expect(startBroker({ port, webSocketPort: taken })).rejects.toThrow(/mqtt\.webSocketPort/);
  await expect(broker({ port })).resolves.toMatchObject({ port });
});

it('closes whoever is connected: clients, browsers, and sockets that never said anything', async () => {
  const { port, url, webSocketUrl, close } = await startBroker({ port: 0, webSocketPort: 0 });
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const addresses = [url, webSocketUrl ?? 'no address'];
  const clients = await Promise.all(addresses.map((address) => mqtt.connectAsync(address, { reconnectPeriod: 0 })));
  const clientsClosed = clients.map((client) => new Promise<void>((resolve) => client.once('close', resolve)));
  const silentClosed = once(silent, 'close');
  await close();
  await Promise.all([...clientsClosed, silentClosed]);
});
