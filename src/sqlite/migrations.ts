// The schema of the database as numbered steps, and the rule which schemas this program may touch.
import type { Database } from 'better-sqlite3';
import { StorageError } from './storage-error.ts';

/** "Onlk": tells our files from those of other programs, which are never changed. */
const APPLICATION_ID = 0x4f6e_6c6b;

/**
 * Step n leads to `user_version` n + 1. A step that was released is never edited.
 * Parts are what each run measured of a period; a rollup is the sum of the closed parts of one period. An outbox row says
 * that the newest revision of a rollup is not acknowledged yet; AUTOINCREMENT never gives an id twice, so a late
 * acknowledgment of a revision that was replaced cannot remove its successor. The tables keep their rowid: without it every
 * row above 1 kB would take an overflow page. Step 2: days belong to a time zone, and the outbox is bounded by bytes, too.
 */
export const migrations: readonly string[] = [
  `
  PRAGMA application_id = ${APPLICATION_ID};

  CREATE TABLE part (
    period TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    session TEXT NOT NULL,
    closed INTEGER NOT NULL,
    partial INTEGER NOT NULL,
    uptime_ms REAL NOT NULL,
    present INTEGER NOT NULL,
    split_by_restart INTEGER NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (period, from_at, session)
  ) STRICT;
  CREATE INDEX part_open ON part (from_at) WHERE closed = 0;

  CREATE TABLE rollup (
    period TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    partial INTEGER NOT NULL,
    uptime_ms REAL NOT NULL,
    person_ms REAL,
    attention_ms REAL,
    entered INTEGER,
    watchers INTEGER,
    present INTEGER,
    split_by_restart INTEGER,
    cells TEXT,
    PRIMARY KEY (period, from_at)
  ) STRICT;

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    period TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (period, from_at),
    FOREIGN KEY (period, from_at) REFERENCES rollup (period, from_at)
  ) STRICT;
  `,
  `
  ALTER TABLE rollup ADD COLUMN offset_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
  UPDATE outbox SET bytes = (
    SELECT 150 + ifnull(length(cells), 0) FROM rollup
    WHERE rollup.period = outbox.period AND rollup.from_at = outbox.from_at
  );
  `,
];

/** Refuses a schema that is newer than this program and a database that belongs to another one; returns the version. */
export function requireOwnSchema(database: Database): number {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new StorageError(
      `The database ${database.name} has schema version ${version}, this program knows ${migrations.length}: ` +
        'it was written by a newer Onlooker. Update this one, or give it another path. Nothing was changed.',
    );
  }
  const isOurs = database.pragma('application_id', { simple: true }) === APPLICATION_ID;
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (!isOurs && !isEmpty) {
    throw new StorageError(
      `The database ${database.name} belongs to another program. Give Onlooker another path. Nothing was changed.`,
    );
  }
  return version;
}

/** Brings the schema up to date; each step and its number are one transaction, so a step happens whole or not at all. */
export function migrate(database: Database, steps: readonly string[] = migrations): void {
  const done = Number(database.pragma('user_version', { simple: true }));
  for (const [index, step] of steps.entries()) {
    if (index < done) continue;
    database
      .transaction(() => {
        database.exec(step);
        database.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
}
