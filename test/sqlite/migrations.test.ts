// Migrations happen whole or not at all.
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate, migrations } from '../../src/sqlite/migrations.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { cell, part } from './parts.ts';

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

it('brings a database of the first version up to date: what waits goes on waiting, with its size', () => {
  const database = new Database(':memory:');
  migrate(database, migrations.slice(0, 1));
  const cells = JSON.stringify([cell(1000)]);
  database.exec(`
    INSERT INTO part VALUES ('1m', 0, 60000, 'first', 1, 0, 60000.5, 1, 0, '${cells}');
    INSERT INTO rollup VALUES ('1m', 0, 60000, 2, 0, 60000.5, 1000, 500, 1, 1, 1, 0, '${cells}');
    INSERT INTO rollup VALUES ('1m', 60000, 120000, 0, 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO outbox (period, from_at, created_at) VALUES ('1m', 0, 7), ('1m', 60000, 8)`);
  migrate(database);
  const store = new RollupStore(database);
  expect(store.rollups({ from: 0, to: 120_000 })).toMatchObject([
    { revision: 2, offsetMs: 0, uptimeMs: 60_000.5, audience: { personMs: 1000, cells: [cell(1000)] } },
    { revision: 0, partial: true, audience: null },
  ]);
  expect(new Outbox(database).next(9)).toMatchObject([
    { id: 1, createdAt: 7 },
    { id: 2, createdAt: 8 },
  ]);
  expect(database.prepare('SELECT bytes FROM outbox').pluck().all()).toEqual([150 + cells.length, 150]);
  // What ends after the update has its minutes from before it.
  store.commit({ closed: Array.from({ length: 13 }, (_, minute) => part(2 + minute, 1000)), open: [] }, 9);
  expect(store.rollups({ from: 0, to: 1 }, '15m')).toMatchObject([{ revision: 0, audience: { personMs: 14_000 } }]);
});

it('leads a new database to the current version', () => {
  const database = new Database(':memory:');
  migrate(database);
  expect(database.pragma('user_version', { simple: true })).toBe(migrations.length);
});
