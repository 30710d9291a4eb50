// Opens the database of the daemon for writing: settings for flash storage, integrity check, migrations.
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { instantText } from '../contract/instant.ts';
import { migrate, requireOwnSchema } from './migrations.ts';
import { isDamage, StorageError, storing } from './storage-error.ts';

/** One thread writes and readers never block it in WAL mode; what is locked longer is reported instead of waited for. */
const BUSY_TIMEOUT_MS = 1000;

/** The log reaches 1,000 pages of 4 KiB before SQLite writes it back; no more than that is kept of it. */
const JOURNAL_BYTES = 4_096_000;

export type OpenedDatabase = Readonly<{
  database: Database.Database;
  /** Where a damaged file was moved before a new one was begun; null when there was none. */
  setAside: string | null;
}>;

/** Opens or creates the database at `path`; `nowAt` (Unix milliseconds) names the file that is set aside. */
export function openDatabase(path: string, nowAt: number): OpenedDatabase {
  if (!existsSync(dirname(path))) {
    throw new StorageError(`Cannot open ${path}: its folder does not exist. Create the folder or choose another path.`);
  }
  return storing(path, 'open', () => {
    const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      if (isSound(database)) {
        setUp(database);
        return { database, setAside: null };
      }
    } catch (error) {
      database.close();
      throw error;
    }
    // Before closing, which would delete the log that belongs to the damaged file.
    const setAside = moveAside(path, nowAt);
    database.close();
    return { ...openDatabase(path, nowAt), setAside };
  });
}

function isSound(database: Database.Database): boolean {
  try {
    requireOwnSchema(database);
    return database.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

function setUp(database: Database.Database): void {
  // Has to come before the first page is written, which the change to WAL does.
  database.pragma('auto_vacuum = INCREMENTAL');
  database.pragma('journal_mode = WAL');
  // After a power cut the last commits may be gone, the file stays whole; saves a flush per commit.
  database.pragma('synchronous = NORMAL');
  database.pragma(`journal_size_limit = ${JOURNAL_BYTES}`);
  database.pragma('temp_store = MEMORY');
  // A file that cannot be written fails here, not at the first commit.
  database.exec('BEGIN IMMEDIATE; COMMIT');
  migrate(database);
}

function moveAside(path: string, nowAt: number): string {
  // Without punctuation: card file systems such as exFAT forbid colons.
  const aside = `${path}.corrupt-${instantText(nowAt).replaceAll(/[-:.]/g, '')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}
