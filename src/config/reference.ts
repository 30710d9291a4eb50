// Writes the documents of the configuration from its schema: the reference for readers and the example file.
import { commentedYaml, defaultsOf, oneLine } from './commented-yaml.ts';
import { keyTree, type Leaf, type List, type Node, type Section } from './key-tree.ts';

/** The text of docs/configuration.md. */
export function configurationDocument(): string {
  return [
    '# Configuration',
    '',
    'This page is generated from `src/config/schema.ts`; do not edit it by hand.',
    '',
    '`onlooker run --config FILE` reads a YAML file. Every key is optional and an empty file is valid. An unknown key, a',
    'wrong type or an impossible value stops the start with exit code 78, and every problem is listed. A file that holds',
    'every key with its default is in `deploy/onlooker.example.yaml`. Relative paths count from the folder in which the',
    'program is started. Times are in milliseconds where a key ends in `Ms`, probabilities go from 0 to 1.',
    '',
    ...keyReference(keyTree()),
    '',
  ].join('\n');
}

/** Every key with its bounds, default and meaning: those without a section first. */
export function keyReference({ keys }: Section): readonly string[] {
  const sections = [...keys].filter((entry): entry is [string, Section] => entry[1].kind === 'section');
  const general = [...keys].filter(([, node]) => node.kind !== 'section');
  return [
    '## General',
    '',
    ...table(general, ''),
    ...elementTables(general, ''),
    ...sections.flatMap(([name, section]) => [
      '',
      `## ${name}`,
      '',
      section.description,
      '',
      ...table([...section.keys], `${name}.`),
      ...elementTables([...section.keys], `${name}.`),
    ]),
  ];
}

/** The text of deploy/onlooker.example.yaml: every key with its default. */
export function exampleFile(): string {
  const tree = keyTree();
  return [
    '# Every key of the configuration of Onlooker with its default. Keep only what you change: an empty file is valid.',
    '',
    commentedYaml(tree, defaultsOf(tree)),
  ].join('\n');
}

function table(keys: readonly (readonly [string, Node])[], prefix: string): readonly string[] {
  return ['| key | value | default | meaning |', '|---|---|---|---|', ...rows(keys, prefix)];
}

function rows(keys: readonly (readonly [string, Node])[], prefix: string): readonly string[] {
  return keys.flatMap(([key, node]) =>
    node.kind === 'section' ? rows([...node.keys], `${prefix}${key}.`) : [row(`${prefix}${key}`, node)],
  );
}

/** A table for the keys of all elements and maps below these keys; those that have the same keys share one. */
function elementTables(keys: readonly (readonly [string, Node])[], prefix: string): readonly string[] {
  const named = new Map<string, string[]>();
  for (const { name, text } of elementsBelow(keys, prefix)) named.set(text, [...(named.get(text) ?? []), name]);
  return [...named].flatMap(([text, names]) => ['', `${names.join(', ').replace(/^e/, 'E')}:`, '', text]);
}

function elementsBelow(
  keys: readonly (readonly [string, Node])[],
  prefix: string,
): readonly Readonly<{ name: string; text: string }>[] {
  return keys.flatMap(([key, node]) => {
    const path = `${prefix}${key}`;
    if (node.kind === 'leaf') return [];
    if (node.kind === 'section') return elementsBelow([...node.keys], `${path}.`);
    const inner = [...node.item.keys];
    const name = node.kind === 'map' ? `\`${path}\`` : `each element of \`${path}\``;
    return [{ name, text: table(inner, '').join('\n') }, ...elementsBelow(inner, '')];
  });
}

function row(key: string, node: Leaf | List): string {
  return `| \`${key}\` | ${node.allowed} | ${defaultText(node)} | ${node.description} |`;
}

function defaultText(node: Leaf | List): string {
  if (node.default === undefined) return 'has to be given';
  const texts = isFilled(node) ? elements(node) : [oneLine(node.default)];
  return texts.map((text) => `\`${text}\``).join('<br>');
}

function isFilled(node: Leaf | List): node is List {
  return node.kind === 'list' && Array.isArray(node.default) && node.default.length > 0;
}

function elements(node: List): readonly string[] {
  return Array.isArray(node.default) ? node.default.map(oneLine) : [];
}
