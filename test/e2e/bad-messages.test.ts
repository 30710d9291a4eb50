// Whatever is published on the topics that the daemon listens to: it is counted, told once, and changes nothing.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import mqtt, { type MqttClient } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import { minutes, prefix } from '../mqtt/rig.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { type BadMessage, badMessage } from './bad-message-cases.ts';
import type { Report } from './publisher-child.ts';

const CASES = process.env['ONLOOKER_LONG'] === '1' ? 100_000 : 1000;
const SEED = Number(process.env['ONLOOKER_SEED'] ?? Date.now() % 2 ** 31);
const BATCH = 50;
/** Topics times kinds times reasons of each. */
const MOST_TOLD = 5 * 6 * 8;
const MEGABYTE = 1_000_000;

const BROKERS = [
  { broker: 'the embedded broker', isEmbedded: true, protocolVersion: 4 as const, skip: false },
  { broker: 'mosquitto', isEmbedded: false, protocolVersion: 4 as const, skip: noMosquitto },
  { broker: 'mosquitto', isEmbedded: false, protocolVersion: 5 as const, skip: noMosquitto },
];

describe.each(BROKERS)('on $broker, protocol $protocolVersion', ({ isEmbedded, protocolVersion, skip }) => {
  const start = async () => {
    const url = isEmbedded ? 'embedded' : (await startMosquitto()).url;
    return startPublisher(url, protocolVersion);
  };
  // The embedded broker carries one daemon only, which does not listen for others.
  const isHeard = ({ topic }: BadMessage) => !isEmbedded || topic !== `${prefix}/now`;

  it.skipIf(skip)(
    `${CASES} bad messages are counted, told once each reason, and leave no memory behind (ONLOOKER_SEED=${SEED})`,
    async () => {
      const { url, report } = await start();
      const sender = await connect(url);
      let expected = 0;
      const send = async (from: number, until: number) => {
        for (let index = from; index < until; index += BATCH) {
          const batch = fc.sample(badMessage, { seed: SEED + index, numRuns: BATCH });
          expected += batch.filter((message) => message.isRefused && isHeard(message)).length;
          await Promise.all(
            batch.map(({ topic, payload, retain }) =>
              sender.publishAsync(topic, Buffer.from(payload), { qos: 1, retain }),
            ),
          );
        }
        return eventually(report, ({ status }) => status.messagesRefused === expected);
      };
      const before = await send(0, CASES / 2);
      const after = await send(CASES / 2, CASES);
      expect(after.status).toMatchObject({ state: 'connected', lastError: null });
      expect(after.heapBytes - before.heapBytes).toBeLessThan(2 * MEGABYTE);
      expect(after.residentBytes - before.residentBytes).toBeLessThan(40 * MEGABYTE);
      const told = after.log.filter(({ message }) => message === 'refused a message of another one');
      expect(new Set(told.map(({ topic, kind, reason }) => `${topic} ${kind} ${reason}`)).size).toBe(told.length);
      expect(told.length).toBeLessThan(MOST_TOLD);
      expect(after.log.length - told.length).toBeLessThan(5);
      await answers(url);
    },
    CASES * 100 + 60_000,
  );

  it.skipIf(skip)('messages of 10 MB on each topic leave no memory behind', async () => {
    const { url, report } = await start();
    const before = await report();
    for (const end of ['availability', 'alert/covered', 'now', 'replay', 'play']) {
      for (let count = 0; count < 3; count += 1) await sendHuge(url, `${prefix}/${end}`);
    }
    await answers(url);
    const after = await report();
    expect(after.status).toMatchObject({ state: 'connected', lastError: null });
    // An external broker of MQTT 5 keeps to itself what is larger than the daemon has said it takes.
    expect(after.status.messagesRefused).toBe(isEmbedded || protocolVersion === 4 ? 15 : 0);
    expect(after.heapBytes - before.heapBytes).toBeLessThan(2 * MEGABYTE);
    expect(after.residentBytes - before.residentBytes).toBeLessThan(100 * MEGABYTE);
  });

  it.skipIf(skip)('a flood is answered as far as the answers are taken, and nothing waits for it', async () => {
    const { url, report } = await start();
    const seen = await collectMessages(url);
    const before = await report();
    const sender = await connect(url);
    const flood = [
      ['replay', { ...examples.replay, period: '5m' }],
      ['replay', { ...examples.replay, from: examples.replay.to }],
      ['play', examples.play],
      ['availability', { ...examples.availability, state: 'offline', session: 'another' }],
      ['alert/covered', { ...examples.alert, session: 'another' }],
    ] as const;
    for (let count = 0; count < 2000; count += 1) {
      const all = flood.map(([end, payload]) => sender.publishAsync(`${prefix}/${end}`, JSON.stringify(payload)));
      if (count % 20 === 0) await Promise.all(all);
    }
    await answers(url);
    const after = await report();
    expect(after.status).toMatchObject({ state: 'connected', lastError: null });
    // Without turns these were seconds. The sensor keeps 32 observations, three seconds of them.
    expect(after.delayMs).toBeLessThan(1000);
    expect(after.heapBytes - before.heapBytes).toBeLessThan(3 * MEGABYTE);
    expect(seen.on('alert/covered').filter(({ text }) => text.includes('"on":false'))).toHaveLength(1);
    expect(after.log.length).toBeLessThan(10);
  });
});

