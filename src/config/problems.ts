// Says in words what is wrong with each key of a configuration, or of another file with keys.
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { issueWords } from '../contract/issue-words.ts';
import { pathText, problemText, valueAt } from '../contract/problems.ts';
import { keyTree, type Node, nodeAt, type Section } from './key-tree.ts';

/** One line per problem: `path: message (got value)`. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], raw: unknown, tree = keyTree()): readonly string[] {
  const lines = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(tree, issue.path, key));
    return [problem(issue.path, messageOf(issue, nodeAt(tree, issue.path)), valueAt(raw, issue.path))];
  });
  return [...new Set(lines)];
}

export function problem(path: readonly PropertyKey[], message: string, value: unknown): string {
  return problemText(path.length === 0 ? ['configuration'] : path, message, withoutArguments(path, value));
}

const HIDDEN = '***';

/** The arguments of a command may hold a password, also where they are written in another place or shape than they should be. */
function withoutArguments([section, key, index]: readonly PropertyKey[], value: unknown): unknown {
  if (section === 'source' && key === 'command')
    return index === undefined ? programOf(value) : index === 0 ? firstWord(value) : HIDDEN;
  const mayHoldOne = section === undefined || (section === 'source' && key === undefined);
  return mayHoldOne ? firstWord(value) : value;
}

function programOf(command: unknown): unknown {
  return Array.isArray(command) ? command.slice(0, 1).map(firstWord) : firstWord(command);
}

/** The first word of a text; of lists and maps nothing. */
function firstWord(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/(?<=\S)\s.*/s, ` ${HIDDEN}`);
  return value instanceof Object ? HIDDEN : value;
}

function messageOf(issue: z.core.$ZodIssue, node: Node | null): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message;
  if (node === null) return issueWords(issue);
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
