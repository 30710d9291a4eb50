// Rollups leave the outbox when a broker has acknowledged them and not before, whatever happens on the way.
import { setImmediate as letAnswersArrive } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { OutboxDrain } from '../../src/mqtt/outbox-drain.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { manualClock } from '../support/manual-clock.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { idsOf, isStorageError, MemoryOutbox, minutes, prefix, rollupOf, startPublisher } from './rig.ts';

async function embedded(): Promise<string> {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  return broker.url;
}

async function empty(outbox: MemoryOutbox): Promise<void> {
  await eventually(
    () => outbox.depth(),
    (depth) => depth === 0,
  );
}

it('delivers what has piled up, in order, each once', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const { outbox } = startPublisher({ url });
  outbox.add(minutes(100));
  await eventually(
    () => seen.on('rollup/1m').length,
    (length) => length === 100,
  );
  await empty(outbox);
  const ids = idsOf(seen.on('rollup/1m'));
  expect([...new Set(ids)].sort()).toEqual(ids);
});

describe('the window', () => {
  it('has at most 16 in flight, and deletes what was taken eight at a time, and at the latest when nothing is under way', async () => {
    const { drain, outbox, asked, answer } = heldDrain(26);
    drain.kick();
    expect(asked()).toBe(0);
    drain.open();
    drain.kick();
    expect(asked()).toBe(16);
    await answer(7);
    expect([asked(), outbox.depth()]).toEqual([23, 26]);
    await answer(1);
    expect([asked(), outbox.depth()]).toEqual([24, 18]);
    await answer(18);
    expect([asked(), outbox.depth()]).toEqual([26, 0]);
  });

  it('ignores what an earlier connection answers, and keeps what that one has taken', async () => {
    const { drain, outbox, asked, answer } = heldDrain(40);
    drain.open();
    await answer(3);
    drain.close();
    expect(outbox.depth()).toBe(37);
    await answer(16);
    expect(outbox.depth()).toBe(37);
    drain.open();
    expect(asked()).toBe(19 + 16);
    await answer(8);
    expect(outbox.depth()).toBe(29);
  });
});

it('marks as historical what ended more than two minutes ago, however long it was', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const { publisher, outbox, clock, becomes } = startPublisher({ url });
  await becomes('connected');
  // Else the broker would seem to acknowledge nothing for two minutes.
  await eventually(
    () => clock.waiting(),
    (waiting) => waiting === 0,
  );
  // The clock of the rig starts 10 s after the end of minute 0.
  clock.advance(110_000);
  outbox.add([rollupOf(0)]);
  publisher.drain();
  await seen.see('rollup/1m', '"historical":false');
  clock.advance(1);
  outbox.add([{ ...rollupOf(0), revision: 1 }]);
  publisher.drain();
  await seen.see('rollup/1m', '"historical":true');
  const hour = { ...rollupOf(0), period: '1h', from: rollupOf(0).to - 3_600_000 } as const;
  outbox.add([hour]);
  publisher.drain();
  await seen.see('rollup/1h', '"historical":true');
});

it('marks all of a recording as historical, however young it is', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const { publisher, outbox, becomes } = startPublisher({ url, isReplay: true });
  await becomes('connected');
  outbox.add([rollupOf(0)]);
  publisher.drain();
  await seen.see('rollup/1m', '"historical":true');
});

it('goes on when the outbox cannot be written: sends again, and says so', async () => {
  const url = await embedded();
  const seen = await collectMessages(url);
  const { publisher, outbox, becomes } = startPublisher({ url });
  await becomes('connected');
  outbox.failure = new Error('disk full');
  outbox.add(minutes(1));
  publisher.drain();
  await eventually(
    () => publisher.status().lastError,
    (error) => error === 'cannot delete from the outbox: disk full',
  );
  expect(outbox.depth()).toBe(1);
  outbox.failure = null;
  publisher.drain();
  await empty(outbox);
  expect(publisher.status().lastError).toBeNull();
  expect(new Set(idsOf(seen.on('rollup/1m'))).size).toBe(1);
});

it('takes no other error of the outbox for trouble with the storage', () => {
  const { drain, outbox } = heldDrain(1);
  outbox.failure = new TypeError('a bug');
  outbox.next = () => {
    throw new TypeError('a bug');
  };
  expect(() => drain.open()).toThrow('a bug');
});

describe.skipIf(noMosquitto)('on mosquitto (skipped where it is not installed)', () => {
  it('sends again what the broker died with', async () => {
    const broker = await startMosquitto();
    const { publisher, outbox, becomes, reconnects } = startPublisher({ url: broker.url });
    await becomes('connected');
    broker.freeze();
    outbox.add(minutes(40));
    publisher.drain();
    await broker.kill();
    await becomes('connecting');
    expect(outbox.depth()).toBe(40);
    const again = await startMosquitto({ port: broker.port });
    const seen = await collectMessages(again.url);
    await reconnects();
    await empty(outbox);
    expect(new Set(idsOf(seen.on('rollup/1m'))).size).toBe(40);
  });

  it('connects anew when nothing is acknowledged for 20 s', async () => {
    const broker = await startMosquitto();
    const { publisher, clock, outbox, log, becomes, reconnects } = startPublisher({ url: broker.url });
    await becomes('connected');
    broker.freeze();
    outbox.add(minutes(1));
    publisher.drain();
    clock.advance(19_999);
    expect(log.join()).not.toContain('no acknowledgment');
    clock.advance(1);
    expect(log.join()).toContain('no acknowledgment');
    await becomes('connecting');
    broker.thaw();
    await reconnects();
    await empty(outbox);
  });

  it('keeps what the broker refuses by a reason code, and says so (protocol 5)', async () => {
    const { url } = await startMosquitto({
      accessControl: [`topic write ${prefix}/availability`, `topic read ${prefix}/#`],
    });
    const { publisher, outbox, log, becomes } = startPublisher({ url, protocolVersion: 5 });
    await becomes('connected');
    outbox.add(minutes(3));
    publisher.drain();
    await eventually(
      () => publisher.status().lastError,
      (error) => error === 'the broker did not take a rollup over: Publish error: Not authorized',
    );
    expect(outbox.depth()).toBe(3);
    expect(log.filter((line) => line.includes('did not take a rollup over'))).toHaveLength(1);
  });
});

/** A drain whose broker answers when it is told to, the oldest question first. */
function heldDrain(count: number) {
  const outbox = new MemoryOutbox();
  outbox.add(minutes(count));
  const questions: (() => void)[] = [];
  let asked = 0;
  const drain = new OutboxDrain({
    alwaysHistorical: false,
    isStorageError,
    window: () => 16,
    clock: manualClock(),
    logger: { info: () => undefined, warn: () => undefined },
    outbox,
    send: () => {
      asked += 1;
      return new Promise((resolve) => questions.push(resolve));
    },
  });
  return {
    drain,
    outbox,
    asked: () => asked,
    answer: async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        questions.shift()?.();
        await letAnswersArrive();
      }
    },
  };
}
