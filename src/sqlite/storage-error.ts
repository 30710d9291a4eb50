// The error for stored data that cannot be written or read: it says what failed, where, and how to fix it.
import Database from 'better-sqlite3';

export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** EX_IOERR of sysexits.h. */
  readonly exitCode = 74;
}

/** Runs work on the file at `path`; what SQLite or the file system refuses becomes a StorageError with its cause. */
export function storing<T>(path: string, action: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const message = `Cannot ${action} ${path}: ${error.message} (${error.code}). ${remedy(error.code)}`;
    throw new StorageError(message, { cause: error });
  }
}

/** True when the content of the file is damaged or was never a database, so that trying again cannot help. */
export function isDamage(error: unknown): boolean {
  return hasCode(error, 'SQLITE_CORRUPT', 'SQLITE_NOTADB');
}

/** True when SQLite could not make the files it wants beside the database. */
export function isFolderRefusal(error: unknown): boolean {
  return hasCode(error, 'SQLITE_CANTOPEN', 'SQLITE_READONLY');
}

/** True while another process holds a lock that is needed. */
export function isBusy(error: unknown): boolean {
  return hasCode(error, 'SQLITE_BUSY', 'SQLITE_LOCKED');
}

/** Extended codes append a suffix to the primary one: SQLITE_READONLY_DIRECTORY is a SQLITE_READONLY. */
function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Database.SqliteError && codes.some((code) => startsWithCode(error.code, code));
}

function startsWithCode(code: string, primary: string): boolean {
  return code === primary || code.startsWith(`${primary}_`);
}

function isRefusal(error: unknown): error is Error & { code: string } {
  if (error instanceof Database.SqliteError) return true;
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

function remedy(code: string): string {
  return remedies.find(([codes]) => codes.some((primary) => startsWithCode(code, primary)))?.[1] ?? 'See the cause.';
}

const remedies: readonly (readonly [readonly string[], string])[] = [
  [['SQLITE_FULL', 'ENOSPC', 'EDQUOT'], 'Free space on that disk.'],
  [['SQLITE_BUSY', 'SQLITE_LOCKED'], 'Another program is writing to it: stop that one.'],
  [['SQLITE_CORRUPT', 'SQLITE_NOTADB'], 'Start the daemon again: it sets a damaged file aside and begins a new one.'],
  [['SQLITE_IOERR', 'EIO'], 'Check whether that disk is full or failing.'],
  [
    ['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM', 'EACCES', 'EPERM', 'EROFS'],
    'Give this user access to the file and write access to its folder, or choose another path.',
  ],
];
