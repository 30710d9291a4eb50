// Checks that a database opened so that nothing of it is collected answers as the package itself does.

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openSqlite } from '../../src/sqlite/open-sqlite.ts';
import { tempFolder } from '../support/temp-folder.ts';

it.each(['journal_mode = WAL', 'auto_vacuum = INCREMENTAL', 'user_version', 'user_version = 3', 'table_list'])(
  'PRAGMA %s answers the same',
  (source) => {
    const [ours, theirs] = [openSqlite(join(tempFolder(), 'a'), {}), new Database(join(tempFolder(), 'a'))];
    const answerOf = (database: Database.Database) => [database.pragma(source) ?? []].flat().length > 1;
    expect(answerOf(ours)).toBe(answerOf(theirs));
    expect(ours.pragma('user_version', { simple: true })).toBe(theirs.pragma('user_version', { simple: true }));
    expect(ours.pragma('journal_mode', { simple: true })).toBe(theirs.pragma('journal_mode', { simple: true }));
    ours.close();
    theirs.close();
  },
);

it('prepares statements that work, also within a transaction', () => {
  const database = openSqlite(join(tempFolder(), 'b'), {});
  database.exec('CREATE TABLE t (n INTEGER)');
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  database.transaction(() => [1, 2].forEach((n) => void insert.run(n)))();
  expect(database.prepare('SELECT sum(n) FROM t').pluck().get()).toBe(3);
  database.close();
});
