// What consumers of the last released contract rely on still holds; test/fixtures/contract/released is a copy of docs/asyncapi.yaml.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { asyncApiDocument } from '../../src/contract/asyncapi.ts';
import { INBOUND_TOPICS, topics } from '../../src/contract/topics.ts';
import { contractChanges, contractOf } from './contract-changes.ts';

const released: unknown = parse(
  readFileSync(new URL('../fixtures/contract/released/asyncapi.yaml', import.meta.url), 'utf8'),
);
const current = asyncApiDocument(1883);
const { breaking, added } = contractChanges(contractOf(released), contractOf(current));

const REMEDY = `breaks consumers of v1: take it back, add a field or a topic instead, or make it v2.
If it was never released: cp docs/asyncapi.yaml test/fixtures/contract/released/`;

test('nothing of the released contract is broken', () => {
  expect(breaking, REMEDY).toEqual([]);
});

test('the minor version is raised by an addition, and by nothing else', () => {
  const isRaised = minorVersionOf(current) > minorVersionOf(released);
  expect(isRaised, `VERSION in src/contract/asyncapi.ts; additions: ${added.join(', ')}`).toBe(added.length > 0);
});

test.each(INBOUND_TOPICS)('what was published on %s is accepted still', (name) => {
  const { components } = examplesSchema.parse(released);
  const examples = components.messages[name]?.examples ?? [];
  expect(examples.map(({ payload }) => topics[name].schema.parse(payload))).not.toEqual([]);
});

const examplesSchema = z.object({
  components: z.object({
    messages: z.record(z.string(), z.object({ examples: z.array(z.object({ payload: z.unknown() })) })),
  }),
});

function minorVersionOf(asyncApi: unknown): number {
  const { info } = z.object({ info: z.object({ version: z.string() }) }).parse(asyncApi);
  return Number(/^1\.(\d+)\.\d+$/.exec(info.version)?.[1]);
}
