// What a subscriber sees of a publisher on the embedded broker and on a real mosquitto, over MQTT 3.1.1 and 5.
import { describe, expect, it, onTestFinished } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { subscribeWithProgram } from '../support/mosquitto-sub.ts';
import { idsOf, minutes, now, prefix, startPublisher, viewer } from './rig.ts';

async function embedded(): Promise<string> {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  return broker.url;
}

async function mosquitto(): Promise<string> {
  return (await startMosquitto()).url;
}

describe.each([
  { broker: 'the embedded broker', open: embedded, protocolVersion: 4 as const, skip: false },
  { broker: 'mosquitto (where it is installed)', open: mosquitto, protocolVersion: 4 as const, skip: noMosquitto },
  { broker: 'mosquitto (where it is installed)', open: mosquitto, protocolVersion: 5 as const, skip: noMosquitto },
])('on $broker over protocol $protocolVersion', ({ open, protocolVersion, skip }) => {
  it.skipIf(skip)('tells everything as the contract says', async () => {
    const url = await open();
    const seen = await collectMessages(url, { protocolVersion });
    const { publisher, outbox, becomes } = startPublisher({ url, protocolVersion });
    await becomes('connected');
    publisher.publish('info', examples.info);
    publisher.publish('now', now(2));
    publisher.publish('viewer', viewer('v1'));
    publisher.publish('health', examples.health);
    outbox.add(minutes(1));
    publisher.drain();
    await seen.see('rollup/1m', '09:26');
    await publisher.stop();
    await seen.see('availability', 'stopped');
    // Brokers keep the order within a topic only.
    const onlyJson = seen.messages.filter(({ topic }) => !topic.includes('/plain/'));
    expect(onlyJson.map(({ topic, qos }) => `${topic.replace(`${prefix}/`, '')} ${qos}`).sort()).toEqual([
      'availability 1',
      'availability 1',
      'health 1',
      'info 1',
      'now 0',
      'rollup/1m 1',
      'viewer 0',
    ]);
    expect(outbox.depth()).toBe(0);
    expect(seen.on('now').map(({ expirySeconds }) => expirySeconds)).toEqual([protocolVersion === 5 ? 6 : null]);
    const types = ['now', 'viewer', 'rollup/1m'].map((topic) => seen.on(topic)[0]?.contentType);
    const [json, event] = ['application/json', 'application/cloudevents+json'];
    expect(types).toEqual(protocolVersion === 5 ? [json, event, event] : [null, null, null]);
    // Taken leave of in good order: the broker has no reason to publish the will.
    expect(seen.on('availability').some(({ text }) => text.includes('offline'))).toBe(false);

    const late = await collectMessages(url);
    await late.see('availability', 'stopped');
    expect(late.messages.map(({ topic }) => topic.replace(`${prefix}/`, '')).sort()).toEqual([
      'availability',
      'info',
      'now',
      ...['attending', 'majority-age-group', 'majority-gender', 'present', 'watchers'].map((name) => `plain/${name}`),
    ]);
  });
});

it('gives each alert a topic, which is told again on connecting, and ends those of a session that died', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const left = { ...examples.alert, session: 's0', alert: 'hung' as const };
  await seen.say(`${prefix}/alert/hung`, left, true);
  await seen.say(`${prefix}/alert/dark`, { ...left, alert: 'dark', on: false, until: left.since }, true);
  await seen.say(`${prefix}/alert/busy`, 'nonsense', true);
  const { publisher, becomes } = startPublisher({ url });
  publisher.publish('alert', { ...examples.alert, session: 's1' });
  publisher.publish('alert', { ...examples.alert, session: 's1', alert: 'too-slow' });
  await becomes('connected');
  const { text } = await seen.see('alert/hung', '"on":false');
  expect(JSON.parse(text)).toMatchObject({ session: 's1', alert: 'hung', since: left.since });
  await seen.see('alert/covered', '"on":true');
  await seen.see('alert/too-slow', '"on":true');
  expect([seen.on('alert/dark').length, seen.on('alert/busy').length]).toEqual([1, 1]);
});

it('ends its alerts when it stops', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const { publisher, becomes } = startPublisher({ url });
  await becomes('connected');
  publisher.publish('alert', { ...examples.alert, session: 's1' });
  await publisher.stop();
  await seen.see('alert/covered', '"on":false');
});

it('tells the newest states on connecting, as old as they are by then', async () => {
  const url = await embedded();
  const { publisher, clock, becomes } = startPublisher({ url });
  publisher.publish('now', now(1));
  publisher.publish('now', now(2));
  publisher.publish('viewer', viewer('too-early'));
  clock.advance(500);
  const seen = await collectMessages(url);
  await becomes('connected');
  const { text } = await seen.see('now', '"present":2');
  expect(JSON.parse(text)).toMatchObject({ ageMs: examples.now.ageMs === null ? null : examples.now.ageMs + 500 });
  expect(seen.on('now')).toHaveLength(1);
  expect(publisher.status()).toEqual({
    state: 'connected',
    lastError: null,
    liveMessagesDropped: 1,
    messagesRefused: 0,
  });
});

it.skipIf(noMosquitto)(
  'delivers no live message late, and drops none that a consumer needs (needs mosquitto)',
  async () => {
    const broker = await startMosquitto();
    const { publisher, becomes, reconnects, outbox } = startPublisher({ url: broker.url });
    publisher.publish('info', examples.info);
    await becomes('connected');
    await broker.kill();
    await becomes('connecting');
    for (const id of ['late-1', 'late-2']) publisher.publish('viewer', viewer(id));
    publisher.publish('health', { ...examples.health, detail: 'late' });
    publisher.publish('now', now(7));
    outbox.add(minutes(2));
    publisher.drain();
    expect(publisher.status()).toMatchObject({ state: 'connecting', liveMessagesDropped: 3 });

    const again = await startMosquitto({ port: broker.port });
    const seen = await collectMessages(again.url);
    await reconnects();
    publisher.publish('viewer', viewer('fresh'));
    await seen.see('viewer', 'fresh');
    await eventually(
      () => outbox.depth(),
      (depth) => depth === 0,
    );
    expect(idsOf(seen.on('viewer'))).toEqual(['fresh']);
    expect(seen.on('health')).toEqual([]);
    expect(seen.on('availability').map(({ text }) => text.includes('online'))).toEqual([true]);
    expect(seen.on('info')).toHaveLength(1);
    expect(seen.on('now').map(({ text }) => text.includes('"present":7'))).toEqual([true]);
    expect(seen.on('rollup/1m')).toHaveLength(2);
  },
);

it.skipIf(noMosquitto)('is seen by mosquitto_sub (needs mosquitto)', async () => {
  const { url, port } = await startMosquitto();
  const { publisher, becomes } = startPublisher({ url });
  await becomes('connected');
  publisher.publish('now', now(3));
  const lines = subscribeWithProgram(port);
  await eventually(lines, (text) => text.includes(`${prefix}/now {"session":"s1"`));
  expect(lines()).toContain(`${prefix}/availability {"state":"online","session":"s1"`);
});
