// The tests of the core run after `npm ci` alone: nothing that they load has to be compiled, built or installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, repositoryFiles } from './files.ts';

const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
const folders = scripts['test:core']?.split(' ').filter((word) => word.startsWith('test/')) ?? [];

it('loads sources and pure packages only', () => {
  const loaded = [...reachedFrom(repositoryFiles().filter((path) => isTestOf(folders, path)))];
  const packages = new Set(loaded.filter((specifier) => !specifier.startsWith('/')));
  expect(loaded.length).toBeGreaterThan(100);
  expect([...packages].filter((name) => /opencv|better-sqlite3|node-raspistill|child_process/.test(name))).toEqual([]);
  expect(loaded.filter((path) => path.startsWith(join(ROOT, 'dist')))).toEqual([]);
});

function isTestOf(within: readonly string[], path: string): boolean {
  return within.some((folder) => path.startsWith(`${folder}/`)) && path.endsWith('.test.ts');
}

/** Paths of files, and names of packages, that these files import in the end. */
function reachedFrom(paths: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const left = paths.map((path) => join(ROOT, path));
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    if (!path.startsWith('/') || !existsSync(path)) continue;
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(/^(?!import type).*\bfrom '([^']+)';$/gm)) {
      left.push(specifier.startsWith('.') ? join(path, '..', specifier) : specifier);
    }
  }
  return reached;
}
