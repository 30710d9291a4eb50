// Looks at the database of a daemon that may be running, and changes nothing.
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrations, requireOwnSchema } from './migrations.ts';
import { isDamage, StorageError, storing } from './storage-error.ts';

export type DatabaseCondition = Readonly<
  | { kind: 'none' }
  | { kind: 'sound'; version: number; newestVersion: number }
  | { kind: 'damaged'; words: string }
  /** It cannot be read, or is not ours to read; the message holds the remedy. */
  | { kind: 'refused'; message: string }
>;

export function inspectDatabase(path: string): DatabaseCondition {
  if (!existsSync(path)) return { kind: 'none' };
  try {
    return storing(path, 'read', () => inspect(path));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return isDamage(error.cause)
      ? { kind: 'damaged', words: error.message }
      : { kind: 'refused', message: error.message };
  }
}

function inspect(path: string): DatabaseCondition {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const version = requireOwnSchema(database);
    const words = String(database.pragma('quick_check(1)', { simple: true }));
    return words === 'ok'
      ? { kind: 'sound', version, newestVersion: migrations.length }
      : { kind: 'damaged', words: `${path}: ${words}` };
  } finally {
    database.close();
  }
}
