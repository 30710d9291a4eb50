// Rollups that somebody missed are sent once more on request, on both brokers; what cannot be had is refused in words.
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Rollup, sumCells } from '../../src/audience/rollup.ts';
import { examples } from '../../src/contract/examples.ts';
import { instantText } from '../../src/contract/instant.ts';
import { type PayloadOf, topics } from '../../src/contract/topics.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { type Collector, collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { idsOf, now, prefix, rollupOf, startPublisher } from './rig.ts';

/** The clock of the rig starts at the second minute; what is asked for lies three weeks before. */
const FIRST = -21 * 24 * 60;

async function embedded(): Promise<string> {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  return broker.url;
}

async function connected(url: string, options: { protocolVersion?: 4 | 5; k?: number } = {}) {
  const seen = await collectMessages(url);
  const rig = startPublisher({ url, ...options });
  await rig.becomes('connected');
  return { ...rig, seen, ask: (request: Partial<Request>) => seen.say(`${prefix}/replay`, requestOf(request)) };
}

describe.each([
  { broker: 'the embedded broker', open: embedded, protocolVersion: 4 as const, skip: false },
  { broker: 'mosquitto (where it is installed)', open: mosquitto, protocolVersion: 4 as const, skip: noMosquitto },
  { broker: 'mosquitto (where it is installed)', open: mosquitto, protocolVersion: 5 as const, skip: noMosquitto },
])('a request on $broker over protocol $protocolVersion', ({ open, protocolVersion, skip }) => {
  it.skipIf(skip)(
    'is answered with the rollups of the range, as they were sent before, and then with done',
    async () => {
      const { seen, outbox, publisher, kept, ask } = await connected(await open(), { protocolVersion });
      outbox.add(past(3));
      publisher.drain();
      await seen.see('rollup/1m', '09:28');
      kept.push(...past(500), { ...rollupOf(FIRST), period: '15m' });
      await ask({ from: minute(1), to: minute(451) });
      expect(await resultOf(seen, 'r1')).toMatchObject({ state: 'done', rollups: 450, reason: null });
      const sent = seen.on('rollup/1m');
      const again = sent.filter(({ text }) => text.includes('"historical":true')).slice(-450);
      expect(idsOf(again).slice(0, 2)).toEqual(idsOf(sent).slice(1, 3));
      expect(new Set(idsOf(again)).size).toBe(450);
      expect(again.at(-1)?.text).toContain(`"from":"${minute(450)}"`);
      expect(seen.on('rollup/15m')).toEqual([]);
      await ask({ requestId: 'r2', period: '15m', from: minute(0), to: minute(15) });
      expect(await resultOf(seen, 'r2')).toMatchObject({ state: 'done', rollups: 1 });
      await ask({ requestId: 'r3', period: '1d', from: minute(0), to: minute(1) });
      expect(await resultOf(seen, 'r3')).toMatchObject({ state: 'done', rollups: 0 });
    },
  );
});

it('few people are told as unknown, at first and on request', async () => {
  const url = await embedded();
  const { seen, outbox, publisher, kept, ask } = await connected(url, { k: 5 });
  const amounts = { ageGroup: 'adult', personMs: 9000, attentionMs: 3000, watchers: 1 };
  const women = { ...amounts, gender: 'female' as const, entered: 5 };
  const men = { ...amounts, gender: 'male' as const, entered: 4 };
  const audience = { ...sumCells([women, men]), present: 9, splitByRestart: 0 };
  const rollup = { ...rollupOf(FIRST), audience };
  outbox.add([rollup]);
  publisher.drain();
  await seen.see('rollup/1m', '"historical":true');
  kept.push(rollup);
  await ask({ from: minute(0), to: minute(1) });
  expect(await resultOf(seen, 'r1')).toMatchObject({ state: 'done', rollups: 1 });
  const told = seen.on('rollup/1m').map(({ text }) => topics.rollup.schema.parse(JSON.parse(text)).data);
  expect(told).toHaveLength(2);
  for (const { entered, cells } of told) {
    expect(entered).toBe(9);
    expect(cells?.map((cell) => [cell.ageGroup, cell.gender, cell.entered])).toEqual([
      ['adult', 'female', 5],
      ['unknown', 'unknown', 4],
    ]);
  }
});

