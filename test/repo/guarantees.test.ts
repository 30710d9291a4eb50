// Every promise on the page of guarantees names tests that exist, and every fault of the kill matrix proves one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './files.ts';

const page = readFileSync(join(ROOT, 'docs/guarantees.md'), 'utf8');

/** Links to files of the tests, each with the names that follow it. */
const proofs = [...page.matchAll(/\]\(\.\.\/(test\/[^)]+)\): ((?:"[^"]+"(?:, )?)+)/g)].flatMap(
  ([, path = '', names = '']) => [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ path, name })),
);

test.each(proofs)('$path has "$name"', ({ path, name }) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toContain(name);
});

test('every promise has a proof', () => {
  const rows = page.split('\n').filter((line) => /^\| (?!promise |after )/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => !/\]\(\.\.\/test\/[^)]+\): "/.test(row))).toEqual([]);
});

test('every fault of the matrix proves a promise', () => {
  const files = ['daemon', 'broker', 'network'].map((part) => join(ROOT, `test/faults/${part}-faults.ts`));
  const faults = files.map((path) => readFileSync(path, 'utf8')).join('\n');
  const names = [...faults.matchAll(/^ +name: (?:'([^']+)'|"([^"]+)"),$/gm)].map(
    ([, plain, quoted]) => plain ?? quoted,
  );
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !page.includes(`"${name}"`))).toEqual([]);
});
