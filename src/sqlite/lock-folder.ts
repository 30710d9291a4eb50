// Keeps a second daemon off a state folder: both would close each other's periods and count everybody twice.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StorageError } from './storage-error.ts';

/** Holds the folder until the returned function is called or the process dies, however it dies. */
export function lockFolder(folder: string): () => void {
  const database = new Database(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    // The lock belongs to the open file, so the kernel lets go of it with the process.
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new StorageError(
      `The state folder ${folder} is in use by another daemon. Stop that one, or choose another folder with store.folder.`,
      { cause },
    );
  }
  return () => {
    database.close();
  };
}
