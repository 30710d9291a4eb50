// What is understood of a message on our topics, and how all else is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import { readIncoming } from '../../src/mqtt/incoming.ts';
import { prefix, screen } from './rig.ts';

const INBOUND = ['availability', 'alert/covered', 'now', 'replay', 'play'];

describe('is understood', () => {
  it.each([
    ['availability', 'availability', examples.availability],
    ['alert', 'alert/covered', examples.alert],
    ['now', 'now', examples.now],
    ['replay', 'replay', examples.replay],
    ['play', 'play', examples.play],
  ])('%s as its example, and with fields of a later version', (name, topicEnd, payload) => {
    expect(read(topicEnd, payload)).toEqual({ name, payload });
    expect(read(topicEnd, { ...payload, new: 1 })).toEqual({ name, payload });
  });

  it('brackets in a string', () => {
    const play = { ...examples.play, content: `\\"${'[{'.repeat(30)}` };
    expect(read('play', play)).toEqual({ name: 'play', payload: play });
  });
});

describe('is refused', () => {
  it.each([
    ['nothing', 'play', '', 'not JSON'],
    ['text', 'play', 'started', 'not JSON'],
    ['bytes that are no text', 'play', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'not JSON'],
    ['what is too large', 'play', `"${'x'.repeat(65_535)}"`, 'too large'],
    ['what is nested too deeply', 'play', `{"playId":${'['.repeat(17)}`, 'nested too deeply'],
    ['another type', 'play', '7', 'not as the contract says'],
    ['a request without a field', 'play', { ...examples.play, content: undefined }, 'not as the contract says'],
    ['an unknown period', 'replay', { ...examples.replay, period: '5m' }, 'not as the contract says'],
    ['a day that is none', 'replay', { ...examples.replay, from: '2026-02-30T00:00:00Z' }, 'not as the contract says'],
    ['an id that is no text', 'replay', { ...examples.replay, requestId: 'a\u0000b' }, 'not as the contract says'],
    ['an alert of another topic', 'alert/dark', examples.alert, 'not as the contract says'],
    ['another topic', 'health', examples.health, 'unasked'],
  ])('%s', (_, topicEnd, payload, kind) => {
    expect(read(topicEnd, payload)).toMatchObject({ name: 'misunderstood', kind });
  });

  it('a request that the broker has kept', () => {
    expect(read('play', examples.play, true)).toMatchObject({ kind: 'retained' });
    expect(read('replay', 'x'.repeat(100_000), true)).toMatchObject({ kind: 'retained' });
  });

  it('with words that name the field, what it must be and what it is, and with the id of the request', () => {
    expect(read('replay', { ...examples.replay, period: '5m' })).toMatchObject({
      reason: 'period: must be one of 1m, 15m, 1h, 1d (got "5m")',
      requestId: examples.replay.requestId,
    });
  });
});

it('does not hear states that the broker has kept, but for alerts, which nobody else would end', () => {
  expect(read('availability', examples.availability, true)).toBeNull();
  expect(read('now', 'nonsense', true)).toBeNull();
  expect(read('alert/covered', examples.alert, true)).toMatchObject({ name: 'alert' });
});

it('answers whatever comes', () => {
  const anything = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json({ maxDepth: 20 }).map(bytesOf));
  fc.assert(
    fc.property(fc.constantFrom(...INBOUND), anything, fc.boolean(), (topicEnd, payload, retained) => {
      const heard = readIncoming(screen, { topic: `${prefix}/${topicEnd}`, payload, retained });
      expect(heard === null || heard.name === 'misunderstood').toBe(true);
    }),
  );
});

function read(topicEnd: string, payload: unknown, retained = false) {
  return readIncoming(screen, { topic: `${prefix}/${topicEnd}`, payload: bytesOf(payload), retained });
}

function bytesOf(payload: unknown): Uint8Array {
  if (payload instanceof Uint8Array) return payload;
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
}
