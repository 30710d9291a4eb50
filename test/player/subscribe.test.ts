// Tests the client against a real broker: what it is told, what it forgets by its own clock, and how it comes back.
import mqtt from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { topics } from '../../src/contract/topics.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { type PlayerState, type SubscribeOptions, subscribe } from '../../src/player/subscribe.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { manualClock } from '../support/manual-clock.ts';
import { availability, now, TTL_MS, trigger } from './messages.ts';

const PREFIX = 'onlooker/v1/local/lobby';

describe.each(['mqtt', 'ws'] as const)('over %s', (scheme) => {
  it('says which trigger is on, and falls back by its own clock when nothing more comes', async () => {
    const { say, follow } = await rigBroker();
    const player = follow({}, scheme);
    await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
    await say('availability', availability('online'));
    await say('now', now({ ageMs: 100 }));
    await say('trigger/families', trigger({ ageMs: 1000 }));
    const state = await player.becomes(({ trigger }) => trigger === 'families');
    expect(state).toMatchObject({ known: true, audience: { present: 2 }, observedAt: -100 });
    player.clock.advance(TTL_MS - 1001);
    expect(player.handle.state.trigger).toBe('families');
    player.clock.advance(1);
    expect(player.handle.state).toMatchObject({ trigger: null, known: true, why: 'no trigger is on' });
    player.clock.advance(900);
    expect(player.told.at(-1)).toMatchObject({ trigger: null, known: false, why: 'what was heard last is too old' });
  });
});

it('takes nothing retained for live, however fresh it looks', async () => {
  const { say, follow } = await rigBroker();
  await say('availability', availability('online'), true);
  await say('now', now(), true);
  await say('trigger/families', trigger(), true);
  const player = follow();
  await player.becomes(({ why }) => why === 'waiting for a live message of the daemon');
  expect(player.handle.state).toMatchObject({ trigger: null, known: false, audience: null });
  await say('trigger/families', trigger({ seq: 2 }), true);
  await player.becomes(({ trigger }) => trigger === 'families');
});

it('falls back at once when the broker tells that the daemon was lost', async () => {
  const { url, say, follow } = await rigBroker();
  const will = {
    topic: `${PREFIX}/availability`,
    payload: Buffer.from(JSON.stringify(availability('offline'))),
    qos: 1,
  } as const;
  const daemon = await mqtt.connectAsync(url, { will, reconnectPeriod: 0 });
  const player = follow();
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  await say('availability', availability('online'));
  await say('trigger/families', trigger());
  await player.becomes(({ trigger }) => trigger === 'families');
  daemon.stream.destroy();
  expect(await player.becomes(({ trigger }) => trigger === null)).toMatchObject({ why: 'the daemon is offline' });
});

it('comes back to a broker that was away, as often as it takes, and says each trouble once', async () => {
  const port = await freePort();
  const first = await startBroker({ port, webSocketPort: null });
  const player = followAt(first.url);
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  await first.close();
  await player.becomes(({ why }) => why === 'no connection to the broker');
  const triesUntil = (holds: () => boolean) =>
    eventually(() => {
      player.clock.advance(20_000);
      return holds();
    }, Boolean);
  await triesUntil(() => player.problems.length > 0);
  const again = await startBroker({ port, webSocketPort: null });
  onTestFinished(() => again.close());
  await triesUntil(() => player.handle.state.why === 'no daemon has been heard of for this screen');
  expect(player.problems).toEqual([expect.stringMatching(/^No connection to the broker at mqtt:.*ECONNREFUSED/)]);
});