describe('a request', () => {
  it.each([
    ['"from" is not before "to"', { from: minute(2), to: minute(2) }],
    [
      'lies in the future: here it is 2026-03-14T09:27:10.000Z',
      { from: '2026-03-14T09:27:10Z', to: '2027-01-01T00:00:00Z' },
    ],
    [
      '10001 rollups are more than 10000: ask in parts, first with "to": "2026-02-28T08:06:00.000Z"',
      { from: minute(0), to: minute(10_001) },
    ],
    ['not as the contract says: period: must be one of 1m, 15m, 1h, 1d', { period: '5m' }],
    ['not as the contract says: requestId: must be text', { requestId: 7 }],
  ] as const)('is refused with words: %s', async (words, request) => {
    const { seen, ask, publisher, kept } = await connected(await embedded());
    kept.push(...past(3));
    // What the types of the contract forbid is what is tested.
    await ask(request as Partial<Request>);
    const { text } = await seen.see('replay-result', words.replaceAll('"', '\\"'));
    const requestId = 'requestId' in request ? null : 'r1';
    expect(topics['replay-result'].schema.parse(JSON.parse(text))).toMatchObject({
      requestId,
      state: 'refused',
      rollups: 0,
    });
    expect(seen.on('rollup/1m')).toEqual([]);
    expect(publisher.status().messagesRefused).toBe(1);
  });

  it('is refused while another one is answered, but is one when it is delivered twice', async () => {
    const { seen, ask, kept, publisher } = await connected(await embedded());
    kept.push(...past(2000));
    const range = { from: minute(0), to: minute(2000) };
    await Promise.all([ask(range), ask(range), ask({ ...range, requestId: 'r2' })]);
    expect(await resultOf(seen, 'r2')).toMatchObject({ state: 'refused', reason: expect.stringMatching(/^another/) });
    expect(await resultOf(seen, 'r1')).toMatchObject({ state: 'done', rollups: 2000 });
    expect(seen.on('rollup/1m')).toHaveLength(2000);
    expect(publisher.status().messagesRefused).toBe(1);
    await ask({ requestId: 'r3', from: minute(0), to: minute(1) });
    expect(await resultOf(seen, 'r3')).toMatchObject({ state: 'done', rollups: 1 });
  });

  it('that was kept by the broker is not answered', async () => {
    const url = await embedded();
    const seen = await collectMessages(url);
    await seen.say(`${prefix}/replay`, requestOf({ requestId: 'yesterday' }), true);
    const { publisher, becomes, log } = startPublisher({ url });
    await becomes('connected');
    await seen.say(`${prefix}/replay`, requestOf({}));
    await resultOf(seen, 'r1');
    // The broker sends what it has kept when it comes to it.
    await eventually(
      () => publisher.status().messagesRefused,
      (refused) => refused === 1,
    );
    expect(seen.on('replay-result')).toHaveLength(1);
    expect(log.filter((line) => line.includes('without the retain flag'))).toHaveLength(1);
  });

  it('is answered by nobody but the daemon that speaks', async () => {
    const url = await embedded();
    const seen = await collectMessages(url);
    const quiet = startPublisher({ url, session: 's2', listenMs: 6000 });
    await eventually(
      () => quiet.clock.waiting(),
      (waiting) => waiting === 1,
    );
    await seen.say(`${prefix}/now`, now(1));
    await quiet.becomes('quiet');
    await seen.say(`${prefix}/replay`, requestOf({}));
    await startPublisher({ url }).becomes('connected');
    await seen.say(`${prefix}/replay`, requestOf({ requestId: 'r2' }));
    await resultOf(seen, 'r2');
    expect(seen.on('replay-result').map(({ text }) => JSON.parse(text))).toMatchObject([{ session: 's1' }]);
  });

  it('that is being answered delays no live message, and none of the outbox', async () => {
    const { seen, ask, kept, publisher, outbox } = await connected(await embedded());
    kept.push(...past(10_000));
    await ask({ from: minute(0), to: minute(10_000) });
    await seen.see('rollup/1m', '"historical":true');
    publisher.publish('now', now(42));
    outbox.add([{ ...rollupOf(0), revision: 7 }]);
    publisher.drain();
    await seen.see('now', '"present":42');
    await seen.see('rollup/1m', '"revision":7');
    expect(seen.on('rollup/1m').length).toBeLessThan(2000);
    expect(seen.on('replay-result')).toEqual([]);
    expect(await resultOf(seen, 'r1')).toMatchObject({ state: 'done', rollups: 10_000 });
  });
});

