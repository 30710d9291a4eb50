// The published schemas are ones that a strict validator takes, and accept what the daemon publishes, today and with fields more.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { TOPIC_NAMES } from '../../src/contract/topics.ts';

const ajv = new Ajv2020({ strict: true });
formats.default(ajv);

describe.each(TOPIC_NAMES)('%s', (name) => {
  const schema = read(`../../docs/schema/${name}.json`);
  const validate = ajv.compile(schema);
  const payloads: Record<string, unknown>[] = read(`../fixtures/contract/${name}.json`);

  it('has an id without a host, a title, and describes itself', () => {
    expect(schema).toMatchObject({ $id: `urn:onlooker:v1:${name}`, title: expect.stringContaining(name) });
    expect(schema.description).not.toBe('');
  });

  it('accepts the payloads', () => {
    for (const payload of payloads) expect(validate(payload), ajv.errorsText(validate.errors)).toBe(true);
  });

  it('refuses a payload without any one of its fields', () => {
    for (const field of Object.keys(payloads[0] ?? {})) {
      const { [field]: _, ...rest } = payloads[0] ?? {};
      expect(validate(rest)).toBe(false);
    }
  });

  it('leaves room for fields of later versions', () => {
    expect(validate({ ...payloads[0], later: 1 })).toBe(true);
  });
});

it.each([
  ['now', { health: 'asleep' }, true],
  ['now', { present: -1 }, false],
  ['now', { at: 'today' }, false],
  ['alert', { alert: 'stolen' }, true],
  ['availability', { state: 'away' }, false],
  ['viewer', { type: 'onlooker.viewer.returned.v1' }, true],
  ['replay', { requestId: 'x'.repeat(129) }, false],
])('of %s with %j says %s', (name, change, isAccepted) => {
  const [payload] = read(`../fixtures/contract/${name}.json`);
  expect(ajv.validate(`urn:onlooker:v1:${name}`, { ...payload, ...change })).toBe(isAccepted);
});

function read(path: string) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}
