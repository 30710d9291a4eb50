// Which code a caught error of the system carries, such as ENOENT; in the folder that every other may import.

/** Null for an error without one. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