describe.skipIf(noMosquitto)('on mosquitto (skipped where it is not installed)', () => {
  it('an answer that a lost connection interrupts is dropped, and the request can be made again', async () => {
    const broker = await startMosquitto();
    const { seen, ask, kept, becomes, reconnects } = await connected(broker.url);
    kept.push(...past(10_000));
    await ask({ from: minute(0), to: minute(10_000) });
    await seen.see('rollup/1m', '"historical":true');
    await broker.kill();
    await becomes('connecting');
    const again = await startMosquitto({ port: broker.port });
    const late = await collectMessages(again.url);
    await reconnects();
    await late.say(`${prefix}/replay`, requestOf({ requestId: 'r2', to: minute(5) }));
    expect(await resultOf(late, 'r2')).toMatchObject({ state: 'done', rollups: 5 });
    expect(late.on('rollup/1m')).toHaveLength(5);
    expect(late.on('replay-result')).toHaveLength(1);
  });

  it('an answer that the broker refuses by a reason code ends with its words (protocol 5)', async () => {
    const accessControl = ['availability', 'replay', 'replay-result'].map((name) => `topic write ${prefix}/${name}`);
    const { url } = await startMosquitto({
      accessControl: [...accessControl, `topic read ${prefix}/#`, 'topic read onlooker/#'],
    });
    const { seen, ask, kept } = await connected(url, { protocolVersion: 5 });
    kept.push(...past(100));
    await ask({ from: minute(0), to: minute(100) });
    expect(await resultOf(seen, 'r1')).toMatchObject({
      state: 'refused',
      reason: 'the broker did not take a rollup over: Publish error: Not authorized',
    });
  });

  it('a broker that accepts and never acknowledges is connected to anew, whatever was sent last', async () => {
    const broker = await startMosquitto();
    const { publisher, clock, log, becomes, reconnects } = startPublisher({ url: broker.url });
    await becomes('connected');
    broker.freeze();
    publisher.publish('health', examples.health);
    clock.advance(19_999);
    expect(log.join()).not.toContain('no acknowledgment');
    clock.advance(1);
    expect(log.join()).toContain('no acknowledgment');
    await becomes('connecting');
    broker.thaw();
    await reconnects();
  });
});

type Request = PayloadOf<'replay'>;

function requestOf(request: Partial<Request>): Request {
  return { requestId: 'r1', period: '1m', from: minute(0), to: minute(1), ...request };
}

function past(count: number): readonly Rollup[] {
  return Array.from({ length: count }, (_, index) => rollupOf(FIRST + index));
}

function minute(index: number): string {
  return instantText(rollupOf(FIRST + index).from);
}

async function resultOf(seen: Collector, requestId: string): Promise<PayloadOf<'replay-result'>> {
  const { text } = await seen.see('replay-result', `"requestId":"${requestId}"`);
  return topics['replay-result'].schema.parse(JSON.parse(text));
}

async function mosquitto(): Promise<string> {
  return (await startMosquitto()).url;
}
