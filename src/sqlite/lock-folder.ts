// Keeps a second daemon off a state folder: both would close each other's periods and count everybody twice.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isBusy, StorageError, storing } from './storage-error.ts';

/** Holds the folder until the returned function is called or the process dies, however it dies. */
export function lockFolder(folder: string): () => void {
  const path = lockIn(folder);
  const database = storing(path, 'open', () => new Database(path, { timeout: 0 }));
  try {
    // The lock belongs to the open file, so the kernel lets go of it with the process.
    storing(path, 'lock', () => database.exec('BEGIN EXCLUSIVE'));
  } catch (error) {
    database.close();
    if (!(error instanceof StorageError) || !isBusy(error.cause)) throw error;
    throw new StorageError(
      `The state folder ${folder} is in use by another daemon. Stop that one, or choose another folder with store.folder.`,
      { cause: error.cause },
    );
  }
  return () => {
    database.close();
  };
}

/** Whether a daemon holds the folder at this moment; null when this user cannot tell. */
export function isFolderLocked(folder: string): boolean | null {
  if (!existsSync(lockIn(folder))) return false;
  try {
    const database = new Database(lockIn(folder), { timeout: 0, readonly: true });
    try {
      database.prepare('SELECT 1 FROM sqlite_schema').get();
      return false;
    } finally {
      database.close();
    }
  } catch (error) {
    return isBusy(error) ? true : null;
  }
}

function lockIn(folder: string): string {
  return join(folder, 'lock.sqlite');
}
