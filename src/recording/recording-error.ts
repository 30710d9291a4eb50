// The error for a recording that cannot be written or read: it says which file, which line, and what to do.

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  /** EX_NOINPUT of sysexits.h. */
  readonly exitCode = 66;
}
