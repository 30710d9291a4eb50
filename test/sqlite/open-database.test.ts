// The database opens with its settings, replaces a damaged file and refuses what it must not touch.
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrations } from '../../src/sqlite/migrations.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { StorageError } from '../../src/sqlite/storage-error.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { part } from './parts.ts';

/** 2026-08-01T10:15:30.250Z */
const NOW = 1_785_579_330_250;
const ASIDE = 'onlooker.sqlite.corrupt-20260801T101530250Z';

it('creates the file with the settings for flash storage', () => {
  const { database, setAside } = openDatabase(join(tempFolder(), 'onlooker.sqlite'), NOW);
  const setting = (name: string) => database.pragma(name, { simple: true });
  expect(setAside).toBeNull();
  expect(setting('journal_mode')).toBe('wal');
  expect(setting('synchronous')).toBe(1);
  expect(setting('auto_vacuum')).toBe(2);
  expect(setting('temp_store')).toBe(2);
  expect(setting('journal_size_limit')).toBe(4_096_000);
  expect(setting('foreign_keys')).toBe(1);
  expect(setting('user_version')).toBe(migrations.length);
  database.close();
});

it('opens again what it stored', () => {
  const path = join(tempFolder(), 'onlooker.sqlite');
  storeMinutes(path, 3);
  const { database, setAside } = openDatabase(path, NOW);
  expect(setAside).toBeNull();
  expect(new RollupStore(database).rollups({ from: 0, to: NOW })).toHaveLength(3);
  database.close();
});

it.each([
  [
    'is text',
    (path: string) => writeFileSync(path, 'no database at all, but long enough to have a header. '.repeat(40)),
  ],
  ['is shorter than a header', (path: string) => writeFileSync(path, 'SQLite')],
  ['lost its end', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))],
  ['lost all but a part of its first page', (path: string) => truncateSync(path, 1000)],
  ['has a page of rubbish', overwriteSecondHalf],
])('sets a file aside that %s and starts a fresh one', (_, damage) => {
  const folder = tempFolder();
  const path = join(folder, 'onlooker.sqlite');
  storeMinutes(path, 200);
  damage(path);
  const damaged = readFileSync(path);

  const { database, setAside } = openDatabase(path, NOW);
  expect(setAside).toBe(join(folder, ASIDE));
  expect(readFileSync(join(folder, ASIDE))).toEqual(damaged);
  const store = new RollupStore(database);
  expect(store.rollups({ from: 0, to: NOW })).toEqual([]);
  expect(store.commit({ closed: [part(1, 5)], open: [] }, NOW)).toHaveLength(1);
  database.close();
});

it('moves the log of a damaged file with it', () => {
  const folder = tempFolder();
  const path = join(folder, 'onlooker.sqlite');
  writeFileSync(path, 'x'.repeat(5000));
  writeFileSync(`${path}-wal`, 'the log');
  openDatabase(path, NOW).database.close();
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['onlooker.sqlite', ASIDE, `${ASIDE}-wal`]));
  expect(readFileSync(join(folder, `${ASIDE}-wal`), 'utf8')).toBe('the log');
});

it('treats an empty file as a new database', () => {
  const path = join(tempFolder(), 'onlooker.sqlite');
  writeFileSync(path, '');
  const { database, setAside } = openDatabase(path, NOW);
  expect(setAside).toBeNull();
  database.close();
});

it('leaves a database of a newer version untouched', () => {
  const path = join(tempFolder(), 'onlooker.sqlite');
  storeMinutes(path, 1);
  const newer = new Database(path);
  newer.pragma('user_version = 99');
  newer.close();
  const before = readFileSync(path);
  expect(() => openDatabase(path, NOW)).toThrow(/schema version 99, this program knows 2.*Update/);
  expect(readFileSync(path)).toEqual(before);
});

it('leaves the database of another program untouched', () => {
  const path = join(tempFolder(), 'other.sqlite');
  const other = new Database(path);
  other.exec('CREATE TABLE layout (id INTEGER)');
  other.close();
  const before = readFileSync(path);
  expect(() => openDatabase(path, NOW)).toThrow(/belongs to another program/);
  expect(readFileSync(path)).toEqual(before);
});

it.each([
  [
    'its folder is missing',
    (folder: string) => join(folder, 'missing', 'onlooker.sqlite'),
    /its folder does not exist/,
  ],
  ['it is a folder', (folder: string) => folder, /SQLITE_CANTOPEN/],
  [
    'its folder is a file',
    (folder: string) => join(fileIn(folder), 'onlooker.sqlite'),
    /SQLITE_CANTOPEN.*another path/,
  ],
])('says how to fix it when %s', (_, place, message) => {
  expectStorageError(() => openDatabase(place(tempFolder()), NOW), message);
});

it.skipIf(!canMount)('says how to fix it when the folder is read-only (needs root to mount one)', () => {
  const { folder, makeReadOnly } = tmpfs('4m');
  const path = join(folder, 'onlooker.sqlite');
  makeReadOnly();
  expectStorageError(() => openDatabase(path, NOW), /SQLITE_CANTOPEN.*write access to its folder/);
});

it.skipIf(!canMount)('says how to fix it when an existing file became read-only (needs root to mount one)', () => {
  const { folder, makeReadOnly } = tmpfs('4m');
  const path = join(folder, 'onlooker.sqlite');
  storeMinutes(path, 3);
  makeReadOnly();
  expectStorageError(() => openDatabase(path, NOW), /SQLITE_.*write access to its folder/);
  expect(existsSync(join(folder, ASIDE))).toBe(false);
});

function storeMinutes(path: string, minutes: number): void {
  const { database } = openDatabase(path, NOW);
  const closed = Array.from({ length: minutes }, (_, minute) => part(minute, 1000));
  new RollupStore(database).commit({ closed, open: [] }, NOW);
  database.close();
}

function overwriteSecondHalf(path: string): void {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xa5, Math.floor(bytes.length / 2)));
}

function fileIn(folder: string): string {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  return file;
}

function expectStorageError(work: () => unknown, message: RegExp): void {
  expect(work).toThrow(message);
  expect(work).toThrow(StorageError);
  expect(work).toThrow(expect.objectContaining({ exitCode: 74 }));
}
