// The judge of changes finds each kind of break, and takes each kind of addition for one.
import { describe, expect, it, test } from 'vitest';
import type { JsonSchema } from '../../src/contract/json-schema.ts';
import { contractChanges, type Topic } from './contract-changes.ts';

const count: JsonSchema & { minimum: number } = { type: 'integer', minimum: 0 };
const text: JsonSchema = { type: 'string' };
const words: JsonSchema = { type: 'string', enum: ['on', 'off'] };
const openWords: JsonSchema = { anyOf: [words, text] };
const limited: JsonSchema & Record<string, unknown> = { type: 'string', minLength: 1, maxLength: 9, pattern: '^a' };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const tableOf = (content: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: content });
const record = (properties: Record<string, JsonSchema>, isClosed = false): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  ...(isClosed && { additionalProperties: false }),
});

const sent: Topic = { address: 'v1/state', action: 'send', qos: 1, retain: true, payload: record({ value: count }) };
const received: Topic = {
  address: 'v1/ask',
  action: 'receive',
  qos: 1,
  retain: false,
  payload: record({ value: count }, true),
};

type Pair = readonly [what: string, released: JsonSchema, current: JsonSchema];

describe('a sent topic', () => {
  test.each<Pair>([
    ['a wider type', count, { type: 'number' }],
    ['a narrower type', text, words],
    ['another type', text, count],
    ['a limit less', count, { type: 'integer' }],
    ['another form', text, { type: 'string', format: 'date-time' }],
    ['a field that becomes nullable', count, orNull(count)],
    ['a field that is never null any more', orNull(count), count],
    ['a word more of a complete list', words, { type: 'string', enum: ['on', 'off', 'maybe'] }],
    ['a word less', openWords, { anyOf: [{ type: 'string', enum: ['on'] }, text] }],
    ['a complete list that opens', words, openWords],
    ['a field less in a list', listOf(record({ a: text, b: text })), listOf(record({ a: text }))],
    ['a wider type in a nullable table', orNull(tableOf(count)), orNull(tableOf({ type: 'number' }))],
    ['a table that becomes a record', tableOf(text), record({})],
  ])('breaks by %s', (_, before, after) => {
    const { breaking, added } = changes(sent, before, after);
    expect([breaking[0], ...added]).toEqual([expect.stringMatching(/^topic\.value/)]);
  });

  test.each<Pair>([
    ['a field more', record({ a: text }), record({ a: text, b: text })],
    ['a field more of a list', orNull(listOf(record({ a: text }))), orNull(listOf(record({ a: text, b: text })))],
    ['a word more of an open list', openWords, { anyOf: [{ type: 'string', enum: ['on', 'off', 'maybe'] }, text] }],
  ])('is added to by %s', (_, before, after) => {
    expect(changes(sent, before, after)).toEqual({ breaking: [], added: [expect.stringMatching(/^topic\.value/)] });
  });

  it('breaks by a field that is removed or may be missing', () => {
    const { properties } = sent.payload;
    expect(judge(sent, { ...sent, payload: record({}) }).breaking).toEqual([
      'topic.value: may be missing',
      'topic.value: removed',
    ]);
    expect(judge(sent, { ...sent, payload: { type: 'object', properties: { ...properties } } }).breaking).toEqual([
      'topic.value: may be missing',
    ]);
  });
});

describe('a received topic', () => {
  test.each<Pair>([
    ['another type', text, count],
    ['a longer least length', limited, { ...limited, minLength: 2 } as JsonSchema],
    ['a shorter greatest length', limited, { ...limited, maxLength: 8 } as JsonSchema],
    ['a limit more', text, limited],
    ['another pattern', limited, { ...limited, pattern: '^b' } as JsonSchema],
    ['null that is refused', orNull(count), count],
    ['a word less', words, { type: 'string', enum: ['on'] }],
    ['words in place of any text', text, words],
    ['an open list that is complete', openWords, words],
    ['unlisted fields that are refused', record({ a: text }), record({ a: text }, true)],
    ['a field that is newly required', record({ a: text }), record({ a: text, b: text })],
  ])('breaks by %s', (_, before, after) => {
    expect(changes(received, before, after).breaking[0]).toMatch(/^topic\.value/);
  });

  test.each<Pair>([
    ['wider limits', limited, { ...limited, minLength: 0, maxLength: 99 } as JsonSchema],
    ['no limits', limited, text],
    ['null that is taken', count, orNull(count)],
    ['a word more', words, { type: 'string', enum: ['on', 'off', 'maybe'] }],
    ['any text in place of words', words, text],
    ['a field that may be there', record({ a: text }), { ...record({ a: text }), properties: { a: text, b: text } }],
    ['a field that need not be there', record({ a: text }), { type: 'object', properties: { a: text } }],
  ])('does not break by %s', (_, before, after) => {
    expect(changes(received, before, after).breaking).toEqual([]);
  });

  it('breaks by a field that is removed', () => {
    expect(judge(received, { ...received, payload: record({}, true) }).breaking).toEqual(['topic.value: removed']);
  });
});

test.each<[string, Partial<Topic>]>([
  ['address', { address: 'v1/other' }],
  ['action', { action: 'receive' }],
  ['qos', { qos: 0 }],
  ['retain', { retain: false }],
])('another %s breaks', (key, change) => {
  expect(judge(sent, { ...sent, ...change }).breaking).toEqual([expect.stringContaining(`topic: ${key} was`)]);
});

test('a topic that is removed breaks, and a new one is added', () => {
  expect(contractChanges({ a: sent }, { b: sent })).toEqual({
    breaking: ['a: topic removed'],
    added: ['b: new topic'],
  });
});

test('other words for people change nothing', () => {
  const described = record({ value: { ...count, description: 'other words' } });
  expect(judge(sent, { ...sent, payload: described })).toEqual({ breaking: [], added: [] });
});

function changes(topic: Topic, before: JsonSchema, after: JsonSchema) {
  const isClosed = topic.action === 'receive';
  return judge(
    { ...topic, payload: record({ value: before }, isClosed) },
    { ...topic, payload: record({ value: after }, isClosed) },
  );
}

function judge(released: Topic, current: Topic) {
  return contractChanges({ topic: released }, { topic: current });
}
