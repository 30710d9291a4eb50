// The AsyncAPI document is one for the public parser, and says of every topic what the daemon does.
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { availabilityPayload } from '../../src/contract/availability.ts';
import { schemaFile } from '../../src/contract/json-schema.ts';
import { INBOUND_TOPICS, TOPIC_NAMES, topicOf, topics } from '../../src/contract/topics.ts';

const file = readFileSync(new URL('../../docs/asyncapi.yaml', import.meta.url), 'utf8');
const { components } = parse(file);
const { document, diagnostics } = await new Parser().parse(file);

describe('the public parser', () => {
  it('finds no error, and nothing else but that there is a later version of AsyncAPI', () => {
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(/^asyncapi-latest-version: /),
    ]);
  });

  it('would find a binding that does not exist, an undescribed parameter and a missing message', async () => {
    const broken = file
      .replace('qos: 1', 'qos: 3')
      .replace('{site}/{screen}/now', '{site}/{screen}/{other}/now')
      .replace('"#/components/messages/viewer"', '"#/components/messages/none"');
    const errors = (await new Parser().validate(broken)).filter(({ severity }) => severity === 0);
    const found = errors.map(({ message, path }) => `${path.join('.')}: ${message}`).join('\n');
    expect(found).toMatch(/mqtt\.qos/);
    expect(found).toMatch(/other/);
    expect(found).toMatch(/none/);
  });
});

describe.each(TOPIC_NAMES)('%s', (name) => {
  const operation = document
    ?.operations()
    .find((candidate) => candidate.channels().some((channel) => channel.id() === name));

  it('has its address, and the direction seen from the daemon', () => {
    const address = operation?.channels()[0]?.address() ?? '';
    const level = /\/\{(name|period)\}$/;
    expect(address.replace(level, '')).toBe(topicOf({ site: '{site}', screen: '{screen}' }, name));
    expect(level.test(address)).toBe(['trigger', 'alert', 'rollup'].includes(name));
    expect(operation?.action()).toBe(INBOUND_TOPICS.some((inbound) => inbound === name) ? 'receive' : 'send');
  });

  it('has its quality of service, retain flag and expiry', () => {
    const { qos, retain } = topics[name];
    const binding = operation?.bindings().get('mqtt')?.value();
    expect(binding).toMatchObject({ qos, retain });
    expect(binding?.['messageExpiryInterval'] !== undefined).toBe(['now', 'trigger'].includes(name));
  });

  it('has the schema of docs/schema', () => {
    const { $schema, $id, title, description, ...schema } = schemaFile(name);
    expect(components.messages[name].payload).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});

it('tells the will of the daemon with each server', () => {
  const wills = document
    ?.servers()
    .all()
    .map((server) => server.bindings().get('mqtt')?.value()['lastWill']);
  expect(wills).toHaveLength(2);
  for (const { message, ...will } of wills ?? []) {
    expect(will).toEqual({
      topic: topicOf({ site: '{site}', screen: '{screen}' }, 'availability'),
      qos: 1,
      retain: true,
    });
    const { session, at } = topics.availability.schema.parse(JSON.parse(message));
    expect(JSON.parse(message)).toEqual(availabilityPayload('offline', session, Date.parse(at)));
  }
});
