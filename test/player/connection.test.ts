// Tests how the client reaches its broker: again and again, less often where that is of no use, and without telling secrets.
import { connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { listening } from '../support/listening.ts';
import { availability } from './messages.ts';
import { followAt, PREFIX, rigBroker } from './player-rig.ts';

it('comes back to a broker that was away, as often as it takes, and says each trouble once', async () => {
  const port = await freePort();
  const first = await startBroker({ port, webSocketPort: null });
  const player = followAt(first.url);
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  await first.close();
  await player.becomes(({ why }) => why === 'no connection to the broker');
  const triesUntil = (holds: () => boolean) =>
    eventually(() => {
      player.clock.advance(20_000);
      return holds();
    }, Boolean);
  await triesUntil(() => player.problems.length > 0);
  const again = await startBroker({ port, webSocketPort: null });
  onTestFinished(() => again.close());
  await triesUntil(() => player.handle.state.why === 'no daemon has been heard of for this screen');
  expect(player.problems).toEqual([expect.stringMatching(/^No connection to the broker at mqtt:.*ECONNREFUSED/)]);
});

it('asks a broker that accepts and cuts less and less often', async () => {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  const network = await startNetwork(broker.url);
  const player = followAt(network.url);
  // The longest pause grows from half a second to 15 s, and half of it is by chance.
  for (const atLeastMs of [250, 500, 1000, 2000, 4000, 7500, 7500]) {
    await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
    network.cut();
    await player.becomes(({ why }) => why === 'no connection to the broker');
    player.clock.advance(atLeastMs - 1);
    expect(player.clock.waiting()).toBe(1);
    player.clock.advance(15_000);
  }
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  player.clock.advance(10_001);
  network.cut();
  await player.becomes(({ why }) => why === 'no connection to the broker');
  player.clock.advance(500);
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
});

it('names the broker in errors without what may be secret in its address', async () => {
  const player = followAt(`ws://127.0.0.1:${await freePort()}/mqtt?token=secret`);
  await eventually(() => player.problems.length, Boolean);
  expect(player.problems.join()).toMatch(/^No connection to the broker at ws:\/\/127\.0\.0\.1:\d+: /);
  expect(player.problems.join()).not.toContain('secret');
});

it('is over when it is closed by the very news that the connection is lost', async () => {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  const network = await startNetwork(broker.url);
  const player = followAt(network.url, {
    onChange: ({ why }) => {
      if (why === 'no connection to the broker') void player.handle.close();
    },
  });
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  network.cut();
  await player.becomes(({ why }) => why === 'no connection to the broker');
  expect(player.clock.waiting()).toBe(0);
});

it('closes when the broker has taken over what was just told', async () => {
  const { say, follow, client } = await rigBroker();
  const player = follow();
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  await say('availability', availability('online'), true);
  await player.becomes(({ why }) => why !== 'no daemon has been heard of for this screen');
  await client.subscribeAsync(`${PREFIX}/play`, { qos: 1 });
  const heard: unknown[] = [];
  client.on('message', (_, payload) => heard.push(JSON.parse(payload.toString()).state));
  expect(player.handle.playStarted({ playId: '1', content: 'shoes' })).toBe(true);
  expect(player.handle.playEnded('1')).toBe(true);
  await player.handle.close();
  await eventually(
    () => heard,
    ({ length }) => length === 2,
  );
  expect(heard).toEqual(['started', 'ended']);
  expect(player.problems).toEqual([]);
});

it('says nothing any more when its broker goes while it closes', async () => {
  const { say, follow, url } = await rigBroker();
  const network = await startNetwork(url);
  const player = follow({ url: network.url });
  await say('availability', availability('online'), true);
  await player.becomes(({ why }) => why === 'waiting for a live message of the daemon');
  expect(player.handle.playStarted({ playId: '1', content: 'shoes' })).toBe(true);
  const closed = player.handle.close();
  network.cut();
  await closed;
  expect(player.problems).toEqual([]);
});

/** All connections through it can be cut, and new ones are let through. */
async function startNetwork(brokerUrl: string) {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(Number(new URL(brokerUrl).port), '127.0.0.1');
    for (const socket of [client, broker]) sockets.add(socket.on('error', () => undefined));
    client.pipe(broker).pipe(client);
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(cut);
  return { url: `mqtt://127.0.0.1:${await listening(server)}`, cut };
}
