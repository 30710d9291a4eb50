// The documents of the configuration are current, and the example file says exactly the defaults.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configurationJsonSchema, keyTree, type Node } from '../../src/config/key-tree.ts';
import { configurationDocument, exampleFile } from '../../src/config/reference.ts';
import { configSchema } from '../../src/config/schema.ts';

const checkedIn = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the documents', () => {
  it('are current', () => {
    expect(checkedIn('docs/configuration.md')).toBe(configurationDocument());
    expect(checkedIn('deploy/onlooker.example.yaml')).toBe(exampleFile());
  });

  it('say something about every key and every section', () => {
    for (const { path, node } of nodesOf(keyTree(), '')) {
      expect(node.description, path).toMatch(/^[A-Z0-9].*[.]$/);
      if (node.kind !== 'section') expect(node.allowed, path).not.toMatch(/undefined|object|string/);
    }
  });

  it('explain every line of the example file within 120 columns', () => {
    for (const line of exampleFile().split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });
});

describe('the example file', () => {
  const defaults = configSchema.parse({});

  it('with its comments removed is exactly the defaults', () => {
    const bare = exampleFile().replaceAll(/^\s*#.*\n/gm, '');
    expect(bare).not.toContain('#');
    expect(configSchema.parse(parse(bare))).toEqual(defaults);
    expect(parse(bare)).toEqual(defaults);
  });

  it('with every key commented out is valid, too', () => {
    expect(configSchema.parse(parse(exampleFile().replaceAll(/^(?=.)/gm, '# ')) ?? {})).toEqual(defaults);
  });
});

describe('the JSON Schema', () => {
  it('requires no key and knows no others', () => {
    expect(configurationJsonSchema()).toMatchObject({ type: 'object', additionalProperties: false });
    expect(configurationJsonSchema().required).toBeUndefined();
  });
});

function nodesOf(node: Node, path: string): readonly { path: string; node: Node }[] {
  const children =
    node.kind === 'section' ? node.keys : node.kind === 'leaf' ? new Map<string, Node>() : node.item.keys;
  const inner = [...children].flatMap(([key, child]) => nodesOf(child, `${path}.${key}`));
  return path === '' || node.kind === 'leaf'
    ? [{ path, node }, ...inner].filter((entry) => entry.path !== '')
    : [{ path, node }, ...inner];
}
