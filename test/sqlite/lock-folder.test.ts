// One daemon per state folder.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isFolderLocked, lockFolder } from '../../src/sqlite/lock-folder.ts';
import { StorageError } from '../../src/sqlite/storage-error.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('is refused while another one has it, and given when that one lets go', () => {
  const folder = tempFolder();
  const unlock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(StorageError);
  expect(() => lockFolder(folder)).toThrow(`The state folder ${folder} is in use by another daemon.`);
  unlock();
  lockFolder(folder)();
});

it('is no other daemon where the file cannot be opened', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'lock.sqlite'));
  expect(() => lockFolder(folder)).toThrow(StorageError);
  expect(() => lockFolder(folder)).toThrow(/Cannot open .*lock\.sqlite: .*\(SQLITE_CANTOPEN.*Give this user access/);
});

it('can be seen from outside, without taking the lock', () => {
  const folder = tempFolder();
  expect(isFolderLocked(folder)).toBe(false);
  const unlock = lockFolder(folder);
  expect(isFolderLocked(folder)).toBe(true);
  unlock();
  expect(isFolderLocked(folder)).toBe(false);
  lockFolder(folder)();
});
