// Migrations happen whole or not at all.
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate, migrations } from '../../src/sqlite/migrations.ts';

it('takes each step once and keeps the data', () => {
  const database = new Database(':memory:');
  migrate(database, ['CREATE TABLE a (x INTEGER)']);
  database.exec('INSERT INTO a VALUES (7)');
  migrate(database, ['CREATE TABLE a (x INTEGER)', 'ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 8']);
  expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 7, y: 8 }]);
  expect(database.pragma('user_version', { simple: true })).toBe(2);
});

it('undoes a step that fails and can be tried again', () => {
  const database = new Database(':memory:');
  const first = 'CREATE TABLE a (x INTEGER)';
  expect(() => migrate(database, [first, 'CREATE TABLE b (x INTEGER); INSERT INTO missing VALUES (1)'])).toThrow(
    /missing/,
  );
  expect(database.pragma('user_version', { simple: true })).toBe(1);
  expect(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([{ name: 'a' }]);
  migrate(database, [first, 'CREATE TABLE b (x INTEGER)']);
  expect(database.pragma('user_version', { simple: true })).toBe(2);
});

it('leads a new database to the current version', () => {
  const database = new Database(':memory:');
  migrate(database);
  expect(database.pragma('user_version', { simple: true })).toBe(migrations.length);
});
