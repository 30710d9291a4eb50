// The plain texts as a subscriber sees them: retained, on change only, again on connecting, and not known at the end.
import { expect, it, onTestFinished } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { type Collector, collectMessages } from '../support/collect-messages.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { now, startPublisher } from './rig.ts';

const unknownNow = { ...now(1), present: null, attending: null, watchers: null };

async function embedded(): Promise<string> {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  return broker.url;
}

it('are told when they change, and at the end that nothing is known', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const { publisher, becomes } = startPublisher({ url });
  await becomes('connected');
  for (const state of [now(1), { ...now(1), seq: 9 }, now(2), unknownNow, now(2)]) publisher.publish('now', state);
  publisher.publish('trigger', examples.trigger);
  publisher.publish('trigger', { ...examples.trigger, seq: 8 });
  await publisher.stop();
  await seen.see('availability', 'stopped');
  expect(textsOn(seen, 'present')).toEqual(['1', '2', 'unknown', '2', 'unknown']);
  expect(textsOn(seen, 'majority-gender')).toEqual(['female', 'unknown']);
  expect(textsOn(seen, 'trigger/perfume')).toEqual(['ON', 'OFF']);
  expect(seen.on('plain/present').every(({ qos }) => qos === 0)).toBe(true);
  const late = await collectMessages(url);
  await late.see('plain/trigger/perfume', 'OFF');
  expect(late.on('plain/present')).toMatchObject([{ text: 'unknown', retained: true }]);
});

it.skipIf(noMosquitto)('are all told again on connecting (needs mosquitto)', async () => {
  const broker = await startMosquitto();
  const { publisher, becomes, reconnects } = startPublisher({ url: broker.url });
  await becomes('connected');
  publisher.publish('now', now(1));
  await broker.kill();
  await becomes('connecting');
  publisher.publish('now', now(5));
  const again = await startMosquitto({ port: broker.port });
  const seen = await collectMessages(again.url);
  await reconnects();
  await seen.see('plain/watchers', '1');
  await seen.see('plain/majority-age-group', 'adult');
  expect(textsOn(seen, 'present')).toEqual(['5']);
});

it('are not told while another daemon speaks for the screen', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const { publisher, clock } = startPublisher({ url, listenMs: 6000 });
  publisher.publish('now', now(3));
  await seen.say('onlooker/v1/marker', {});
  await seen.see('marker', '{}');
  expect(textsOn(seen, 'present')).toEqual([]);
  while (publisher.status().state !== 'connected') {
    clock.advance(6000);
    await seen.say('onlooker/v1/marker', {});
  }
  await seen.see('plain/present', '3');
});

function textsOn(seen: Collector, name: string): readonly string[] {
  return seen.on(`plain/${name}`).map(({ text }) => text);
}
