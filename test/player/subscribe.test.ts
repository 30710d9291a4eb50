// Tests the client against a real broker: what it is told, what it forgets by its own clock, and how it comes back.
import mqtt from 'mqtt';
import { describe, expect, it } from 'vitest';
import { topics } from '../../src/contract/topics.ts';
import { SETTLE_MS } from '../../src/player/belief.ts';
import { subscribe } from '../../src/player/subscribe.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { availability, now, TTL_MS, trigger } from './messages.ts';
import { followAt, PREFIX, rigBroker } from './player-rig.ts';

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

it('shows no default between two triggers, though the daemon says it in two messages', async () => {
  const { say, follow } = await rigBroker();
  const player = follow();
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  await say('availability', availability('online'));
  await say('trigger/families', trigger());
  await player.becomes(({ trigger }) => trigger === 'families');
  await say('trigger/families', trigger({ seq: 2, on: false }));
  await say('trigger/groups', trigger({ trigger: 'groups' }));
  await player.becomes(({ trigger }) => trigger === 'groups');
  await say('trigger/groups', trigger({ trigger: 'groups', seq: 2, on: false }));
  await eventually(
    () => player.clock.advance(SETTLE_MS),
    () => player.handle.state.trigger === null,
  );
  const shown = player.told.map(({ trigger }) => trigger);
  expect(shown.slice(shown.indexOf('families'))).toEqual(['families', 'groups', null]);
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

describe('an error of onChange', () => {
  it('is told, whether a message or the clock made the change, and the client goes on', async () => {
    const { say, follow } = await rigBroker();
    const states: (string | null)[] = [];
    const player = follow({
      onChange: (state) => {
        states.push(state.trigger);
        if (state.trigger === 'families') throw new Error('no spot for families');
        if (states.includes('families')) throw new Error('no default');
      },
    });
    await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
    await say('availability', availability('online'));
    await say('trigger/families', trigger());
    await player.becomes(({ trigger }) => trigger === 'families');
    player.clock.advance(TTL_MS);
    expect(player.problems).toEqual(['onChange threw: no spot for families', 'onChange threw: no default']);
    await say('trigger/groups', trigger({ trigger: 'groups' }));
    await player.becomes(({ trigger }) => trigger === 'groups');
  });
});

describe('plays', () => {
  it('are told by the contract, the end with the content of its beginning', async () => {
    const rig = await rigBroker();
    const collector = await collectMessages(rig.url);
    const player = await playerOnline(rig);
    expect(player.handle.playStarted({ playId: 'p1', content: 'coffee' })).toBe(true);
    expect(player.handle.playEnded('p1')).toBe(true);
    await collector.see('play', 'ended');
    const plays = collector.on('play').map(({ text }) => topics.play.schema.parse(JSON.parse(text)));
    expect(plays).toEqual([
      { playId: 'p1', content: 'coffee', state: 'started' },
      { playId: 'p1', content: 'coffee', state: 'ended' },
    ]);
    expect(player.handle.playEnded('p1')).toBe(false);
    expect(() => player.handle.playStarted({ playId: '', content: 'coffee' })).toThrow(
      'Cannot tell of a play: playId: must be text of 1 to 128 characters that can be printed (got "").',
    );
  });

  it('are told to a daemon that is there, and end with the one that heard of their beginning', async () => {
    const rig = await rigBroker();
    const player = rig.follow();
    const start = (playId: string) => player.handle.playStarted({ playId, content: 'coffee' });
    await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
    expect(start('p0')).toBe(false);
    await rig.say('availability', availability('online'));
    await player.becomes(({ why }) => why === 'waiting for a live message of the daemon');
    expect(['p1', 'p2', 'p3'].map(start)).toEqual([true, true, true]);
    expect(player.handle.playEnded('p1')).toBe(true);
    await rig.say('availability', availability('stopped'));
    await player.becomes(({ why }) => why === 'the daemon is stopped');
    expect([start('p4'), player.handle.playEnded('p2')]).toEqual([false, false]);
    await rig.say('availability', availability('online', 's2'));
    await player.becomes(({ why }) => why === 'waiting for a live message of the daemon');
    expect([player.handle.playEnded('p3'), start('p5')]).toEqual([false, true]);
  });

  it('that never end are forgotten, the oldest first, as the daemon does', async () => {
    const player = await playerOnline(await rigBroker());
    for (let play = 0; play < 17; play += 1) player.handle.playStarted({ playId: `p${play}`, content: 'coffee' });
    expect([0, 1, 16].map((play) => player.handle.playEnded(`p${play}`))).toEqual([false, true, true]);
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
  expect(() => subscribe({ ...options, url: 'mqtt://me:secret@127.0.0.1' })).toThrow(
    'url must not hold credentials: use the options username and password.',
  );
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

async function playerOnline({ say, follow }: Awaited<ReturnType<typeof rigBroker>>) {
  const player = follow();
  await player.becomes(({ why }) => why === 'no daemon has been heard of for this screen');
  await say('availability', availability('online'));
  await player.becomes(({ why }) => why === 'waiting for a live message of the daemon');
  return player;
}
