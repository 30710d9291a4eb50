// Reads stored rollups beside a running daemon, and also without one from a folder that cannot be written.
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { PeriodPart, Rollup } from '../audience/rollup.ts';
import { codeOf } from '../observation/code-of.ts';
import { migrations, requireOwnSchema } from './migrations.ts';
import { RollupStore } from './rollup-store.ts';
import type { TimeRange } from './rollup-table.ts';
import { isFolderRefusal, StorageError, storing } from './storage-error.ts';

export type StoredStats = Readonly<{
  rollups: readonly Rollup[];
  /** Checkpoints of periods that are not closed; what is in them is in no rollup. */
  open: readonly PeriodPart[];
}>;

/** Returns the periods that begin in the range. */
export function readStats(path: string, range: TimeRange): StoredStats {
  requireFile(path);
  return storing(path, 'read', () => {
    try {
      return readFrom(path, path, range);
    } catch (error) {
      if (!isFolderRefusal(error)) throw error;
      return readFromCopy(path, range);
    }
  });
}

function readFrom(file: string, path: string, range: TimeRange): StoredStats {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const version = requireOwnSchema(database);
    if (version === 0) throw nothingStored(path);
    if (version < migrations.length) {
      throw new StorageError(
        `The database ${path} has schema version ${version}, this program reads ${migrations.length}: ` +
          'start the daemon once, it brings the file up to date.',
      );
    }
    const store = new RollupStore(database);
    // One snapshot: a period that closes between the two reads would be missing or counted twice.
    return database.transaction(() => ({
      rollups: store.history(range),
      open: store.openParts().filter((part) => part.from >= range.from && part.from < range.to),
    }))();
  } finally {
    database.close();
  }
}

/** A database in WAL mode that nobody has open needs files beside it, so it is read where they can be made. */
function readFromCopy(path: string, range: TimeRange): StoredStats {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-stats-'));
  try {
    const copy = join(folder, 'copy.sqlite');
    copyFileSync(path, copy);
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    return readFrom(copy, path, range);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function requireFile(path: string): void {
  try {
    statSync(path);
  } catch (error) {
    const folder = dirname(path);
    if (codeOf(error) === 'ENOTDIR') throw new StorageError(`${folder} is a file: name the folder of the database.`);
    if (codeOf(error) !== 'EACCES') throw nothingStored(path);
    throw new StorageError(`This user may not look into ${folder}: ask with sudo, or as the user of the daemon.`);
  }
}

function nothingStored(path: string): StorageError {
  return new StorageError(
    `There is no readable database at ${path}: no daemon has stored anything there yet. ` +
      'Start one with "onlooker run", or give the folder of the one that runs.',
  );
}
