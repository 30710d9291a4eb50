// The habits of the house that no linter knows: small files, a first line that says what for, links that lead somewhere.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, repositoryFiles } from './files.ts';

const MAX_LINES = 250;
const FORBIDDEN_NAMES = /(^|[/-])(utils?|helpers?|common|manager|service|handler)(\.|\/|-|$)/;

const files = repositoryFiles().filter((path) => existsSync(join(ROOT, path)));
const sources = files.filter((path) => /^(src|test|deploy)\/.*\.(ts|mjs)$/.test(path));

test.each(sources)('%s is small and says what it is for', (path) => {
  const lines = read(path).split('\n');
  const first = lines[0]?.startsWith('#!') ? lines[1] : lines[0];
  expect(lines.length - 1).toBeLessThanOrEqual(MAX_LINES);
  expect(first).toMatch(/^\/\/ .+\.$/);
  expect(path).not.toMatch(FORBIDDEN_NAMES);
  expect(path).toMatch(/^[a-z0-9./-]+$/);
});

/** What gives the same observations other numbers the next time. */
const IMPURE =
  /\b(Date\.now|new Date\(\)|Math\.random|performance\.|process\.|console\.|set(Timeout|Interval|Immediate)\(|fetch\()/;

test.each(sources.filter((path) => /^src\/(observation|audience|targeting|contract)\//.test(path)))(
  '%s asks neither a clock nor chance, and starts nothing',
  (path) => {
    const code = read(path).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code).not.toMatch(IMPURE);
  },
);

test.each(files.filter((path) => path.endsWith('.md')))('the links of %s lead somewhere', (path) => {
  const targets = [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  const broken = targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(join(ROOT, dirname(path), target)));
  expect(broken).toEqual([]);
});

test('no weights, films or photographs are in the repository', () => {
  const data = /\.(caffemodel|onnx|pb|tflite|pth|h5|mp4|mkv|avi|jpe?g|sqlite)$/;
  expect(files.filter((path) => data.test(path))).toEqual([]);
});

test('the lock file names no download address', () => {
  expect(read('package-lock.json')).not.toContain('"resolved": "http');
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
