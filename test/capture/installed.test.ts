// Programs are found on the PATH as a shell would find them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstInstalled, installedOn } from '../../src/capture/installed.ts';
import { addProgram } from '../support/fake-programs.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a program is an executable file in one of the folders, or at its own path', () => {
  const [one, two] = [tempFolder(), tempFolder()];
  addProgram(two, 'camera', 'true');
  writeFileSync(join(one, 'text'), 'no program');
  mkdirSync(join(one, 'folder'));
  const isInstalled = installedOn(`${one}::/nowhere:${two}`);
  expect(['camera', 'text', 'folder', 'other'].map(isInstalled)).toEqual([true, false, false, false]);
  expect([join(two, 'camera'), join(one, 'text'), './camera'].map(isInstalled)).toEqual([true, false, false]);
  expect(installedOn(undefined)('camera')).toBe(false);
});

test('the first that is there', () => {
  const isInstalled = (program: string) => program !== 'a';
  expect(firstInstalled(['a', 'b', 'c'], isInstalled)).toBe('b');
  expect(firstInstalled(['a'], isInstalled)).toBeNull();
});
