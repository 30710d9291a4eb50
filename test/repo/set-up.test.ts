// Tests what keeps the set-up able to start in a fresh clone.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { INSTALL } from '../../deploy/bootstrap/debian-packages.mjs';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(at(path), 'utf8');
const { scripts, dependencies } = z
  .object({ scripts: z.record(z.string(), z.string()), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

it.each(['bootstrap.mjs', ...readdirSync(at('deploy/bootstrap')).map((name) => `bootstrap/${name}`)])(
  '%s imports nothing that would have to be installed',
  (name) => {
    const imported = [...read(`deploy/${name}`).matchAll(/(?:^import .*|^} )from '([^']+)'/gm)].map(
      (match) => match[1],
    );
    expect(imported.filter((specifier) => !/^(node:|\.{1,2}\/)/.test(specifier ?? ''))).toEqual([]);
  },
);

it('loads nothing before the guard that an old Node could not read', () => {
  for (const name of ['deploy/bootstrap.mjs', 'deploy/bootstrap/node-guard.mjs']) {
    // Newer than Node 12: these two files are read by whatever Node there is.
    expect(read(name)).not.toMatch(/\?\.|\?\?|^\s*await |node:/m);
  }
});

it('has shell scripts without syntax errors', () => {
  expect(spawnSync('bash', ['-n', at('.ci/run')]).status).toBe(0);
  expect(spawnSync('sh', ['-n', '-c', INSTALL]).status).toBe(0);
});

it('lets npm run no install scripts', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
});

it('pins the packages it compiles', () => {
  expect(dependencies['@u4/opencv4nodejs']).toMatch(/^\d+\.\d+\.\d+$/);
  expect(dependencies['better-sqlite3']).toMatch(/^\d+\.\d+\.\d+$/);
});

it('stands before the demo and the tests, and not before those of the core', () => {
  expect(scripts['demo']).toMatch(/^node deploy\/bootstrap\.mjs --for demo && /);
  expect(scripts['test']).toMatch(/^node deploy\/bootstrap\.mjs --for test && /);
  expect(scripts['test:core']).not.toContain('bootstrap');
});
