// What a publisher does when the broker refuses it, forgets it, or lets another one speak.

import mqtt from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { availabilityPayload } from '../../src/contract/availability.ts';
import { examples } from '../../src/contract/examples.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { startAnsweringBroker } from '../support/answering-broker.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { startStubbornBroker } from '../support/stubborn-broker.ts';
import { minutes, now, prefix, startPublisher } from './rig.ts';

const availability = `${prefix}/availability`;

async function embedded(): Promise<string> {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  return broker.url;
}

describe.skipIf(noMosquitto)('with a password (needs mosquitto)', () => {
  it.each([4, 5] as const)('says that it was refused, and goes on trying (protocol %d)', async (protocolVersion) => {
    const wrong = await startMosquitto({ user: { name: 'screen', password: 'other' } });
    const options = { url: wrong.url, username: 'screen', password: 's3cret', protocolVersion };
    const { publisher, becomes, reconnects, log } = startPublisher(options);
    await becomes('refused');
    expect(publisher.status().lastError).toMatch(/^refused: bad user name or password/);
    await wrong.kill();
    await startMosquitto({ port: wrong.port, user: { name: 'screen', password: 's3cret' } });
    await reconnects();
    expect(publisher.status().lastError).toBeNull();
    expect(log.join('\n')).toContain('refused: bad user name or password');
    expect(log.join('\n')).not.toContain('s3cret');
  });

  it('gives the user name and the password that are configured', async () => {
    const user = { name: 'screen', password: 'p:@/ä%' };
    const { url } = await startMosquitto({ user });
    await startPublisher({ url, username: user.name, password: user.password }).becomes('connected');
  });
});

it('names what is wrong, once, while it goes on trying', async () => {
  const port = await freePort();
  const { publisher, clock, log } = startPublisher({ url: `mqtt://127.0.0.1:${port}` });
  for (const pauseMs of [1000, 2000, 5000]) {
    await eventually(
      () => clock.waiting(),
      (waiting) => waiting === 1,
    );
    clock.advance(pauseMs - 1);
    expect(clock.waiting()).toBe(1);
    clock.advance(1);
    expect(clock.waiting()).toBe(0);
  }
  await eventually(
    () => clock.waiting(),
    (waiting) => waiting === 1,
  );
  expect(publisher.status()).toMatchObject({ state: 'connecting', lastError: expect.stringContaining('ECONNREFUSED') });
  expect(log).toHaveLength(1);
});

it('asks a broker that accepts and cuts ever more rarely, says so once, and forgets that when a connection has lasted', async () => {
  let cuts = true;
  const broker = await startAnsweringBroker(0, { isCut: (topic) => cuts && topic.endsWith('availability') });
  const { publisher, clock, log, becomes } = startPublisher({ url: broker.url, protocolVersion: 5 });
  /** It was cut so often, and waits for its next attempt. */
  const wasCut = (times: number) =>
    eventually(
      () => [broker.given().length, publisher.status().state, clock.waiting()].join(),
      (state) => state === `${times},connecting,1`,
    );
  for (const [index, pauseMs] of [1000, 2000, 5000, 10_000].entries()) {
    await wasCut(index + 1);
    clock.advance(pauseMs - 1);
    expect(clock.waiting()).toBe(1);
    cuts = pauseMs < 10_000;
    clock.advance(1);
  }
  const complaints = () => log.filter((line) => line.includes('no connection')).length;
  expect(complaints()).toBe(1);
  await becomes('connected');
  await eventually(clock.waiting, (waiting) => waiting === 0);
  clock.advance(10_001);
  broker.cut();
  await wasCut(5);
  expect(complaints()).toBe(2);
  clock.advance(1000);
  expect(clock.waiting()).toBe(0);
});