describe('what is no message of the contract', () => {
  it.each([
    ['no JSON', 'now', 'nonsense'],
    ['a wrong type', 'now', JSON.stringify({ ...now(), present: 'many' })],
    ['another version', 'trigger/families', JSON.stringify({ on: true })],
    ['about another trigger', 'trigger/families', JSON.stringify(trigger({ trigger: 'groups' }))],
    ['nested without end', 'now', '['.repeat(60_000)],
    ['of a hundred thousand bytes', 'now', JSON.stringify({ ...now(), more: 'x'.repeat(100_000) })],
    ['binary', 'availability', Buffer.from([0xff, 0x00, 0xfe])],
  ])('is ignored and told: %s', async (_, topic, payload) => {
    const { client, say, follow } = await rigBroker();
    const player = follow();
    await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
    for (const _ of [1, 2, 3]) await client.publishAsync(`${PREFIX}/${topic}`, payload, { qos: 1 });
    await say('availability', availability('online'));
    await say('now', now());
    await player.becomes(({ known }) => known);
    expect(player.problems).toEqual([expect.stringContaining(`Ignored a message on ${PREFIX}/${topic}: `)]);
    expect(player.handle.state.trigger).toBeNull();
  });
});

describe('plays', () => {
  it('are told by the contract, the end with the content of its beginning', async () => {
    const { url, follow } = await rigBroker();
    const collector = await collectMessages(url);
    const player = follow();
    await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
    expect(player.handle.playStarted({ playId: 'p1', content: 'coffee' })).toBe(true);
    expect(player.handle.playEnded('p1')).toBe(true);
    await collector.see('play', 'ended');
    const plays = collector.on('play').map(({ text }) => topics.play.schema.parse(JSON.parse(text)));
    expect(plays).toEqual([
      { playId: 'p1', content: 'coffee', state: 'started' },
      { playId: 'p1', content: 'coffee', state: 'ended' },
    ]);
    expect(player.handle.playEnded('p1')).toBe(false);
    expect(() => player.handle.playStarted({ playId: '', content: 'coffee' })).toThrow('playId');
  });

  it('that begin without a connection are never told', async () => {
    const player = followAt(`mqtt://127.0.0.1:${await freePort()}`);
    expect(player.handle.playStarted({ playId: 'p1', content: 'coffee' })).toBe(false);
    expect(player.handle.playEnded('p1')).toBe(false);
  });
});

it('says what is wrong with its options', () => {
  const options = { url: 'mqtt://127.0.0.1', site: 'local', screen: 'lobby', onChange: () => undefined };
  expect(() => subscribe({ ...options, screen: '+' })).toThrow('screen must be as configured at the daemon (got "+")');
  expect(() => subscribe({ ...options, url: 'http://127.0.0.1' })).toThrow('url must begin with ws:');
});

it('is silent once it is closed', async () => {
  const { say, follow } = await rigBroker();
  const player = follow();
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  await say('availability', availability('online'));
  await say('trigger/families', trigger());
  await player.becomes(({ trigger }) => trigger === 'families');
  await player.handle.close();
  const before = player.told.length;
  await say('trigger/families', trigger({ seq: 2, on: false }));
  player.clock.advance(60_000);
  expect(player.told).toHaveLength(before);
  expect(player.clock.waiting()).toBe(0);
});

async function rigBroker() {
  const broker = await startBroker({ port: 0, webSocketPort: 0 });
  onTestFinished(() => broker.close());
  const client = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  const say = async (topic: string, payload: unknown, retain = false) => {
    await client.publishAsync(`${PREFIX}/${topic}`, JSON.stringify(payload), { qos: 1, retain });
  };
  const urls = { mqtt: broker.url, ws: broker.webSocketUrl ?? '' };
  const follow = (options: Partial<SubscribeOptions> = {}, scheme: 'mqtt' | 'ws' = 'mqtt') =>
    followAt(urls[scheme], options);
  return { url: broker.url, client, say, follow };
}

function followAt(url: string, options: Partial<SubscribeOptions> = {}) {
  const clock = manualClock();
  const told: PlayerState[] = [];
  const problems: string[] = [];
  const handle = subscribe({
    url,
    site: 'local',
    screen: 'lobby',
    onChange: (state) => told.push(state),
    onError: ({ message }) => problems.push(message),
    clock,
    ...options,
  });
  onTestFinished(() => handle.close());
  const becomes = (holds: (state: PlayerState) => boolean) => eventually(() => handle.state, holds);
  return { clock, told, problems, handle, becomes };
}
