// Tells what changed from one AsyncAPI document of the contract to the next, and what of it breaks those who rely on it.
import { z } from 'zod';
import type { JsonSchema } from '../../src/contract/json-schema.ts';

export type Contract = Readonly<Record<string, Topic>>;
export type Changes = Readonly<{ breaking: readonly string[]; added: readonly string[] }>;
export type Topic = Readonly<{
  address: string;
  action: 'send' | 'receive';
  qos: number;
  retain: boolean;
  payload: JsonSchema;
}>;

/** Sent topics may only say more, received ones only accept more. */
export function contractChanges(released: Contract, current: Contract): Changes {
  const found = Object.entries(released).flatMap(([name, topic]) => topicChanges(name, topic, current[name]));
  const topics = Object.keys(current).filter((name) => !(name in released));
  return {
    breaking: found.filter(({ isBreaking }) => isBreaking).map(({ text }) => text),
    added: [
      ...found.filter(({ isBreaking }) => !isBreaking).map(({ text }) => text),
      ...topics.map((name) => `${name}: new topic`),
    ],
  };
}

/** Reads the parts of an AsyncAPI document of ours that others rely on. */
export function contractOf(asyncApi: unknown): Contract {
  const { channels, operations, components } = documentSchema.parse(asyncApi);
  return Object.fromEntries(
    Object.values(operations).map(({ action, channel, bindings }) => {
      const name = channel.$ref.replace('#/channels/', '');
      const address = channels[name]?.address ?? '';
      return [name, { address, action, ...bindings.mqtt, payload: components.messages[name]?.payload ?? {} }];
    }),
  );
}

const payload = z.custom<JsonSchema>((value) => typeof value === 'object');
const documentSchema = z.object({
  channels: z.record(z.string(), z.object({ address: z.string() })),
  operations: z.record(
    z.string(),
    z.object({
      action: z.enum(['send', 'receive']),
      channel: z.object({ $ref: z.string() }),
      bindings: z.object({ mqtt: z.object({ qos: z.number(), retain: z.boolean() }) }),
    }),
  ),
  components: z.object({ messages: z.record(z.string(), z.object({ payload })) }),
});

type Change = Readonly<{ isBreaking: boolean; text: string }>;

const breaking = (text: string): Change => ({ isBreaking: true, text });
const added = (text: string): Change => ({ isBreaking: false, text });

function topicChanges(name: string, released: Topic, current: Topic | undefined): readonly Change[] {
  if (current === undefined) return [breaking(`${name}: topic removed`)];
  const settings = (['address', 'action', 'qos', 'retain'] as const)
    .filter((key) => released[key] !== current[key])
    .map((key) => breaking(`${name}: ${key} was ${released[key]}, is ${current[key]}`));
  const compare = released.action === 'send' ? sentChanges : receivedChanges;
  return [...settings, ...valueChanges(name, released.payload, current.payload, compare)];
}

type Compare = (path: string, released: Value, current: Value) => readonly Change[];

function valueChanges(path: string, before: JsonSchema, after: JsonSchema, compare: Compare): readonly Change[] {
  const [released, current] = [described(before), described(after)];
  const fields = Object.entries(released.fields).flatMap(([name, field]) => {
    const next = current.fields[name];
    const place = `${path}.${name}`;
    return next === undefined ? [breaking(`${place}: removed`)] : valueChanges(place, field, next, compare);
  });
  return [
    ...compare(path, released, current),
    ...fields,
    ...contentChanges(`${path}[]`, released.content, current.content, compare),
  ];
}

function contentChanges(path: string, before: JsonSchema | null, after: JsonSchema | null, compare: Compare) {
  if (before !== null && after !== null) return valueChanges(path, before, after, compare);
  return before === after ? [] : [breaking(`${path}: the kind of content changed`)];
}