describe.each([
  { broker: 'the embedded broker', open: embedded, skip: false },
  { broker: 'mosquitto (where it is installed)', open: async () => (await startMosquitto()).url, skip: noMosquitto },
])('on $broker', ({ open, skip }) => {
  it.skipIf(skip)(
    'says online again after the late will of an older session, and after its last word, once each',
    async () => {
      const url = await open();
      const corpse = await mqtt.connectAsync(url, { reconnectPeriod: 0, will: lastWords('s0') });
      const { becomes } = startPublisher({ url });
      const seen = await collectMessages(url);
      await becomes('connected');
      await seen.see('availability', 'online');
      corpse.stream.destroy();
      await seen.see('availability', 's0');
      const isCorrected = () => seen.on('availability').at(-1)?.text.includes('"online","session":"s1"') ?? false;
      await eventually(isCorrected, Boolean);
      await seen.say(availability, 'no payload of ours');
      await seen.say(availability, availabilityPayload('online', 's0', 0));
      await eventually(isCorrected, Boolean);
      await seen.say(`${prefix}/marker`, {});
      await seen.see('marker', '{}');
      expect(seen.on('availability').filter(({ text }) => text.includes('"online","session":"s1"')).length).toBe(
        seen.on('availability').filter(({ text }) => text.includes('"session":"s0"')).length + 1,
      );
    },
  );

  it.skipIf(skip)('has the will published when it is lost, and is online again after that', async () => {
    const url = await open();
    const seen = await collectMessages(url);
    const { becomes, reconnects } = startPublisher({ url });
    await becomes('connected');
    await seen.see('availability', 'online');
    // A second client with its id makes the broker drop it [MQTT-3.1.4-2].
    const thief = await mqtt.connectAsync(url, { clientId: 'onlooker-local-lobby-s1', reconnectPeriod: 0 });
    await seen.see('availability', '"offline","session":"s1"');
    await becomes('connecting');
    await thief.endAsync(true);
    await reconnects();
    await eventually(
      () => seen.on('availability').at(-1)?.text ?? '',
      (text) => text.includes('"online","session":"s1"'),
    );
  });
});

describe('beside another daemon of the same screen', () => {
  const listenMs = 6000;

  it('keeps quiet while the other one speaks, and speaks when it has gone', async () => {
    const url = await embedded();
    const seen = await collectMessages(url);
    const { publisher, clock, outbox, becomes, log } = startPublisher({ url, listenMs });
    outbox.add(minutes(1));
    await eventually(
      () => clock.waiting(),
      (waiting) => waiting === 1,
    );
    expect(publisher.status()).toMatchObject({ state: 'listening', lastError: null });
    await seen.say(`${prefix}/now`, now(1, 's2'));
    await becomes('quiet');
    clock.advance(listenMs - 1);
    await seen.say(`${prefix}/now`, now(2, 's2'));
    publisher.publish('now', now(9));
    publisher.publish('viewer', examples.viewer);
    publisher.drain();
    await seen.say(`${prefix}/marker`, {});
    await seen.see('marker', '{}');
    expect(publisher.status()).toEqual({
      state: 'quiet',
      lastError: 'another daemon speaks for this screen (session s2)',
      liveMessagesDropped: 1,
      messagesRefused: 0,
    });
    expect(log.filter((line) => line.includes('another daemon'))).toHaveLength(1);
    expect(seen.messages.filter(({ text }) => text.includes('s1'))).toEqual([]);

    await eventually(
      () => {
        clock.advance(listenMs);
        return publisher.status().state;
      },
      (state) => state === 'connected',
    );
    await seen.see('availability', '"online","session":"s1"');
    await seen.see('now', '"present":9');
    await seen.see('rollup/1m', '09:26');
    expect(log.at(-1)).toBe('the other daemon is silent; speaking for this screen {"rival":"s2"}');
  });

  it('is not silenced by what the other one left behind', async () => {
    const url = await embedded();
    const seen = await collectMessages(url);
    await seen.say(`${prefix}/now`, now(1, 's2'), true);
    await seen.say(availability, availabilityPayload('online', 's2', 0), true);
    const { publisher, clock } = startPublisher({ url, listenMs });
    await eventually(
      () => clock.waiting(),
      (waiting) => waiting === 1,
    );
    clock.advance(listenMs);
    expect(publisher.status().state).toBe('connected');
  });
});

function lastWords(session: string) {
  const payload = Buffer.from(JSON.stringify(availabilityPayload('offline', session, 0)));
  return { topic: availability, payload, qos: 1 as const, retain: true };
}

it('goes to a broker anew that lets it in and never answers that it listens', async () => {
  const port = await freePort();
  let asked = 0;
  await startStubbornBroker(port, {
    authorizeSubscribe: () => {
      asked += 1;
    },
  });
  const { clock, log } = startPublisher({ url: `mqtt://127.0.0.1:${port}` });
  await eventually(
    () => asked,
    (count) => count > 0,
  );
  clock.advance(20_000);
  await eventually(
    () => log.join(),
    (said) => said.includes('connecting to the broker anew'),
  );
});
