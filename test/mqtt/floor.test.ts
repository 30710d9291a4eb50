// Two daemons that have come to speak for the same screen at once: the later session goes on, and is the last that is online.
import { expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { now, startPublisher } from './rig.ts';

const listenMs = 6000;

it.each([
  ['the earlier session is heard first', ['s1', 's2']],
  ['the later session is heard first', ['s2', 's1']],
])('%s', async (_words, order) => {
  const broker = await startBroker({ port: 0, webSocketPort: null }, () => undefined);
  onTestFinished(() => broker.close());
  const { url } = broker;
  const seen = await collectMessages(url);
  const rigs = new Map(['s1', 's2'].map((session) => [session, startPublisher({ url, listenMs, session })]));
  const states = () => [...rigs.values()].map(({ publisher }) => publisher.status().state);
  await eventually(
    () => [...rigs.values()].map(({ clock }) => clock.waiting()),
    (waiting) => waiting.every((count) => count === 1),
  );
  // Neither has heard the other, as when a network has kept them apart.
  for (const { clock } of rigs.values()) clock.advance(listenMs);
  for (const session of order) rigs.get(session)?.publisher.publish('now', now(1, session));
  await eventually(states, ([first, second]) => first === 'quiet' && second === 'connected');
  await eventually(
    () => seen.on('availability').at(-1)?.text ?? '',
    (text) => text.includes('"online","session":"s2"'),
  );
  rigs.get('s1')?.publisher.publish('now', now(7, 's1'));
  rigs.get('s2')?.publisher.publish('now', now(8, 's2'));
  await seen.see('now', '"present":8');
  expect(seen.on('now').some(({ text }) => text.includes('"present":7'))).toBe(false);
});
