// The error for a set-up that cannot be carried out here: it says what to do.

export class SetupError extends Error {
  override readonly name = 'SetupError';
  /** EX_USAGE of sysexits.h. */
  readonly exitCode = 64;
}
