// Creates the folder of the state, with its parents.

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../observation/message-of.ts';
import { StorageError } from '../sqlite/storage-error.ts';

/** Throws a StorageError that says how to choose another. */
export function createFolder(path: string): void {
  try {
    createWithParents(resolve(path));
    if (!statSync(path).isDirectory()) throw new Error('it is a file');
  } catch (cause) {
    throw new StorageError(
      `Cannot create the state folder ${path}: ${messageOf(cause)}. Choose another with store.folder.`,
      { cause },
    );
  }
}

/** Node's own recursive mkdir never returns where the parent exists and refuses (seen with Node 20 below /proc). */
function createWithParents(path: string): void {
  if (existsSync(path)) return;
  createWithParents(dirname(path));
  mkdirSync(path);
}
