// Says in words what is wrong with each key of a configuration, or of another file with keys.
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { keyTree, type Node, nodeAt, type Section } from './key-tree.ts';

const LONGEST_VALUE = 80;

/** One line per problem: `path: message (got value)`. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], raw: unknown, tree = keyTree()): readonly string[] {
  const lines = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(tree, issue.path, key));
    return [problem(issue.path, messageOf(issue, nodeAt(tree, issue.path)), valueAt(raw, issue.path))];
  });
  return [...new Set(lines)];
}

export function problem(path: readonly PropertyKey[], message: string, value: unknown): string {
  return `${pathText(path) || 'configuration'}: ${message} (got ${valueText(withoutArguments(path, value))})`;
}

/** The arguments of a command may hold a password. */
function withoutArguments([section, key]: readonly PropertyKey[], value: unknown): unknown {
  return section === 'source' && key === 'command' && Array.isArray(value) ? value.slice(0, 1) : value;
}

export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    // The cast only allows to ask for a key that may not be there.
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
}

function messageOf(issue: z.core.$ZodIssue, node: Node | null): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message;
  if (node === null) return issue.message;
  return node.kind === 'section' ? 'must be a map of keys and values' : `must be ${node.allowed}`;
}

function unknownKey(tree: Section, path: readonly PropertyKey[], key: string): string {
  const here = pathText([...path, key]);
  const parent = nodeAt(tree, path);
  if (parent?.kind !== 'section') return `${here}: unknown key`;
  const nearest = nearestTo(
    key,
    [...parent.keys.keys()].map((name) => [name, pathText([...path, name])]),
  );
  const elsewhere = nearest ?? nearestTo(key, keysOfSections(tree));
  if (elsewhere !== null) return `${here}: unknown key, did you mean ${elsewhere}?`;
  return `${here}: unknown key, known here are ${[...parent.keys.keys()].join(', ')}`;
}

function keysOfSections(tree: Section): readonly (readonly [string, string])[] {
  return [...tree.keys].flatMap(([section, node]) =>
    node.kind === 'section' ? [...node.keys.keys()].map((key) => [key, `${section}.${key}`] as const) : [],
  );
}

/** Candidates are pairs of a name to compare and the path to tell; a third of the letters may differ. */
function nearestTo(key: string, candidates: readonly (readonly [string, string])[]): string | null {
  const ranked = candidates
    .map(([name, path]) => ({ path, distance: distance(folded(key), folded(name)), length: name.length }))
    .filter((candidate) => candidate.distance <= Math.max(1, candidate.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.path ?? null;
}

/** max_gap_ms, max-gap-ms and maxGapMs are the same word. */
function folded(key: string): string {
  return key.toLowerCase().replaceAll(/[_-]/g, '');
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  const redacted = text.replaceAll(/:\/\/[^\s"]*@/g, '://***@').replaceAll(/(:\/\/[^\s"?]*\?)[^\s"]*/g, '$1***');
  return redacted.length > LONGEST_VALUE ? `${redacted.slice(0, LONGEST_VALUE)}…` : redacted;
}
