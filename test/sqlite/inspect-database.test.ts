// A database is looked at without being changed, whatever it is.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { inspectDatabase } from '../../src/sqlite/inspect-database.ts';
import { migrations } from '../../src/sqlite/migrations.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SOUND = { kind: 'sound', version: migrations.length, newestVersion: migrations.length };

function made(): string {
  const path = join(tempFolder(), 'onlooker.sqlite');
  openDatabase(path, 0).database.close();
  return path;
}

it('there may be none', () => {
  expect(inspectDatabase(join(tempFolder(), 'onlooker.sqlite'))).toEqual({ kind: 'none' });
});

it('one that is whole is sound, also while the daemon writes to it', () => {
  const path = made();
  expect(inspectDatabase(path)).toEqual(SOUND);
  const { database } = openDatabase(path, 0);
  onTestFinished(() => {
    database.close();
  });
  database.exec('BEGIN IMMEDIATE');
  expect(inspectDatabase(path)).toEqual(SOUND);
});

it('one that is damaged is told as such and left as it is', () => {
  const path = made();
  const damaged = readFileSync(path).fill(7, 100, 3000);
  writeFileSync(path, damaged);
  expect(inspectDatabase(path)).toMatchObject({ kind: 'damaged', words: expect.stringContaining(path) });
  writeFileSync(path, 'this was a database once '.repeat(1000));
  expect(inspectDatabase(path)).toMatchObject({ kind: 'damaged', words: expect.stringContaining('not a database') });
  expect(readFileSync(path, 'utf8')).toContain('this was a database once');
});

it('one of another program, and one of a newer version, are refused', () => {
  const foreign = join(tempFolder(), 'onlooker.sqlite');
  const other = new Database(foreign);
  other.exec('CREATE TABLE songs (title TEXT)');
  other.close();
  expect(inspectDatabase(foreign)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('another program'),
  });
  const path = made();
  const newer = new Database(path);
  newer.pragma(`user_version = ${migrations.length + 1}`);
  newer.close();
  expect(inspectDatabase(path)).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('a newer Onlooker'),
  });
});
