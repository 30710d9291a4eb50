// Of the npm packages only those stay that something which runs asks for, found as Node finds them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { needless } from '../../deploy/packaging/prune.mjs';
import { tempFolder } from '../support/temp-folder.ts';

it('what compiles goes with all that only it needs; nested ones and those of two stay', () => {
  const folder = tempFolder();
  install(folder, '.', { app: '', addon: '' });
  install(folder, 'node_modules/app', { shared: '', '@scope/part': '' });
  install(folder, 'node_modules/@scope/part', { app: '', shared: '' });
  install(folder, 'node_modules/@scope/part/node_modules/shared', { deep: '' });
  install(folder, 'node_modules/addon', { 'node-gyp': '', nan: '', 'not-installed': '', '@types/node': '' });
  install(folder, 'node_modules/node-gyp', { shared: '', tar: '' });
  for (const leaf of ['shared', 'deep', 'nan', 'tar', '@types/node']) install(folder, `node_modules/${leaf}`, {});
  expect(
    needless(folder)
      .map((path) => path.slice(folder.length + 1))
      .sort(),
  ).toEqual(['@types/node', 'nan', 'node-gyp', 'tar'].map((name) => `node_modules/${name}`));
});

function install(folder: string, place: string, dependencies: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, 'package.json'), JSON.stringify({ dependencies }));
}
