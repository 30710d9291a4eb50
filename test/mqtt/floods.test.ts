// A flood of messages makes no flood of answers where the broker does not take them.
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { expect, it, onTestFinished } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import type { OutgoingMessage } from '../../src/mqtt/connection.ts';
import { Refusals } from '../../src/mqtt/refusals.ts';
import { Requests } from '../../src/mqtt/requests.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { listening } from '../support/listening.ts';
import { manualClock } from '../support/manual-clock.ts';
import { now, prefix, screen, startPublisher } from './rig.ts';

const backwards = { ...examples.replay, from: examples.replay.to };

it('refused requests are only counted while eight answers are not acknowledged', async () => {
  const clock = manualClock();
  const refusals = new Refusals(clock, { info: () => undefined, warn: () => undefined });
  const sent: Readonly<{ message: OutgoingMessage; acknowledge: () => void }>[] = [];
  const requests = new Requests(
    { screen, session: 's1' },
    {
      clock,
      refusals,
      rollups: () => [],
      isStorageError: () => false,
      window: () => 4,
      play: () => null,
      send: (message) => new Promise((resolve) => sent.push({ message, acknowledge: resolve })),
      sendRollup: () => null,
    },
  );
  const ask = (count: number) => {
    for (let index = 0; index < count; index += 1) requests.replay(backwards);
  };
  ask(100);
  expect([sent.length, refusals.count]).toEqual([8, 100]);
  requests.replay(examples.replay);
  await eventually(
    () => sent.length,
    (length) => length === 9,
  );
  expect(sent[8]?.message.payload).toContain('"done"');
  for (const { acknowledge } of sent) acknowledge();
  await eventually(
    () => {
      ask(1);
      return sent.length;
    },
    (length) => length === 10,
  );
  requests.close();
  ask(100);
  expect(sent).toHaveLength(10 + 8);
});

it('a daemon that is taken for dead again and again says that it is there, one answer at a time', async () => {
  const { url, heldBack, letGo } = await brokerWithoutAcknowledgments();
  const { becomes, publisher } = startPublisher({ url });
  await becomes('connected');
  const seen = await collectMessages(url);
  const lastWords = { ...examples.availability, state: 'offline', session: 's0' };
  for (let count = 0; count < 50; count += 1) await seen.say(`${prefix}/availability`, lastWords);
  await seen.say(`${prefix}/play`, 'the end');
  await eventually(
    () => publisher.status().messagesRefused,
    (refused) => refused === 1,
  );
  // What it says when it begins to speak, and one answer.
  expect(heldBack()).toBe(2);
  letGo();
  await eventually(
    () => seen.on('availability').filter(({ text }) => text.includes('"online"')).length,
    (online) => online === 3,
  );
});

it('of alerts of the dead no more are ended than there can be', async () => {
  const { url, letGo } = await brokerWithoutAcknowledgments();
  letGo();
  const { becomes } = startPublisher({ url });
  await becomes('connected');
  const seen = await collectMessages(url);
  for (let count = 0; count < 100; count += 1) {
    const alert = `a${count}`;
    await seen.say(`${prefix}/alert/${alert}`, { ...examples.alert, alert, session: 's0' });
  }
  await seen.see('alert/a49', '"on":false');
  await seen.say(`${prefix}/now`, now(1));
  await seen.see('now', '"present":1');
  expect(seen.messages.filter(({ text }) => text.includes('"on":false'))).toHaveLength(50);
});

/** What the publisher sends waits there until it is let go. */
async function brokerWithoutAcknowledgments() {
  let waiting: (() => void)[] = [];
  let isOpen = false;
  const aedes = await Aedes.createBroker({
    authorizePublish: (client, _packet, done) => {
      if (isOpen || client?.id.startsWith('onlooker') !== true) done(null);
      else waiting.push(() => done(null));
    },
  });
  aedes.id = '';
  const server = createServer(aedes.handle);
  const port = await listening(server);
  onTestFinished(async () => {
    await new Promise<void>((resolve) => aedes.close(resolve));
    server.close();
  });
  const letGo = () => {
    isOpen = true;
    for (const go of waiting) go();
    waiting = [];
  };
  return { url: `mqtt://127.0.0.1:${port}`, heldBack: () => waiting.length, letGo };
}
