// Writes keys with their values as YAML, each below its description, and finds those that differ from the defaults.
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import type { Leaf, List, Node, Section } from './key-tree.ts';

export type Values = Readonly<Record<string, unknown>>;

const LONGEST_LINE = 100;

/** The keys that have a value, in the order of the tree. */
export function commentedYaml({ keys }: Section, values: Values): string {
  const parts = [...keys].map(([key, node]) => yamlOf(key, node, values[key], '')).filter(({ length }) => length > 0);
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Of all keys. */
export function defaultsOf({ keys }: Section): Values {
  return Object.fromEntries(
    [...keys].map(([key, node]) => [key, node.kind === 'section' ? defaultsOf(node) : node.default]),
  );
}

/** Those whose value is not the default, without sections that would be empty. */
export function differencesOf({ keys }: Section, values: Values): Values {
  return Object.fromEntries(
    [...keys].flatMap(([key, node]) => {
      const value = values[key];
      if (value === undefined) return [];
      if (node.kind !== 'section') return isDeepStrictEqual(value, node.default) ? [] : [[key, value]];
      const inner = isMap(value) ? differencesOf(node, value) : {};
      return Object.keys(inner).length === 0 ? [] : [[key, inner]];
    }),
  );
}

export function oneLine(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function yamlOf(key: string, node: Node, value: unknown, indent: string): readonly string[] {
  if (value === undefined) return [];
  if (node.kind === 'section') {
    const values = isMap(value) ? value : {};
    const inner = [...node.keys].flatMap(([name, child]) => yamlOf(name, child, values[name], `${indent}  `));
    return [`${indent}# ${node.description}`, `${indent}${key}:`, ...inner];
  }
  const comments = [`# ${node.description}`, `# Value: ${node.allowed}; ${defaultText(node)}.`].map(
    (line) => indent + line,
  );
  if (node.kind !== 'list' || !isFilled(value)) return [...comments, `${indent}${key}: ${oneLine(value)}`];
  return [...comments, `${indent}${key}:`, ...value.flatMap((element) => elementLines(element, `${indent}  `))];
}

function elementLines(element: unknown, indent: string): readonly string[] {
  const line = oneLine(element);
  if (line.length <= LONGEST_LINE) return [`${indent}- ${line}`];
  const lines = stringify(element, { lineWidth: 0 }).trimEnd().split('\n');
  return lines.map((one, index) => `${indent}${index === 0 ? '- ' : '  '}${one}`);
}

function defaultText(node: Leaf | List): string {
  if (node.default === undefined) return 'has to be given';
  return `default: ${node.kind === 'list' && isFilled(node.default) ? 'these' : oneLine(node.default)}`;
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
