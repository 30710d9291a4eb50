// A database of its own for a test, with minutes to be closed in a word.
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { Calendar } from '../../src/audience/longer-periods.ts';
import type { Rollup } from '../../src/audience/rollup.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { part } from './parts.ts';

export const EVER = { from: -Number.MAX_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

export type StoreRig = Readonly<{
  database: Database;
  path: string;
  store: RollupStore;
  outbox: Outbox;
  /** One second of one woman in that minute. */
  close(minute: number, session?: string): readonly Rollup[];
  /** The same in every minute from the one up to, but not including, the other, in one commit. */
  closeAll(from: number, to: number): readonly Rollup[];
}>;

export function openStore(calendar?: Calendar): StoreRig {
  const path = join(tempFolder(), 'onlooker.sqlite');
  const { database } = openDatabase(path, 0);
  onTestFinished(() => {
    database.close();
  });
  const store = new RollupStore(database, calendar);
  return {
    database,
    path,
    store,
    outbox: new Outbox(database),
    close: (minute, session = 'first') => store.commit({ closed: [part(minute, 1000, { session })], open: [] }, 0),
    closeAll: (from, to) => {
      const closed = Array.from({ length: to - from }, (_, index) => part(from + index, 1000));
      return store.commit({ closed, open: [] }, 0);
    },
  };
}
