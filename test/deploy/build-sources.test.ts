// Tests when the TypeScript is built anew and what is removed afterwards.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { orphans, sourcesHash } from '../../deploy/bootstrap/build-sources.mjs';
import { tempFolder } from '../support/temp-folder.ts';

describe('the sources', () => {
  let root = '';
  beforeEach(() => {
    root = tempFolder();
    mkdirSync(join(root, 'src', 'cli'), { recursive: true });
    for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'])
      writeFileSync(join(root, name), '{}');
    writeFileSync(join(root, 'src', 'main.ts'), '1;');
    writeFileSync(join(root, 'src', 'cli', 'run.ts'), '2;');
  });

  it('count as changed by content, name and settings, not by time', () => {
    const before = sourcesHash(root);
    writeFileSync(join(root, 'src', 'main.ts'), '1;');
    expect(sourcesHash(root)).toBe(before);
    writeFileSync(join(root, 'src', 'main.ts'), '3;');
    const changed = sourcesHash(root);
    rmSync(join(root, 'src', 'cli', 'run.ts'));
    const removed = sourcesHash(root);
    writeFileSync(join(root, 'tsconfig.json'), '{ }');
    expect(new Set([before, changed, removed, sourcesHash(root)]).size).toBe(4);
  });
});

it('removes what has no source any more', () => {
  const built = [
    'main.js',
    'main.js.map',
    'cli/gone.js',
    'cli/gone.js.map',
    'cli/gone.d.ts',
    'player/page/page.css',
    '.sources',
  ];
  expect(orphans(built, ['main.ts', 'cli/run.ts'])).toEqual(['cli/gone.js', 'cli/gone.js.map', 'cli/gone.d.ts']);
});
