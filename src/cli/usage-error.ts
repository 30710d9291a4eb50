// The error for options that cannot be meant: it says how they are written.

export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** EX_USAGE of sysexits.h. */
  readonly exitCode = 64;
}
