// The error for a source of frames that cannot work: it says what is wrong, where, and how to fix it.

export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  /** EX_NOINPUT of sysexits.h. */
  readonly exitCode = 66;
}