function sentChanges(path: string, released: Value, current: Value): readonly Change[] {
  const types = [...new Set([...Object.keys(released.type), ...Object.keys(current.type)])]
    .filter((key) => released.type[key] !== current.type[key])
    .map((key) => breaking(`${path}: ${key} was ${released.type[key]}, is ${current.type[key]}`));
  const newWords = missing(current.words, released.words);
  return [
    ...types,
    ...(released.nullable === current.nullable
      ? []
      : [breaking(`${path}: null was ${known(released)}, is ${known(current)}`)]),
    ...(released.isOpen === current.isOpen
      ? []
      : [breaking(`${path}: words were ${open(released)}, are ${open(current)}`)]),
    ...missing(released.words, current.words).map((word) => breaking(`${path}: word ${word} removed`)),
    ...newWords.map((word) => (current.isOpen ? added : breaking)(`${path}: new word ${word}`)),
    ...missing(released.required, current.required).map((name) => breaking(`${path}.${name}: may be missing`)),
    ...newFields(released, current).map((name) => added(`${path}.${name}: new field`)),
  ];
}

function receivedChanges(path: string, released: Value, current: Value): readonly Change[] {
  const types = Object.entries(current.type)
    .filter(([key, limit]) => !isAtLeastAsWide(key, released.type[key], limit))
    .map(([key, limit]) => breaking(`${path}: ${key} was ${released.type[key]}, is ${limit}`));
  const newlyRequired = missing(current.required, released.required);
  return [
    ...types,
    ...(released.nullable && !current.nullable ? [breaking(`${path}: null is refused`)] : []),
    ...(!released.isClosed && current.isClosed ? [breaking(`${path}: unlisted fields are refused`)] : []),
    ...refusedWords(released, current).map((word) => breaking(`${path}: ${word} is refused`)),
    ...missing(current.words, released.words).map((word) => added(`${path}: new word ${word}`)),
    ...newlyRequired.map((name) => breaking(`${path}.${name}: newly required`)),
    ...missing(newFields(released, current), newlyRequired).map((name) => added(`${path}.${name}: new field`)),
  ];
}

function refusedWords(released: Value, current: Value): readonly string[] {
  if (current.isOpen || current.words.length === 0) return [];
  const takesAny = released.isOpen || released.words.length === 0;
  return takesAny ? ['an unlisted word'] : missing(released.words, current.words);
}

/** A schema without what it says to people, and with what zod writes as alternatives told apart. */
type Value = Readonly<{
  type: Readonly<Record<string, unknown>>;
  nullable: boolean;
  words: readonly string[];
  isOpen: boolean;
  fields: Readonly<Record<string, JsonSchema>>;
  required: readonly string[];
  isClosed: boolean;
  /** Of a list or of a table by name. */
  content: JsonSchema | null;
}>;

function described(schema: JsonSchema): Value {
  const [first, second] = schema.anyOf ?? [];
  if (first !== undefined && second?.type === 'null') return { ...described(first), nullable: true };
  if (first !== undefined) return { ...described(first), isOpen: true };
  const { description, enum: words, properties, required, items, additionalProperties, anyOf, ...rest } = schema;
  const table = typeof additionalProperties === 'object' ? additionalProperties : null;
  const type = Object.fromEntries(Object.entries(rest).filter(([, limit]) => typeof limit !== 'object'));
  return {
    type,
    nullable: false,
    words: (words ?? []).map(String),
    isOpen: false,
    fields: properties ?? {},
    required: required ?? [],
    isClosed: additionalProperties === false,
    content: items ?? table,
  };
}

function isAtLeastAsWide(key: string, released: unknown, current: unknown): boolean {
  if (released === current) return true;
  if (typeof released !== 'number' || typeof current !== 'number') return false;
  return key.startsWith('min') ? current < released : current > released;
}

function newFields(released: Value, current: Value): readonly string[] {
  return missing(Object.keys(current.fields), Object.keys(released.fields));
}

function missing(words: readonly string[], from: readonly string[]): readonly string[] {
  return words.filter((word) => !from.includes(word));
}

function known({ nullable }: Value): string {
  return nullable ? 'possible' : 'impossible';
}

function open({ isOpen }: Value): string {
  return isOpen ? 'open' : 'complete';
}
