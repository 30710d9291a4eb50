// A broker that is switched off for a while comes back where its clients look for it, and is as strict as before.
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { InterruptibleBroker } from '../../../src/daemon/stand-ins/interruptible-broker.ts';
import { eventually } from '../../support/eventually.ts';
import { manualClock } from '../../support/manual-clock.ts';

it('comes back on both of its ports, and goes on to say what it refuses', async () => {
  const { broker, clock, refused, urls, connects } = await rig();
  broker.interrupt(5000);
  for (const url of urls)
    await eventually(
      () => connects(url),
      (isThere) => !isThere,
    );
  clock.advance(5000);
  for (const url of urls) await eventually(() => connects(url), Boolean);
  for (const url of urls) {
    const client = await mqtt.connectAsync(url, { reconnectPeriod: 0 });
    onTestFinished(() => client.endAsync(true));
    client.publish('x'.repeat(1025), '1');
  }
  await eventually(
    () => refused,
    ({ length }) => length === 2,
  );
  expect(new Set(refused)).toEqual(new Set(['a topic of 1025 bytes; at most 1024 are taken']));
});

it('does not come back when it was closed meanwhile', async () => {
  const { broker, clock, urls, close, connects } = await rig();
  broker.interrupt(5000);
  await close();
  clock.advance(5000);
  for (const url of urls) expect(await connects(url)).toBe(false);
});

it('comes back when it was closed and opened again before', async () => {
  const { broker, clock, urls, close, connects } = await rig();
  await close();
  const again = await broker.open({ port: 0, webSocketPort: null });
  onTestFinished(() => again.close());
  broker.interrupt(5000);
  await eventually(
    () => connects(again.url),
    (isThere) => !isThere,
  );
  clock.advance(5000);
  await eventually(() => connects(again.url), Boolean);
  expect(await connects(urls[0] ?? '')).toBe(false);
});

async function rig() {
  const clock = manualClock();
  const log: string[] = [];
  const write = (_fields: unknown, message: string) => log.push(message);
  const broker = new InterruptibleBroker(clock, { debug: write, info: write, warn: write, error: write, fatal: write });
  const refused: string[] = [];
  const { url, webSocketUrl, close } = await broker.open({ port: 0, webSocketPort: 0 }, (reason) => {
    refused.push(reason);
  });
  onTestFinished(() => close());
  const connects = async (address: string) => {
    try {
      const client = await mqtt.connectAsync(address, { reconnectPeriod: 0, connectTimeout: 1000 }, false);
      await client.endAsync(true);
      return true;
    } catch {
      // That it is not there is the answer.
      return false;
    }
  };
  return { broker, clock, refused, urls: [url, webSocketUrl ?? 'no address'], close, connects };
}
