// Stored rollups can be read beside the daemon, without it, and from a folder that cannot be written.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { readStats } from '../../src/sqlite/read-stats.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { StorageError } from '../../src/sqlite/storage-error.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { MINUTE_MS, part } from './parts.ts';

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

it('reads while the daemon has the database open', () => {
  const path = join(tempFolder(), 'onlooker.sqlite');
  const { database } = openDatabase(path, 0);
  const store = new RollupStore(database);
  store.commit({ closed: [part(3, 1000), part(4, 2000)], open: [part(5, 10)] }, 0);
  expect(readStats(path, EVER)).toEqual({ rollups: store.rollups(EVER), open: [part(5, 10)] });
  expect(readStats(path, { from: 4 * MINUTE_MS, to: 5 * MINUTE_MS })).toMatchObject({
    rollups: [{ from: 4 * MINUTE_MS }],
    open: [],
  });
  store.commit({ closed: [part(5, 20)], open: [] }, 0);
  expect(readStats(path, EVER)).toMatchObject({ rollups: { length: 3 }, open: [] });
  database.close();
});

it('reads when no daemon runs', () => {
  const path = store(tempFolder());
  expect(readStats(path, EVER)).toMatchObject({
    rollups: [{ audience: { personMs: 1000 } }],
    open: [{ from: 240_000 }],
  });
});

it.skipIf(!canMount)('reads from a read-only folder after a clean end (needs root to mount one)', () => {
  const { folder, makeReadOnly } = tmpfs('4m');
  const path = store(folder);
  makeReadOnly();
  expect(readdirSync(folder)).toEqual(['onlooker.sqlite']);
  expect(readStats(path, EVER).rollups).toHaveLength(1);
});

it.skipIf(!canMount)('reads from a read-only folder what only the log holds (needs root to mount one)', () => {
  const source = tempFolder();
  const { database } = openDatabase(join(source, 'onlooker.sqlite'), 0);
  new RollupStore(database).commit({ closed: [part(3, 1000)], open: [] }, 0);
  const { folder, makeReadOnly } = tmpfs('8m');
  for (const name of ['onlooker.sqlite', 'onlooker.sqlite-wal']) cpSync(join(source, name), join(folder, name));
  database.close();
  makeReadOnly();
  expect(readStats(join(folder, 'onlooker.sqlite'), EVER).rollups).toHaveLength(1);
});

it('says that nothing is stored where there is no file, and creates none', () => {
  const folder = tempFolder();
  const read = () => readStats(join(folder, 'onlooker.sqlite'), EVER);
  expect(read).toThrow(/no daemon has stored anything there yet/);
  expect(read).toThrow(StorageError);
  expect(readdirSync(folder)).toEqual([]);
});

it('says that nothing is stored in a file that is empty', () => {
  const path = join(tempFolder(), 'onlooker.sqlite');
  new Database(path).exec('VACUUM').close();
  expect(() => readStats(path, EVER)).toThrow(/no daemon has stored anything there yet/);
});

it('refuses a database of a newer version', () => {
  const path = store(tempFolder());
  const newer = new Database(path);
  newer.pragma('user_version = 99');
  newer.close();
  expect(() => readStats(path, EVER)).toThrow(/schema version 99/);
});

it('names the path and the remedy when the file is no database', () => {
  expect(() => readStats(import.meta.filename, EVER)).toThrow(
    /read-stats\.test\.ts.*SQLITE_NOTADB.*sets a damaged file/,
  );
});

function store(folder: string): string {
  const path = join(folder, 'onlooker.sqlite');
  const { database } = openDatabase(path, 0);
  new RollupStore(database).commit({ closed: [part(3, 1000)], open: [part(4, 10)] }, 0);
  database.close();
  return path;
}
