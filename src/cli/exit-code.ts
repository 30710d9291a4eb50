// The exit codes and how an error becomes one.

export const EXIT = { ok: 0, usage: 64, input: 66, bug: 70, storage: 74, configuration: 78 } as const;

/** Errors that say what a person can do carry an exit code; everything else is a bug. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') return error.exitCode;
  return EXIT.bug;
}

/** What a person reads: the message alone for an expected error, with the stack for a bug. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (exitCodeOf(error) !== EXIT.bug) return error.message;
  return `This is a bug in Onlooker, please report it:\n${error.stack ?? error.message}`;
}
