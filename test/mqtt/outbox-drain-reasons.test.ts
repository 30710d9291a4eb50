// A reason code of 0x80 or above is no acknowledgment (MQTT 5, section 3.4.2.1): the rollup stays until one below it comes.
import { expect, it } from 'vitest';
import type { Rollup } from '../../src/audience/rollup.ts';
import { ALERT_NAMES } from '../../src/contract/alerts.ts';
import { examples } from '../../src/contract/examples.ts';
import { startAnsweringBroker } from '../support/answering-broker.ts';
import { eventually } from '../support/eventually.ts';
import { minutes, rollupOf, startPublisher } from './rig.ts';

it.each([
  [0x97, 'Quota exceeded'],
  [0x83, 'Implementation specific error'],
  [0x80, 'Unspecified error'],
])(
  'reason code %d (%s) keeps the rollups, and the broker is asked again with the next kick only',
  async (reason, words) => {
    const broker = await startAnsweringBroker(reason);
    const { publisher, outbox, clock, becomes } = startPublisher({ url: broker.url, protocolVersion: 5 });
    await becomes('connected');
    outbox.add(minutes(40));
    publisher.drain();
    await eventually(
      () => publisher.status().lastError,
      (error) => error === `the broker did not take a rollup over: Publish error: ${words}`,
    );
    const windows = () => broker.given().filter((topic) => topic.endsWith('rollup/1m')).length / 16;
    await eventually(windows, (asked) => asked === 1);
    publisher.publish('info', examples.info);
    await eventually(broker.given, (topics) => topics.at(-1)?.endsWith('info') ?? false);
    expect(windows()).toBe(1);
    await eventually(
      () => {
        publisher.drain();
        return windows();
      },
      (asked) => asked >= 2,
    );
    expect(outbox.depth()).toBe(40);

    // 0x10, no matching subscribers, is below 0x80.
    broker.answerWith(0x10);
    await eventually(clock.waiting, (waiting) => waiting === 0);
    clock.advance(600_000);
    await eventually(
      () => {
        publisher.drain();
        return outbox.depth();
      },
      (depth) => depth === 0,
    );
    // That of the availability, which was not taken either.
    expect(publisher.status().lastError).toBe(`Publish error: ${words}`);
  },
);

const NOT_AUTHORIZED = 0x87;

it.each(['1m', '15m'])('where rollups of %s are refused all others are delivered', async (period) => {
  const reasonFor = (topic: string) => (topic.endsWith(`rollup/${period}`) ? NOT_AUTHORIZED : null);
  const broker = await startAnsweringBroker(0, { reasonFor });
  const { publisher, outbox, log } = startPublisher({ url: broker.url, protocolVersion: 5 });
  outbox.add(withQuarters(minutes(150)));
  // No kick: what is refused holds nothing up.
  await eventually(
    () => outbox.entries.map(({ rollup }) => rollup.period),
    (left) => left.every((one) => one === period),
  );
  expect(outbox.depth()).toBe(period === '1m' ? 150 : 10);
  expect(publisher.status().lastError).toContain('Not authorized');
  expect(log.filter((line) => line.includes('did not take'))).toHaveLength(1);
});

it('asks again for what was refused after ten minutes, says so once an hour, and forgets it when it is taken', async () => {
  let isAllowed = false;
  const reasonFor = (topic: string) => (!isAllowed && topic.endsWith('rollup/15m') ? NOT_AUTHORIZED : null);
  const broker = await startAnsweringBroker(0, { reasonFor });
  const { publisher, clock, outbox, log } = startPublisher({ url: broker.url, protocolVersion: 5 });
  const asked = () => broker.given().filter((topic) => topic.endsWith('rollup/15m')).length;
  outbox.add(withQuarters(minutes(30)));
  await eventually(outbox.depth.bind(outbox), (depth) => depth === 2);
  for (let minute = 1; minute <= 9; minute += 1) {
    // As long as the watch for acknowledgments waits, none is owed.
    await eventually(clock.waiting, (waiting) => waiting === 0);
    clock.advance(60_000);
    outbox.add([rollupOf(30 + minute)]);
    publisher.drain();
    await eventually(outbox.depth.bind(outbox), (depth) => depth === 2);
  }
  expect(asked()).toBe(2);
  await eventually(clock.waiting, (waiting) => waiting === 0);
  clock.advance(60_000);
  publisher.drain();
  await eventually(asked, (count) => count === 4);
  expect(log.filter((line) => line.includes('did not take'))).toHaveLength(1);
  await eventually(clock.waiting, (waiting) => waiting === 0);
  clock.advance(3_000_000);
  publisher.drain();
  await eventually(asked, (count) => count === 6);
  expect(log.filter((line) => line.includes('did not take'))).toHaveLength(2);
  isAllowed = true;
  await eventually(clock.waiting, (waiting) => waiting === 0);
  clock.advance(600_000);
  publisher.drain();
  await eventually(outbox.depth.bind(outbox), (depth) => depth === 0);
  expect(publisher.status().lastError).toBeNull();
});

it('a broker that takes ten messages at once is never given more, whatever there is to tell', async () => {
  const broker = await startAnsweringBroker(0, { receiveMaximum: 10 });
  const { publisher, outbox, log } = startPublisher({ url: broker.url, protocolVersion: 5 });
  outbox.add(minutes(100));
  for (const alert of ALERT_NAMES) publisher.publish('alert', { ...examples.alert, session: 's1', alert });
  await eventually(outbox.depth.bind(outbox), (depth) => depth === 0);
  expect(log.filter((line) => line.includes('no connection'))).toEqual([]);
  expect(publisher.status()).toMatchObject({ state: 'connected', lastError: null });
});

it('what the broker has taken over is deleted before the end, and the outbox is left alone after it', async () => {
  const broker = await startAnsweringBroker(0, { answersAtMost: 3 });
  const { publisher, outbox, clock, becomes } = startPublisher({ url: broker.url, protocolVersion: 5 });
  await becomes('connected');
  outbox.add(minutes(5));
  publisher.drain();
  await eventually(
    () => broker.given().length,
    (given) => given === 6,
  );
  let hasStopped = false;
  publisher.stop().then(() => {
    hasStopped = true;
    outbox.failure = new TypeError('The database connection is not open');
  });
  await eventually(() => {
    clock.advance(100);
    return hasStopped;
  }, Boolean);
  broker.cut();
  expect(outbox.depth()).toBe(3);
});

/** After each fifteen minutes the quarter of an hour that they are. */
function withQuarters(rollups: readonly Rollup[]): readonly Rollup[] {
  return rollups.flatMap((rollup, index) =>
    index % 15 === 14 ? [rollup, { ...rollup, period: '15m' as const, from: rollup.to - 900_000 }] : [rollup],
  );
}
