// A full disk and a locked database fail one commit cleanly; the next one works again.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { PeriodPart, Rollup } from '../../src/audience/rollup.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { StorageError } from '../../src/sqlite/storage-error.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { cell, part } from './parts.ts';

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

it('rolls back and recovers when the database reaches its largest size', () => {
  const { database } = openDatabase(join(tempFolder(), 'onlooker.sqlite'), 0);
  const store = new RollupStore(database);
  store.commit({ closed: [part(0, 1)], open: [] }, 0);
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages + 4}`);
  expectStorageError(() => store.commit({ closed: hour(), open: [] }, 0), /SQLITE_FULL.*Free space/);
  expect(store.rollups(EVER)).toHaveLength(1);
  expect(new Outbox(database).depth()).toBe(1);
  database.pragma('max_page_count = 100000');
  expect(minutesOf(store.commit({ closed: hour(), open: [] }, 0))).toHaveLength(60);
  expect(store.rollups(EVER)).toHaveLength(61);
  database.close();
});

it.skipIf(!canMount)('rolls back on a full disk and stores again when there is room (needs root to mount one)', () => {
  const { folder } = tmpfs('1m');
  const { database } = openDatabase(join(folder, 'onlooker.sqlite'), 0);
  const store = new RollupStore(database);
  store.commit({ closed: [part(0, 1)], open: [] }, 0);
  fill(join(folder, 'ballast'));
  expectStorageError(() => store.commit({ closed: hour(), open: [] }, 0), /SQLITE_(FULL|IOERR)/);
  expect(store.rollups(EVER)).toHaveLength(1);
  rmSync(join(folder, 'ballast'));
  expect(minutesOf(store.commit({ closed: hour(), open: [] }, 0))).toHaveLength(60);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
});

it('reports a lock of another program and stores when it is gone', () => {
  const path = join(tempFolder(), 'onlooker.sqlite');
  const { database } = openDatabase(path, 0);
  const store = new RollupStore(database);
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  expectStorageError(() => store.commit({ closed: [part(1, 1)], open: [] }, 0), /SQLITE_BUSY.*Another program/);
  other.exec('ROLLBACK');
  expect(store.commit({ closed: [part(1, 1)], open: [] }, 0)).toHaveLength(1);
  other.close();
  database.close();
});

/** More than a few pages. */
function hour(): readonly PeriodPart[] {
  const cells = Array.from({ length: 12 }, (_, index) => cell(1000, { ageGroup: `group ${index}` }));
  return Array.from({ length: 60 }, (_, minute) => part(minute + 1, 0, { cells }));
}

function minutesOf(rollups: readonly Rollup[]): readonly Rollup[] {
  return rollups.filter(({ period }) => period === '1m');
}

function fill(path: string): void {
  expect(() => writeFileSync(path, Buffer.alloc(4_000_000))).toThrow(/ENOSPC/);
}

function expectStorageError(work: () => unknown, message: RegExp): void {
  const error = thrownBy(work);
  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ message: expect.stringMatching(message), cause: expect.any(Database.SqliteError) });
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}