it.skipIf(noMosquitto)('what a broker does not let through is not even heard (needs mosquitto)', async () => {
  const { url } = await startMosquitto({
    accessControl: ['topic read onlooker/#', 'user screen', `topic readwrite ${prefix}/#`],
  });
  const { report } = await startPublisher(url, 4);
  const seen = await collectMessages(url);
  const stranger = await connect(url);
  for (const message of fc.sample(badMessage, { seed: SEED, numRuns: 200 })) {
    await stranger.publishAsync(message.topic, Buffer.from(message.payload), { qos: 1, retain: message.retain });
  }
  await answers(url, 'screen');
  expect((await report()).status).toMatchObject({ state: 'connected', messagesRefused: 0 });
  expect([...seen.on('play'), ...seen.on('now')]).toEqual([]);
});

/** The child with a publisher that is connected. */
async function startPublisher(address: string, protocolVersion: 4 | 5) {
  const hooks = new URL('../support/typescript-hooks.mjs', import.meta.url).href;
  const child = fork(fileURLToPath(new URL('publisher-child.ts', import.meta.url)), [address, `${protocolVersion}`], {
    execArgv: ['--import', hooks, '--expose-gc'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const report = async (): Promise<Report> => {
    const answer = once(child, 'message');
    child.send('report');
    const [value] = await answer;
    return value;
  };
  const { url } = await eventually(report, ({ status }) => status.state === 'connected', 20_000);
  return { url, report };
}

async function connect(url: string, options: mqtt.IClientOptions = {}): Promise<MqttClient> {
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options });
  onTestFinished(() => client.endAsync(true));
  return client;
}

/** A broker may cut whoever sends so much. */
async function sendHuge(url: string, topic: string): Promise<void> {
  const client = await connect(url);
  const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
  await Promise.race([client.publishAsync(topic, Buffer.alloc(10 * MEGABYTE, 'x'), { qos: 1 }), gone]);
  await client.endAsync(true);
}

/** A valid request is still answered. */
async function answers(url: string, username?: string): Promise<void> {
  const seen = await collectMessages(url);
  const client = await connect(url, username === undefined ? {} : { username });
  const [first] = minutes(1);
  const from = new Date(first?.from ?? 0).toISOString();
  const to = new Date((first?.from ?? 0) + 5 * 60_000).toISOString();
  const request = { requestId: 'r1', period: '1m', from, to };
  await client.publishAsync(`${prefix}/replay`, JSON.stringify(request), { qos: 1 });
  await seen.see('replay-result', '"requestId":"r1","state":"done","rollups":5');
  expect(seen.on('rollup/1m')).toHaveLength(5);
}
